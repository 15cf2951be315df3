namespace Ocpp.Stations;

/// <summary>A message in a <see cref="MessageQueue"/>.</summary>
public sealed record QueuedMessage
{
    /// <summary>The number of the message in its queue. Later messages have greater numbers.</summary>
    public required long Id { get; init; }

    /// <summary>The subprotocol of the message's version, such as <c>ocpp2.0.1</c>.</summary>
    public required string Subprotocol { get; init; }

    /// <summary>The action on the wire, such as <c>TransactionEvent</c>.</summary>
    public required string Action { get; init; }

    /// <summary>When the message was added to the queue.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What becomes of the message when the queue is full.</summary>
    public required MessageRetention Retention { get; init; }

    /// <summary>How many times the CSMS has failed to process the message.</summary>
    public required int Attempts { get; init; }

    /// <summary>
    /// What the message has to do with a value that the CSMS chooses; <see langword="null"/> if nothing.
    /// </summary>
    public ResponseValue? ResponseValue { get; init; }

    /// <summary>The request in JSON. Empty in a report or a list, which have no payload.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Reads the request.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <exception cref="OcppValidationException">The payload is not such a request.</exception>
    public TRequest ReadRequest<TRequest>()
        where TRequest : class, IOcppPayload<TRequest> => OcppJson.Parse<TRequest>(Payload.Span);

    /// <summary>The message as text for a log, without its payload.</summary>
    public override string ToString() => $"{Action} {Id}";
}
