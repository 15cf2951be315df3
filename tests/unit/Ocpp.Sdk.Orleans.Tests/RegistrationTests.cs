using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.Orleans.Stations;
using Ocpp.Orleans.Tests.Running;

namespace Ocpp.Orleans.Tests;

/// <summary>What becomes of connections whose registration is lost, though their node is not.</summary>
public sealed class RegistrationTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly Cluster _cluster = fixture.Cluster;

    [Fact]
    public async Task A_newer_connection_ends_one_that_its_grain_does_not_know()
    {
        await using OcppSession first = await _cluster[0].ConnectAsync("unknown");
        await GrainOf("unknown").DisconnectedAsync(_cluster[0].Connections.Find("unknown")!.Id);

        await using OcppSession second = await _cluster[1].ConnectAsync("unknown");

        OcppCloseReason reason = await _cluster[0].DisconnectedAsync("unknown");
        Assert.Equal(OcppCloseKind.ClosedByUs, reason.Kind);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, reason.Status);
        Assert.Null(_cluster[0].Connections.Find("unknown"));
        Assert.True(second.IsOpen);
        Assert.Equal(_cluster[1].Address.ToParsableString(), (await _cluster[2].Stations.FindAsync("unknown"))!.Node);
    }

    private IStationGrain GrainOf(string identity) =>
        _cluster[2].Services.GetRequiredService<IGrainFactory>().GetStation(identity);
}
