using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Versions;
using Ocpp.V21;

namespace Ocpp.Stations.V21.DeviceModels;

/// <summary>The device model in types of OCPP 2.1.</summary>
internal static class V21Variables
{
    public static VariableQuery ToQuery(GetVariableDataType data) =>
        new(
            ToId(data.Component),
            ToId(data.Variable),
            (data.AttributeType ?? AttributeEnumType.Actual).To<AttributeType>()
        );

    public static VariableSetting ToSetting(SetVariableDataType data) =>
        new(ToId(data.Component), ToId(data.Variable), data.AttributeValue)
        {
            Attribute = (data.AttributeType ?? AttributeEnumType.Actual).To<AttributeType>(),
        };

    public static VariableFilter ToFilter(ComponentVariableType filter) =>
        new(ToId(filter.Component)) { Variable = filter.Variable is { } variable ? ToId(variable) : null };

    public static GetVariableResultType ToResult(GetVariableDataType data, VariableReading reading) =>
        new()
        {
            Component = data.Component,
            Variable = data.Variable,
            AttributeType = data.AttributeType ?? AttributeEnumType.Actual,
            AttributeStatus = reading.Status.To<GetVariableStatusEnumType>(),
            AttributeStatusInfo = ToStatusInfo(reading.Rejection),
            AttributeValue = reading.Value,
        };

    public static SetVariableResultType ToResult(SetVariableDataType data, VariableSetResult result) =>
        new()
        {
            Component = data.Component,
            Variable = data.Variable,
            AttributeType = data.AttributeType ?? AttributeEnumType.Actual,
            AttributeStatus = result.Status.To<SetVariableStatusEnumType>(),
            AttributeStatusInfo = ToStatusInfo(result.Rejection),
        };

    public static ReportDataType ToReportData(DeviceVariable variable) =>
        new()
        {
            Component = new ComponentType
            {
                Name = variable.Component.Name,
                Instance = variable.Component.Instance,
                Evse = variable.Component.EvseId is { } evseId
                    ? new EVSEType { Id = evseId, ConnectorId = variable.Component.ConnectorId }
                    : null,
            },
            Variable = new VariableType { Name = variable.Id.Name, Instance = variable.Id.Instance },
            VariableAttribute = [.. variable.Attributes.Select(one => ToAttribute(variable, one))],
            VariableCharacteristics = new VariableCharacteristicsType
            {
                DataType = variable.DataType.To(DataEnumType.String),
                Unit = variable.Options.Unit,
                MinLimit = variable.Options.MinLimit,
                MaxLimit = variable.Options.MaxLimit,
                ValuesList = variable.Choices.Count > 0 ? string.Join(',', variable.Choices) : null,
                SupportsMonitoring = variable.Options.SupportsMonitoring,
            },
        };

    /// <summary>
    /// An attribute is reported also if it has no value (B07.FR.11), but never with the value of one that can only be
    /// set.
    /// </summary>
    private static VariableAttributeType ToAttribute(DeviceVariable variable, AttributeType attribute)
    {
        VariableMutability mutability = variable.MutabilityOf(attribute) ?? VariableMutability.ReadWrite;
        return new VariableAttributeType
        {
            Type = attribute.To<AttributeEnumType>(),
            Value = mutability == VariableMutability.WriteOnly ? null : variable.GetText(attribute) ?? "",
            Mutability = mutability.To<MutabilityEnumType>(),
            Persistent = variable.IsPersistent,
            Constant = variable.Options.IsConstant,
        };
    }

    private static ComponentId ToId(ComponentType component) =>
        new(component.Name)
        {
            Instance = component.Instance,
            EvseId = component.Evse?.Id,
            ConnectorId = component.Evse?.ConnectorId,
        };

    private static VariableId ToId(VariableType variable) => new(variable.Name) { Instance = variable.Instance };

    private static StatusInfoType? ToStatusInfo(VariableRejection? rejection) =>
        rejection is null
            ? null
            : new StatusInfoType { ReasonCode = rejection.ReasonCode, AdditionalInfo = rejection.Detail };
}
