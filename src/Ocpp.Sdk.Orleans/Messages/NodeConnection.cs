using System.Net;
using Ocpp.AspNetCore;

namespace Ocpp.Orleans.Messages;

/// <summary>A connection, and the node that holds it.</summary>
/// <param name="Id">Which connection of the station it is.</param>
/// <param name="Node">The node.</param>
/// <param name="Station">The identity of the station.</param>
/// <param name="Subprotocol">The version that it speaks.</param>
/// <param name="ConnectedAt">When the connection was accepted.</param>
[GenerateSerializer]
[Immutable]
[Alias("ocpp.connection")]
internal sealed record NodeConnection(
    [property: Id(0)] Guid Id,
    [property: Id(1)] SiloAddress Node,
    [property: Id(2)] string Station,
    [property: Id(3)] string Subprotocol,
    [property: Id(4)] DateTimeOffset ConnectedAt
)
{
    /// <summary>
    /// Which of two connections of a station is the newer one. Set when the connection is registered; greater than that
    /// of each connection before it that was known.
    /// </summary>
    [Id(5)]
    public long Version { get; init; }

    /// <summary>The security profile.</summary>
    [Id(6)]
    public OcppSecurityProfile? SecurityProfile { get; init; }

    /// <summary>The address and port of the station.</summary>
    [Id(7)]
    public IPEndPoint? RemoteEndPoint { get; init; }

    public static NodeConnection Of(OcppSession session, SiloAddress node)
    {
        var station = OcppStationConnection.Of(session);
        return new(Guid.NewGuid(), node, station.Identity, station.Subprotocol, station.ConnectedAt)
        {
            SecurityProfile = station.SecurityProfile,
            RemoteEndPoint = station.RemoteEndPoint,
        };
    }

    public OcppStationConnection ToStationConnection() =>
        new()
        {
            Identity = Station,
            Subprotocol = Subprotocol,
            ConnectedAt = ConnectedAt,
            SecurityProfile = SecurityProfile,
            RemoteEndPoint = RemoteEndPoint,
            Node = Node.ToParsableString(),
        };
}
