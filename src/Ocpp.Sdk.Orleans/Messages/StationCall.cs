namespace Ocpp.Orleans.Messages;

/// <summary>A call on its way to the node that holds the station's connection.</summary>
/// <param name="Action">The action.</param>
/// <param name="RequestType">
/// The full name of the request's type, which must be that of the version that the station speaks;
/// <see langword="null"/> if the caller knows the action's name only.
/// </param>
/// <param name="Payload">The request, in UTF-8.</param>
/// <param name="Timeout">How long to wait for the answer; <see langword="null"/> for the session's own.</param>
[GenerateSerializer]
[Immutable]
[Alias("ocpp.call")]
internal sealed record StationCall(
    [property: Id(0)] string Action,
    [property: Id(1)] string? RequestType,
    [property: Id(2)] byte[] Payload,
    [property: Id(3)] TimeSpan? Timeout
)
{
    /// <summary>The node that calls.</summary>
    [Id(4)]
    public SiloAddress? Caller { get; init; }

    /// <summary>Which route of that node the call takes: those of one begin in the order of their numbers.</summary>
    [Id(6)]
    public Guid Route { get; init; }

    /// <summary>The number of the call among those of the route to this connection, from 0.</summary>
    [Id(5)]
    public long Number { get; init; }
}
