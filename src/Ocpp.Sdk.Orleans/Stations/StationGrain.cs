using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Nodes;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Ocpp.Orleans.Stations;

/// <summary>
/// Where a station is connected. It is made on the node that holds the connection, so that both go together, and keeps
/// nothing: when it is lost although the connection is not, the node registers again, or is asked for it.
/// </summary>
[GrainType("ocpp.station")]
[Reentrant]
[KeepAlive]
[PreferLocalPlacement]
internal sealed class StationGrain(NodeClient nodes, TimeProvider timeProvider) : Grain, IStationGrain
{
    private NodeConnection? _connection;
    private Task<NodeConnection?>? _search;

    public async Task<long> ConnectAsync(NodeConnection connection)
    {
        NodeConnection? replaced = _connection;

        // The clocks of nodes may differ: it counts on from what is known.
        long version = Math.Max(timeProvider.GetUtcNow().UtcTicks, (replaced?.Version ?? 0) + 1);
        _connection = connection with { Version = version };
        await DropAsync(replaced);
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
        await DropAsync(replaced?.Id == connection.Id ? null : replaced);
        return true;
    }

    public Task DisconnectedAsync(Guid connection)
    {
        Forget(connection);
        return Task.CompletedTask;
    }

    public async Task<NodeConnection?> FindAsync()
    {
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
    private async Task DropAsync(NodeConnection? replaced)
    {
        if (replaced is null)
        {
            return;
        }

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
        _search is { IsCompleted: false } ? _search : _search = AskNodesAsync();

    /// <summary>Asks all nodes, for the grain that knew it may have been lost with its node.</summary>
    private async Task<NodeConnection?> AskNodesAsync()
    {
        NodeConnection?[] found = await Task.WhenAll(nodes.Nodes.Select(FindAsync));
        _connection ??= found.OfType<NodeConnection>().MaxBy(connection => connection.Version);
        return _connection;

        async Task<NodeConnection?> FindAsync(SiloAddress node)
        {
            try
            {
                return await nodes[node]
                    .FindAsync(this.GetPrimaryKeyString())
                    .WaitAsync(NodeTimeouts.Search, timeProvider);
            }
            catch (Exception exception) when (NodeFailure.IsLost(exception))
            {
                return null;
            }
        }
    }
}
