using Ocpp.Versions;

namespace Ocpp.V201;

/// <summary>The messages that carry those of vendors.</summary>
internal sealed class DataTransferMessages : OcppDataTransferMessages<DataTransferRequest, DataTransferResponse>
{
    protected override OcppVendorRequest Read(DataTransferRequest request) =>
        new(request.VendorId, request.MessageId, new OcppVendorData(null, request.Data));

    protected override DataTransferRequest Create(OcppVendorRequest request) =>
        new()
        {
            VendorId = request.VendorId,
            MessageId = request.MessageId,
            Data = request.Data.Json,
        };

    protected override OcppVendorResponse Read(DataTransferResponse response) =>
        new(
            response.Status switch
            {
                DataTransferStatusEnumType.Accepted => OcppDataTransferStatus.Accepted,
                DataTransferStatusEnumType.UnknownMessageId => OcppDataTransferStatus.UnknownMessageId,
                DataTransferStatusEnumType.UnknownVendorId => OcppDataTransferStatus.UnknownVendorId,
                _ => OcppDataTransferStatus.Rejected,
            },
            new OcppVendorData(null, response.Data),
            response.StatusInfo?.ReasonCode,
            response.StatusInfo?.AdditionalInfo
        );

    protected override DataTransferResponse Create(OcppVendorResponse response) =>
        new()
        {
            Status = response.Status switch
            {
                OcppDataTransferStatus.Accepted => DataTransferStatusEnumType.Accepted,
                OcppDataTransferStatus.UnknownMessageId => DataTransferStatusEnumType.UnknownMessageId,
                OcppDataTransferStatus.UnknownVendorId => DataTransferStatusEnumType.UnknownVendorId,
                _ => DataTransferStatusEnumType.Rejected,
            },
            StatusInfo = response.ReasonCode is { } code
                ? new StatusInfoType { ReasonCode = code, AdditionalInfo = response.Reason }
                : null,
            Data = response.Data.Json,
        };
}
