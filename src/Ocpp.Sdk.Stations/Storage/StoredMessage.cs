namespace Ocpp.Stations.Storage;

/// <summary>A message as it is in the file.</summary>
internal sealed record StoredMessage
{
    public required long Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required MessageRetention Retention { get; init; }

    public required string Subprotocol { get; init; }

    public required string Action { get; init; }

    public ResponseValue? ResponseValue { get; init; }

    /// <summary>The request in JSON.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
