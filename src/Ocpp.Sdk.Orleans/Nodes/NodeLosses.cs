using System.Collections.Concurrent;

namespace Ocpp.Orleans.Nodes;

/// <summary>
/// The nodes that were lost: what waits for one is ended, and registrations may be missing, because the node had
/// grains, and not all connections are registered again. A node that has just started does not know whether that is so.
/// </summary>
internal sealed class NodeLosses(TimeProvider timeProvider)
{
    private static readonly TimeSpan s_settling = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<SiloAddress, TaskCompletionSource> _nodes = new();
    private long _last = timeProvider.GetTimestamp();

    /// <summary>Whether a node was lost, or this one has started, within the last minute.</summary>
    public bool AreRecent => timeProvider.GetElapsedTime(Volatile.Read(ref _last)) < s_settling;

    /// <summary>Ends when a node is lost. It does not come back: a new process is another node.</summary>
    public Task WhenLostAsync(SiloAddress node) => Find(node).Task;

    /// <summary>A node has ended, or was declared dead. What is known already changes nothing.</summary>
    public void Add(SiloAddress node)
    {
        if (Find(node).TrySetResult())
        {
            Volatile.Write(ref _last, timeProvider.GetTimestamp());
        }
    }

    private TaskCompletionSource Find(SiloAddress node) =>
        _nodes.GetOrAdd(node, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
