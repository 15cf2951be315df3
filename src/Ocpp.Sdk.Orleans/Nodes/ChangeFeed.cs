using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Stations;
using Ocpp.Orleans.Messages;

namespace Ocpp.Orleans.Nodes;

/// <summary>
/// Changes of connections: those of this node go to the nodes that watch, and those of all nodes to the watchers of
/// this one. Where nobody watches, nothing is sent.
/// </summary>
internal sealed class ChangeFeed(NodeClient nodes, ILocalSiloDetails silo, ILogger<ChangeFeed> logger)
{
    private const int MaxBatch = 500;

    private readonly ConcurrentDictionary<SiloAddress, Channel<StationChangeMessage>> _watchingNodes = new();
    private readonly ConcurrentDictionary<ChangeQueue, bool> _watchers = new();

    public void Report(NodeConnection connection, bool isConnected, string? reason = null)
    {
        if (_watchingNodes.IsEmpty)
        {
            return;
        }

        var change = new StationChangeMessage(connection, isConnected, reason);
        foreach (Channel<StationChangeMessage> channel in _watchingNodes.Values)
        {
            channel.Writer.TryWrite(change);
        }
    }

    public void AddWatcher(SiloAddress node)
    {
        var channel = Channel.CreateUnbounded<StationChangeMessage>();
        if (_watchingNodes.TryAdd(node, channel))
        {
            _ = SendAsync(node, channel.Reader);
        }
    }

    public void RemoveWatcher(SiloAddress node)
    {
        if (_watchingNodes.TryRemove(node, out Channel<StationChangeMessage>? channel))
        {
            channel.Writer.TryComplete();
        }
    }

    /// <summary>Hands changes of any node to the watchers of this one.</summary>
    public void Publish(StationChangeMessage[] changes)
    {
        foreach (StationChangeMessage message in changes)
        {
            OcppStationChange change = message.ToChange();
            foreach (ChangeQueue watcher in _watchers.Keys)
            {
                watcher.Write(change);
            }
        }
    }

    /// <summary>Asks the nodes for their changes, if somebody watches: again when nodes have joined.</summary>
    public async Task SubscribeAsync()
    {
        if (!_watchers.IsEmpty)
        {
            await ForEachNodeAsync(node => node.WatchAsync(silo.SiloAddress));
        }
    }

    public async IAsyncEnumerable<OcppStationChange> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var queue = new ChangeQueue();
        _watchers[queue] = true;
        try
        {
            await SubscribeAsync();
            await foreach (OcppStationChange change in queue.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            _watchers.TryRemove(queue, out _);
            if (_watchers.IsEmpty)
            {
                await ForEachNodeAsync(node => node.UnwatchAsync(silo.SiloAddress));
            }
        }
    }

    private Task ForEachNodeAsync(Func<INodeService, Task> call) =>
        Task.WhenAll(
            nodes.Nodes.Select(async node =>
            {
                try
                {
                    await call(nodes[node]);
                }
                catch (Exception exception) when (NodeFailure.IsLost(exception))
                {
                    // Its changes end with it.
                }
            })
        );

    private async Task SendAsync(SiloAddress node, ChannelReader<StationChangeMessage> changes)
    {
        var batch = new List<StationChangeMessage>(MaxBatch);
        try
        {
            while (await changes.WaitToReadAsync())
            {
                while (batch.Count < MaxBatch && changes.TryRead(out StationChangeMessage? change))
                {
                    batch.Add(change);
                }

                await nodes[node].ChangedAsync([.. batch]);
                batch.Clear();
            }
        }
#pragma warning disable CA1031 // Whatever it fails with, the node asks again if it is alive.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OrleansLog.WatcherLost(logger, exception, node.ToString());
            RemoveWatcher(node);
        }
    }
}
