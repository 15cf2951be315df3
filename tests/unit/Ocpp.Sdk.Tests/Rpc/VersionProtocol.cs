using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc;

/// <summary>
/// A protocol with the subprotocol of any version, and with two actions: one that is answered and one that goes one
/// way. What a version does around the payloads does not depend on its messages.
/// </summary>
internal sealed class VersionProtocol(string subprotocol, OcppProtocolRules? rules = null)
    : OcppProtocol(
        subprotocol,
        new OcppAction<HeartbeatRequest, HeartbeatResponse>(OcppParty.ChargingStation),
        new OcppOneWayAction<Notice>(OcppParty.ChargingStation)
    )
{
    public override OcppProtocolRules Rules => rules ?? base.Rules;
}
