namespace Ocpp.Certificates.Storage;

/// <summary>
/// An entry in the history of a signing request. What happens again counts up the entry that is there: a history
/// doesn't grow by repetition.
/// </summary>
/// <param name="State">The state that the request came into, or was in.</param>
/// <param name="At">When, for the first time.</param>
/// <param name="Reason">Why, as a sentence for the operator; may be empty.</param>
public sealed record SigningRequestEvent(SigningRequestState State, DateTimeOffset At, string Reason)
{
    /// <summary>When, for the last time.</summary>
    public DateTimeOffset LastAt { get; init; } = At;

    /// <summary>How often. Repetitions of a CSR are counted once a minute at most.</summary>
    public int Count { get; init; } = 1;
}
