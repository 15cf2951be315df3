using Ocpp.EveryMessage.Wire;

namespace Ocpp.EveryMessage.Schemas;

/// <summary>A payload at the edge of what is allowed.</summary>
internal sealed record ValidCase(string What, WireObject Payload)
{
    public override string ToString() => What;
}
