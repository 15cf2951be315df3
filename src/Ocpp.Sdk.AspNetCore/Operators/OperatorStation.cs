namespace Ocpp.AspNetCore.Operators;

/// <summary>A station that is connected, as an operator's program reads it.</summary>
/// <param name="Identity">The canonical identity of the station.</param>
/// <param name="Subprotocol">The version that the station speaks, such as <c>ocpp2.0.1</c>.</param>
/// <param name="ConnectedAt">When the connection was accepted.</param>
/// <param name="SecurityProfile">
/// The number of the security profile by which the station authenticated; <see langword="null"/> if it did not.
/// </param>
/// <param name="RemoteEndPoint">The address and port of the station, or of a proxy in front of the CSMS.</param>
/// <param name="Node">The node that holds the connection; <see langword="null"/> if the CSMS runs on one.</param>
internal sealed record OperatorStation(
    string Identity,
    string Subprotocol,
    DateTimeOffset ConnectedAt,
    int? SecurityProfile,
    string? RemoteEndPoint,
    string? Node
)
{
    public static OperatorStation Of(OcppStationConnection connection) =>
        new(
            connection.Identity,
            connection.Subprotocol,
            connection.ConnectedAt,
            (int?)connection.SecurityProfile,
            connection.RemoteEndPoint?.ToString(),
            connection.Node
        );
}
