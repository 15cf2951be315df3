using Ocpp.Stations.DeviceModels;
using Ocpp.Stations.Versions;
using Ocpp.V21;

namespace Ocpp.Stations.V21.DeviceModels;

/// <summary>The requests of OCPP 2.1 for a device model, and its reports.</summary>
internal sealed class V21DeviceModel(DeviceModel model, StationBoot boot)
    : DeviceModelRequests<ReportDataType>(model, boot)
{
    public override void AddTo(IOcppHandlers handlers)
    {
        AddGet(
            handlers,
            (GetVariablesRequest request) => [.. request.GetVariableData.Select(V21Variables.ToQuery)],
            (request, results) =>
                new GetVariablesResponse
                {
                    GetVariableResult = [.. request.GetVariableData.Zip(results, V21Variables.ToResult)],
                }
        );
        AddSet(
            handlers,
            (SetVariablesRequest request) => [.. request.SetVariableData.Select(V21Variables.ToSetting)],
            (request, results) =>
                new SetVariablesResponse
                {
                    SetVariableResult = [.. request.SetVariableData.Zip(results, V21Variables.ToResult)],
                }
        );
        AddBaseReport(
            handlers,
            (GetBaseReportRequest request) => request.RequestId,
            request => request.ReportBase.To<InventoryKind>(),
            status => new GetBaseReportResponse { Status = status.To<GenericDeviceModelStatusEnumType>() }
        );
        AddReport(
            handlers,
            (GetReportRequest request) => request.RequestId,
            request => [.. (request.ComponentCriteria ?? []).Select(one => one.To<ComponentCriterion>())],
            request => [.. (request.ComponentVariable ?? []).Select(V21Variables.ToFilter)],
            status => new GetReportResponse { Status = status.To<GenericDeviceModelStatusEnumType>() }
        );
    }

    protected override ReportDataType ToReportData(DeviceVariable variable) => V21Variables.ToReportData(variable);

    protected override Task SendAsync(
        StationBoot boot,
        int requestId,
        int seqNo,
        bool isContinued,
        IReadOnlyList<ReportDataType> variables
    ) =>
        boot.CallRequestedAsync(
            new NotifyReportRequest
            {
                RequestId = requestId,
                GeneratedAt = boot.Clock.GetUtcNow(),
                SeqNo = seqNo,
                Tbc = isContinued,
                ReportData = variables,
            }
        );
}
