using System.Net.WebSockets;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class ManyStationsTests
{
    private const int Count = 2000;

    [Fact]
    public async Task Two_thousand_stations_connect_at_once_are_answered_and_leave()
    {
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.OnHeartbeat());

        OcppSession[] stations = await Task.WhenAll(Enumerable.Range(0, Count).Select(number => csms.ConnectAsync($"CS-{number}")));
        HeartbeatResponse[] answers = await Task.WhenAll(stations.Select(station => station.CallAsync(new HeartbeatRequest())));
        Assert.All(answers, answer => Assert.Equal(Answers.Heartbeat, answer));
        Assert.Equal(Count, csms.Stations.Count);

        await csms.StopAsync();
        OcppCloseReason[] reasons = await Task.WhenAll(stations.Select(station => station.Completion));
        Assert.All(reasons, reason => Assert.Equal(OcppCloseKind.ClosedByPeer, reason.Kind));
        Assert.Equal(0, csms.Stations.Count);
    }

    [Fact]
    public async Task Of_many_connections_of_one_station_at_once_one_remains()
    {
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.OnHeartbeat());

        OcppSession[] stations = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => csms.ConnectAsync("CS-1")));
        List<Task<OcppCloseReason>> ends = [.. stations.Select(station => station.Completion)];
        while (ends.Count > 1)
        {
            Task<OcppCloseReason> end = await Task.WhenAny(ends).WaitAsync(Csms.Patience);
            Assert.Equal(WebSocketCloseStatus.PolicyViolation, (await end).Status);
            ends.Remove(end);
        }

        Assert.Equal(1, csms.Stations.Count);
        Assert.True(csms.Stations.TryGet("CS-1", out OcppSession? last));
        Assert.True(last.IsOpen);
    }
}
