using Ocpp.AspNetCore;

namespace Ocpp.Orleans.Messages;

/// <summary>A change on its way to a node that watches.</summary>
[GenerateSerializer]
[Immutable]
[Alias("ocpp.change")]
internal sealed record StationChangeMessage(
    [property: Id(0)] NodeConnection Connection,
    [property: Id(1)] bool IsConnected,
    [property: Id(2)] string? Reason
)
{
    public OcppStationChange ToChange() => new(Connection.ToStationConnection(), IsConnected, Reason);
}
