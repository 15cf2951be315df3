using System.Net;

namespace Ocpp.AspNetCore;

/// <summary>The connection of a station, as an operator sees it.</summary>
public sealed record OcppStationConnection
{
    /// <summary>The canonical identity of the station (<see cref="OcppStationAccount.Identity"/>).</summary>
    public required string Identity { get; init; }

    /// <summary>The version that the station speaks, as its WebSocket subprotocol, such as <c>ocpp2.0.1</c>.</summary>
    public required string Subprotocol { get; init; }

    /// <summary>When the connection was accepted, by the clock of the node that holds it.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>
    /// The security profile by which the station authenticated; <see langword="null"/> if it did not.
    /// </summary>
    public OcppSecurityProfile? SecurityProfile { get; init; }

    /// <summary>The address and port of the station, or of a proxy in front of the CSMS.</summary>
    public IPEndPoint? RemoteEndPoint { get; init; }

    /// <summary>The node that holds the connection; <see langword="null"/> if the CSMS runs on one.</summary>
    public string? Node { get; init; }

    /// <summary>Describes the connection of a session.</summary>
    public static OcppStationConnection Of(OcppSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new()
        {
            Identity = session.Identity,
            Subprotocol = session.Protocol.Subprotocol,
            ConnectedAt = session.Connection.ConnectedAt ?? default,
            SecurityProfile = session.Connection.SecurityProfile,
            RemoteEndPoint = session.Connection.RemoteEndPoint,
        };
    }
}
