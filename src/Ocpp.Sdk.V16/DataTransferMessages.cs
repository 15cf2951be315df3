using Ocpp.Versions;

namespace Ocpp.V16;

/// <summary>The messages that carry those of vendors. Data is a text, and a status has no reason.</summary>
internal sealed class DataTransferMessages : OcppDataTransferMessages<DataTransferRequest, DataTransferResponse>
{
    public override bool IsDataText => true;

    protected override OcppVendorRequest Read(DataTransferRequest request) =>
        new(request.VendorId, request.MessageId, new OcppVendorData(request.Data, null));

    protected override DataTransferRequest Create(OcppVendorRequest request) =>
        new()
        {
            VendorId = request.VendorId,
            MessageId = request.MessageId,
            Data = request.Data.Text,
        };

    protected override OcppVendorResponse Read(DataTransferResponse response) =>
        new(
            response.Status switch
            {
                DataTransferStatus.Accepted => OcppDataTransferStatus.Accepted,
                DataTransferStatus.UnknownMessageId => OcppDataTransferStatus.UnknownMessageId,
                DataTransferStatus.UnknownVendorId => OcppDataTransferStatus.UnknownVendorId,
                _ => OcppDataTransferStatus.Rejected,
            },
            new OcppVendorData(response.Data, null)
        );

    protected override DataTransferResponse Create(OcppVendorResponse response) =>
        new()
        {
            Status = response.Status switch
            {
                OcppDataTransferStatus.Accepted => DataTransferStatus.Accepted,
                OcppDataTransferStatus.UnknownMessageId => DataTransferStatus.UnknownMessageId,
                OcppDataTransferStatus.UnknownVendorId => DataTransferStatus.UnknownVendorId,
                _ => DataTransferStatus.Rejected,
            },
            Data = response.Data.Text,
        };
}
