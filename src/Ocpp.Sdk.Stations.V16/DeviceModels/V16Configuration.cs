using Ocpp.Stations.DeviceModels;
using Ocpp.V16;

namespace Ocpp.Stations.V16.DeviceModels;

/// <summary>
/// Responds to GetConfiguration and ChangeConfiguration with the variables of a device model.
/// </summary>
internal sealed class V16Configuration(DeviceModel model)
{
    public void AddTo(IOcppHandlers handlers)
    {
        handlers.On((GetConfigurationRequest request) => Get(request));
        handlers.On((ChangeConfigurationRequest request) => Change(request));
    }

    private GetConfigurationResponse Get(GetConfigurationRequest request)
    {
        Dictionary<string, DeviceVariable> known = V16Keys.Find(model);
        if (request.Key is not { Count: > 0 } asked)
        {
            return new GetConfigurationResponse { ConfigurationKey = [.. known.Select(one => Read(one.Value))] };
        }

        if (asked.Count > model.ItemsPerMessage)
        {
            throw new OcppCallErrorException(
                OcppErrorCode.OccurrenceConstraintViolation,
                $"There must be at most {model.ItemsPerMessage} keys in a message."
            );
        }

        var found = new List<KeyValue>();
        var unknown = new List<string>();
        foreach (string key in asked.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (known.TryGetValue(key, out DeviceVariable? variable))
            {
                found.Add(Read(variable));
            }
            else
            {
                unknown.Add(key);
            }
        }

        return new GetConfigurationResponse
        {
            ConfigurationKey = found.Count > 0 ? found : null,
            UnknownKey = unknown.Count > 0 ? unknown : null,
        };
    }

    private ChangeConfigurationResponse Change(ChangeConfigurationRequest request)
    {
        if (!V16Keys.Find(model).TryGetValue(request.Key, out DeviceVariable? variable))
        {
            return new ChangeConfigurationResponse { Status = ConfigurationStatus.NotSupported };
        }

        VariableSetResult result = model.Set([new VariableSetting(variable.Component, variable.Id, request.Value)])[0];
        return new ChangeConfigurationResponse
        {
            Status = result.Status switch
            {
                VariableSetStatus.Accepted => ConfigurationStatus.Accepted,
                VariableSetStatus.RebootRequired => ConfigurationStatus.RebootRequired,
                _ => ConfigurationStatus.Rejected,
            },
        };
    }

    /// <summary>A key without a value has none yet, or one that can only be set.</summary>
    private static KeyValue Read(DeviceVariable variable)
    {
        VariableMutability? mutability = variable.MutabilityOf(AttributeType.Actual);
        string? text = mutability == VariableMutability.WriteOnly ? null : variable.GetText(AttributeType.Actual);
        return new KeyValue
        {
            Key = V16Keys.KeyOf(variable)!,
            Readonly = mutability == VariableMutability.ReadOnly,
            Value = text is { Length: > KeyValue.ValueMaxLength } ? text[..KeyValue.ValueMaxLength] : text,
        };
    }
}
