using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Stations;
using Orleans.Concurrency;
using Orleans.Services;

namespace Ocpp.Orleans.Nodes;

/// <summary>The connections of one node.</summary>
[Alias("ocpp.node")]
internal interface INodeService : IGrainService
{
    /// <summary>Makes a call on a connection of this node.</summary>
    [Alias("call")]
    [ResponseTimeout(NodeTimeouts.Call)]
    Task<CallOutcome> CallAsync(string station, Guid connection, StationCall call, CancellationToken cancellationToken);

    /// <summary>Closes a connection of this node in order.</summary>
    /// <returns><see langword="false"/> if it has ended before.</returns>
    [Alias("close")]
    [ResponseTimeout(NodeTimeouts.Call)]
    Task<bool> CloseAsync(string station, Guid connection, CancellationToken cancellationToken);

    /// <summary>Drops a connection of this node, because a newer one has taken its place.</summary>
    [Alias("drop")]
    Task DropAsync(string station, Guid connection);

    /// <summary>Registers a connection of this node again: its grain is being deactivated.</summary>
    [Alias("renew")]
    [OneWay]
    Task RenewAsync(string station);

    /// <summary>Finds a connection of this node.</summary>
    [Alias("find")]
    Task<NodeConnection?> FindAsync(string station);

    /// <summary>Lists connections of this node, in the order of the identities.</summary>
    [Alias("list")]
    Task<NodeConnection[]> ListAsync(string? after, int max);

    /// <summary>Sends changes of this node to another one from now on.</summary>
    [Alias("watch")]
    Task WatchAsync(SiloAddress watcher);

    /// <summary>Sends no more changes to another node.</summary>
    [Alias("unwatch")]
    Task UnwatchAsync(SiloAddress watcher);

    /// <summary>Takes changes of another node, which this one watches.</summary>
    [Alias("changed")]
    Task ChangedAsync(StationChangeMessage[] changes);
}
