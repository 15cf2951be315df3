namespace Ocpp.Orleans.Nodes;

/// <summary>What a message to a node that does not answer fails with.</summary>
internal static class NodeFailure
{
    public const string Description = "The node that holds the connection is lost.";

    public static bool IsLost(Exception exception) =>
        exception is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException;
}
