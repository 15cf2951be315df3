using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Nodes;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Ocpp.Orleans.Stations;

/// <summary>
/// Where a station is connected. It is made on the node that holds the connection, so that both go together, and keeps
/// nothing: when it is lost although the connection is not, the node registers again, or is asked for it.
/// </summary>
/// <remarks>
/// A new connection ends the one before also where the grain is new and does not know it, because it was lost with
/// another node: for a time after that, all nodes are asked.
/// </remarks>
[GrainType("ocpp.station")]
[Reentrant]
[KeepAlive]
[PreferLocalPlacement]
internal sealed class StationGrain(NodeClient nodes, NodeLosses losses, TimeProvider timeProvider)
    : Grain,
        IStationGrain
{
    private NodeConnection? _connection;
    private Task<NodeConnection?>? _search;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // It goes for another reason than that the station has, such as the loss of the node that knew where it is.
        if (_connection is { } connection && !nodes.IsDead(connection.Node))
        {
            _ = nodes[connection.Node].RenewAsync(connection.Station);
        }

        return Task.CompletedTask;
    }

    public async Task<long> ConnectAsync(NodeConnection connection)
    {
        NodeConnection[] found = _connection is null && losses.AreRecent ? await AskNodesAsync(NodeTimeouts.Drop) : [];

        // Those that are being registered come here themselves, and each ends the one before.
        NodeConnection[] replaced =
        [
            .. found
                .Where(one => one.Version > 0)
                .Concat(_connection is { } current ? [current] : [])
                .Where(one => one.Id != connection.Id)
                .DistinctBy(one => one.Id),
        ];

        // The clocks of nodes may differ: it counts on from what is known.
        long last = replaced.Select(one => one.Version).DefaultIfEmpty().Max();
        long version = Math.Max(timeProvider.GetUtcNow().UtcTicks, last + 1);
        _connection = connection with { Version = version };
        await Task.WhenAll(replaced.Select(DropAsync));
        return version;
    }

    public async Task<bool> RenewAsync(NodeConnection connection)
    {
        if (_connection is { } current && current.Id != connection.Id && current.Version >= connection.Version)
        {
            return false;
        }

        NodeConnection? replaced = _connection;
        _connection = connection;
        if (replaced is not null && replaced.Id != connection.Id)
        {
            await DropAsync(replaced);
        }

        return true;
    }

    public Task DisconnectedAsync(Guid connection)
    {
        Forget(connection);
        return Task.CompletedTask;
    }

    public async Task<NodeConnection?> FindAsync()
    {
        if (_connection is { } known && nodes.IsDead(known.Node))
        {
            // A node that stops may have registered it again, and then not come to say that it was closed.
            _connection = null;
        }

        NodeConnection? connection = _connection ?? await SearchAsync();
        if (connection is null)
        {
            DeactivateOnIdle();
        }

        return connection;
    }

    private void Forget(Guid connection)
    {
        if (_connection?.Id == connection)
        {
            _connection = null;
            DeactivateOnIdle();
        }
    }

    /// <summary>
    /// Has a replaced connection closed. Its node may be gone or stopped: the new connection does not wait for that for
    /// long. A node that goes on after a stop still gets the message.
    /// </summary>
    private async Task DropAsync(NodeConnection replaced)
    {
        try
        {
            await nodes[replaced.Node]
                .DropAsync(replaced.Station, replaced.Id)
                .WaitAsync(NodeTimeouts.Drop, timeProvider);
        }
        catch (Exception exception) when (NodeFailure.IsLost(exception))
        {
            // If the node is lost, so is the connection; if it is stopped, its next registration is refused.
        }
    }

    private Task<NodeConnection?> SearchAsync() =>
        _search is { IsCompleted: false } ? _search : _search = FindOnNodesAsync();

    private async Task<NodeConnection?> FindOnNodesAsync()
    {
        NodeConnection[] found = await AskNodesAsync(NodeTimeouts.Search);
        _connection ??= found.MaxBy(connection => connection.Version);
        return _connection;
    }

    /// <summary>Asks all nodes, for the grain that knew it may have been lost with its node.</summary>
    private async Task<NodeConnection[]> AskNodesAsync(TimeSpan patience)
    {
        NodeConnection?[] found = await Task.WhenAll(nodes.Nodes.Select(FindAsync));
        return [.. found.OfType<NodeConnection>()];

        async Task<NodeConnection?> FindAsync(SiloAddress node)
        {
            try
            {
                return await nodes[node].FindAsync(this.GetPrimaryKeyString()).WaitAsync(patience, timeProvider);
            }
            catch (Exception exception) when (NodeFailure.IsLost(exception))
            {
                return null;
            }
        }
    }
}
