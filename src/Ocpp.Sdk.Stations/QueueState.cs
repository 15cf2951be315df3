namespace Ocpp.Stations;

/// <summary>
/// A small state of the application that is saved together with a message: after a crash there are both or none. For
/// what the next message depends on, such as the sequence number of a transaction.
/// </summary>
/// <param name="Key">What the state belongs to, such as the EVSE of a transaction.</param>
/// <param name="Value">The state; <see langword="null"/> removes it.</param>
public sealed record QueueState(string Key, byte[]? Value)
{
    /// <summary>
    /// Whether what can't be written, such as on a full disk, is kept in memory and written later, before anything
    /// else: the state, and the message that is added with it, which then waits to be sent. For what has happened
    /// whether it can be written or not, and is said only once. Nothing of it is refused because the queue is full.
    /// </summary>
    internal bool IsKept { get; init; }
}
