using Ocpp.Stations.DeviceModels;
using Ocpp.V201;

namespace Ocpp.Stations.V201.DeviceModels;

/// <summary>
/// Responds to the requests of the CSMS for a device model (part 2, B05 to B08), and sends the reports.
/// </summary>
internal sealed class V201DeviceModel(DeviceModel model, StationBoot boot)
{
    /// <summary>What a NotifyReport has around its items, in bytes, with the frame.</summary>
    private const int ReportOverhead = 256;

    public void AddTo(IOcppHandlers handlers)
    {
        handlers.On((GetVariablesRequest request, OcppRequestContext context) => Get(request, context));
        handlers.On((SetVariablesRequest request, OcppRequestContext context) => Set(request, context));
        handlers.On((GetBaseReportRequest request, OcppRequestContext context) => ReportBase(request, context));
        handlers.On((GetReportRequest request, OcppRequestContext context) => Report(request, context));
    }

    private GetVariablesResponse Get(GetVariablesRequest request, OcppRequestContext context)
    {
        CheckSize(request.GetVariableData.Count, context);
        return new GetVariablesResponse { GetVariableResult = [.. request.GetVariableData.Select(Get)] };
    }

    private GetVariableResultType Get(GetVariableDataType data)
    {
        AttributeEnumType attribute = data.AttributeType ?? AttributeEnumType.Actual;
        VariableReading reading = model.Get(
            data.Component.ToComponentId(),
            data.Variable.ToVariableId(),
            attribute.ToAttributeType()
        );
        return new GetVariableResultType
        {
            Component = data.Component,
            Variable = data.Variable,
            AttributeType = attribute,
            AttributeStatus = reading.Status.ToStatus(),
            AttributeStatusInfo = reading.Rejection.ToStatusInfo(),
            AttributeValue = reading.Value,
        };
    }

    private SetVariablesResponse Set(SetVariablesRequest request, OcppRequestContext context)
    {
        CheckSize(request.SetVariableData.Count, context);
        IReadOnlyList<VariableSetResult> results = model.Set([
            .. request.SetVariableData.Select(data => new VariableSetting(
                data.Component.ToComponentId(),
                data.Variable.ToVariableId(),
                data.AttributeValue
            )
            {
                Attribute = (data.AttributeType ?? AttributeEnumType.Actual).ToAttributeType(),
            }),
        ]);
        return new SetVariablesResponse
        {
            SetVariableResult =
            [
                .. request.SetVariableData.Zip(
                    results,
                    (data, result) =>
                        new SetVariableResultType
                        {
                            Component = data.Component,
                            Variable = data.Variable,
                            AttributeType = data.AttributeType ?? AttributeEnumType.Actual,
                            AttributeStatus = result.Status.ToStatus(),
                            AttributeStatusInfo = result.Rejection.ToStatusInfo(),
                        }
                ),
            ],
        };
    }

    private GetBaseReportResponse ReportBase(GetBaseReportRequest request, OcppRequestContext context) =>
        new() { Status = Begin(request.RequestId, model.Inventory(request.ReportBase.ToInventoryKind()), context) };

    private GetReportResponse Report(GetReportRequest request, OcppRequestContext context)
    {
        CheckSize(request.ComponentVariable?.Count ?? 0, context);
        IReadOnlyList<DeviceVariable> variables = model.Find(
            [.. (request.ComponentCriteria ?? []).Select(V201Variables.ToCriterion)],
            [.. (request.ComponentVariable ?? []).Select(V201Variables.ToFilter)]
        );
        return new GetReportResponse { Status = Begin(request.RequestId, variables, context) };
    }

    /// <summary>B06.FR.16, B06.FR.17, B08.FR.17, B08.FR.18.</summary>
    private void CheckSize(int items, OcppRequestContext context)
    {
        if (items > model.ItemsPerMessage)
        {
            throw new OcppCallErrorException(
                OcppErrorCode.OccurrenceConstraintViolation,
                $"There must be at most {model.ItemsPerMessage} items in a message."
            );
        }

        if (context.Size > model.BytesPerMessage)
        {
            throw new OcppCallErrorException(
                OcppErrorCode.FormatViolation,
                $"A message must have at most {model.BytesPerMessage} bytes."
            );
        }
    }

    private GenericDeviceModelStatusEnumType Begin(
        int requestId,
        IReadOnlyList<DeviceVariable> variables,
        OcppRequestContext context
    )
    {
        if (variables.Count == 0)
        {
            return GenericDeviceModelStatusEnumType.EmptyResultSet;
        }

        if (!model.TryBeginReport())
        {
            return GenericDeviceModelStatusEnumType.Rejected;
        }

        context.OnCompleted(() => SendAsync(requestId, variables));
        return GenericDeviceModelStatusEnumType.Accepted;
    }

    /// <summary>Sends a report, in as many messages as it takes; what fails is logged, and ends it.</summary>
    private async Task SendAsync(int requestId, IReadOnlyList<DeviceVariable> variables)
    {
        Exception? failure = null;
        try
        {
            int next = 0;
            for (int seqNo = 0; next < variables.Count; seqNo++)
            {
                List<ReportDataType> part = TakePart(variables, ref next);
                var request = new NotifyReportRequest
                {
                    RequestId = requestId,
                    GeneratedAt = boot.Clock.GetUtcNow(),
                    SeqNo = seqNo,
                    Tbc = next < variables.Count,
                    ReportData = part,
                };
                await boot.CallRequestedAsync(request).ConfigureAwait(false);
            }
        }
        catch (OcppException exception)
        {
            failure = exception;
        }
        finally
        {
            model.EndReport(failure);
        }
    }

    private List<ReportDataType> TakePart(IReadOnlyList<DeviceVariable> variables, ref int next)
    {
        var part = new List<ReportDataType>();
        int size = ReportOverhead;
        while (next < variables.Count && part.Count < model.ItemsPerMessage)
        {
            var data = variables[next].ToReportData();
            size += OcppJson.ToUtf8Bytes(data).Length + 1;
            if (part.Count > 0 && size > model.BytesPerMessage)
            {
                break;
            }

            part.Add(data);
            next++;
        }

        return part;
    }
}
