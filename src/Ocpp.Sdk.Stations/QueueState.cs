namespace Ocpp.Stations;

/// <summary>
/// A small state of the application that is saved together with a message: after a crash there are both or none. For
/// what the next message depends on, such as the sequence number of a transaction.
/// </summary>
/// <param name="Key">What the state belongs to, such as the EVSE of a transaction.</param>
/// <param name="Value">The state; <see langword="null"/> removes it.</param>
public sealed record QueueState(string Key, byte[]? Value);
