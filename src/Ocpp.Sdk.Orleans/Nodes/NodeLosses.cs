namespace Ocpp.Orleans.Nodes;

/// <summary>
/// Whether registrations may be missing, because a node was lost with the grains that it had, and not all connections
/// are registered again. A node that has just started does not know whether that is so.
/// </summary>
internal sealed class NodeLosses(TimeProvider timeProvider)
{
    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(1);

    private long _last = timeProvider.GetTimestamp();

    /// <summary>Whether a node was lost, or this one has started, within the last minute.</summary>
    public bool AreRecent => timeProvider.GetElapsedTime(Volatile.Read(ref _last)) < s_settling;

    /// <summary>A node has left the cluster.</summary>
    public void Add() => Volatile.Write(ref _last, timeProvider.GetTimestamp());
}
