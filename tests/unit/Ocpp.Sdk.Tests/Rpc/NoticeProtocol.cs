using Ocpp.Rpc;

namespace Ocpp.Tests.Rpc;

/// <summary>A protocol with one action, which goes one way.</summary>
internal sealed class NoticeProtocol()
    : OcppProtocol("vendor1.0", new OcppOneWayAction<Notice>(OcppParty.ChargingStation));
