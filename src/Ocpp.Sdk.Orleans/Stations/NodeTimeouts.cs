namespace Ocpp.Orleans.Stations;

/// <summary>How long messages between nodes are waited for.</summary>
internal static class NodeTimeouts
{
    /// <summary>
    /// The session ends a call by its own time-out, and a node that is lost ends it within seconds: this is only for
    /// what neither does.
    /// </summary>
    public const string Call = "1.00:00:00";

    /// <summary>
    /// How long a new connection waits for the end of the one before: the node that holds that may be stopped, and gets
    /// to know when it goes on.
    /// </summary>
    public static readonly TimeSpan Drop = TimeSpan.FromSeconds(2);

    /// <summary>How long the other nodes are asked for a station that none has registered.</summary>
    public static readonly TimeSpan Search = TimeSpan.FromSeconds(5);
}
