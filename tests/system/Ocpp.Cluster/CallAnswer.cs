namespace Ocpp.Cluster;

/// <summary>What a node answers when it was asked to call a station.</summary>
/// <param name="Connection">Which of the station's connections answered, from 1; 0 if none did.</param>
/// <param name="Failure">Why the call failed; empty if it was answered.</param>
/// <param name="IsNotConnected">Whether the node says that nothing was sent.</param>
internal sealed record CallAnswer(int Connection, string Failure, bool IsNotConnected);
