using System.Net.WebSockets;
using Ocpp.AspNetCore;
using Ocpp.Orleans.Tests.Running;
using Ocpp.V201;

namespace Ocpp.Orleans.Tests;

/// <summary>Nodes come and go.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task A_node_that_stops_closes_its_stations_which_are_served_elsewhere()
    {
        await using Cluster cluster = await Cluster.StartAsync(3);
        await using OcppSession before = await cluster[2].ConnectAsync("CS-1");
        Assert.Equal("CS-1", (await cluster[1].Stations.FindAsync("CS-1"))!.Identity);

        await cluster[2].StopAsync();

        OcppCloseReason reason = await before.Completion.WaitAsync(Cluster.Patience);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, reason.Status);
        await cluster[0].WhenClusterHasAsync(2).WaitAsync(Cluster.Patience);
        await cluster[1].WhenClusterHasAsync(2).WaitAsync(Cluster.Patience);
        await Assert.ThrowsAsync<OcppStationNotConnectedException>(() =>
            cluster[0].Stations.CallAsync("CS-1", new ClearCacheRequest())
        );
        await using OcppSession after = await cluster[0].ConnectAsync("CS-1");
        Assert.Equal(cluster[0].Address.ToParsableString(), (await cluster[1].Stations.FindAsync("CS-1"))!.Node);
    }

    [Fact]
    public async Task A_node_that_called_a_station_on_a_node_that_is_gone_calls_it_where_it_is_now()
    {
        await using Cluster cluster = await Cluster.StartAsync(3);
        await using OcppSession before = await cluster[2].ConnectAsync("CS-1", AcceptingClearCache());
        await cluster[0].Stations.CallAsync("CS-1", new ClearCacheRequest());

        await cluster[2].StopAsync();
        await cluster[0].WhenClusterHasAsync(2).WaitAsync(Cluster.Patience);
        await using OcppSession after = await cluster[1].ConnectAsync("CS-1", AcceptingClearCache());

        ClearCacheResponse response = await cluster[0].Stations.CallAsync("CS-1", new ClearCacheRequest());
        Assert.Equal(ClearCacheStatusEnumType.Accepted, response.Status);

        static OcppHandlers AcceptingClearCache()
        {
            var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
            handlers.On((ClearCacheRequest _) => new ClearCacheResponse { Status = ClearCacheStatusEnumType.Accepted });
            return handlers;
        }
    }

    [Fact]
    public async Task A_connection_is_found_though_the_node_that_knew_it_is_gone()
    {
        await using Cluster cluster = await Cluster.StartAsync(3);

        // The grain is made where the station connects first, and stays there when it connects elsewhere.
        await using OcppSession first = await cluster[2].ConnectAsync("CS-1");
        await using OcppSession second = await cluster[1].ConnectAsync("CS-1");
        await first.Completion.WaitAsync(Cluster.Patience);

        await cluster[2].StopAsync();
        await cluster[0].WhenClusterHasAsync(2).WaitAsync(Cluster.Patience);

        Assert.Equal(cluster[1].Address.ToParsableString(), (await cluster[0].Stations.FindAsync("CS-1"))!.Node);

        // And there is still one connection at most.
        await using OcppSession third = await cluster[0].ConnectAsync("CS-1");
        Assert.Equal(
            "Replaced by a new connection of the same station.",
            (await second.Completion.WaitAsync(Cluster.Patience)).Description
        );
    }
}
