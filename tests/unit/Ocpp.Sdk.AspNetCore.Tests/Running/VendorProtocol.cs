using Ocpp.Rpc;
using Ocpp.Tests.Rpc;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>A vendor's protocol: one request that OCPP 2.0.1 has too, and a message that goes one way.</summary>
internal sealed class VendorProtocol()
    : OcppProtocol(
        "vendor1",
        new OcppAction<DataTransferRequest, DataTransferResponse>(),
        new OcppOneWayAction<Notice>()
    )
{
    public static VendorProtocol Instance { get; } = new();
}
