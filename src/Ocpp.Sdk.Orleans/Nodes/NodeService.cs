using Microsoft.Extensions.Logging;
using Ocpp.Orleans.Messages;

namespace Ocpp.Orleans.Nodes;

/// <summary>Lets other nodes use the connections of this one.</summary>
internal sealed class NodeService(GrainId id, Silo silo, ILoggerFactory loggers, NodeConnections connections)
    : GrainService(id, silo, loggers),
        INodeService
{
    public Task<CallOutcome> CallAsync(
        string station,
        Guid connection,
        StationCall call,
        CancellationToken cancellationToken
    ) => connections.CallAsync(station, connection, call, cancellationToken);

    public Task<bool> CloseAsync(string station, Guid connection, CancellationToken cancellationToken) =>
        connections.CloseAsync(station, connection, cancellationToken);

    public Task DropAsync(string station, Guid connection) => connections.DropAsync(station, connection);

    public Task RenewAsync(string station) => connections.RenewAsync(station);

    public Task<NodeConnection?> FindAsync(string station) => Task.FromResult(connections.Find(station));

    public Task<NodeConnection[]> ListAsync(string? after, int max) => Task.FromResult(connections.List(after, max));

    public Task WatchAsync(SiloAddress watcher)
    {
        connections.Changes.AddWatcher(watcher);
        return Task.CompletedTask;
    }

    public Task UnwatchAsync(SiloAddress watcher)
    {
        connections.Changes.RemoveWatcher(watcher);
        return Task.CompletedTask;
    }

    public Task ChangedAsync(StationChangeMessage[] changes)
    {
        connections.Changes.Publish(changes);
        return Task.CompletedTask;
    }
}
