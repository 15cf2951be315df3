using System.Net;
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

        OcppSession[] stations = await Task.WhenAll(
            Enumerable.Range(0, Count).Select(number => csms.ConnectAsync($"CS-{number}"))
        );
        HeartbeatResponse[] answers = await Task.WhenAll(
            stations.Select(station => station.CallAsync(new HeartbeatRequest()))
        );
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

        // Some are told that they are replaced or that there are too many of them, some are dropped for the next.
        ClientWebSocket?[] sockets = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async _ =>
                {
                    try
                    {
                        return await csms.OpenAsync("CS-1");
                    }
                    catch (WebSocketException)
                    {
                        return null; // dropped before it had its answer
                    }
                })
        );
        Assert.All(
            sockets,
            one =>
                Assert.True(
                    one?.HttpStatusCode
                        is null
                            or HttpStatusCode.SwitchingProtocols
                            or HttpStatusCode.ServiceUnavailable,
                    $"{one?.HttpStatusCode}"
                )
        );
        OcppSession[] stations =
        [
            .. sockets
                .OfType<ClientWebSocket>()
                .Where(one => one.State == WebSocketState.Open)
                .Select(one => new OcppSession(one, new OcppHandlers(Ocpp201Protocol.Instance), "CS-1")),
        ];
        List<Task<OcppCloseReason>> ends = [.. stations.Select(station => station.RunAsync())];
        while (ends.Count > 1)
        {
            Task<OcppCloseReason> end = await Task.WhenAny(ends).WaitAsync(CsmsHost.Patience);
            OcppCloseReason reason = await end;
            Assert.True(
                reason.Kind == OcppCloseKind.Lost
                    || reason.Status
                        is WebSocketCloseStatus.PolicyViolation
                            or WebSocketCloseStatus.EndpointUnavailable,
                reason.ToString()
            );
            ends.Remove(end);
        }

        Assert.True(stations.Count(station => !station.Completion.IsCompleted) <= 1);

        // One whose handshake has failed at this end may still have a connection at the other: another one replaces it.
        ClientWebSocket socket;
        do
        {
            socket = await csms.OpenAsync("CS-1");
        } while (socket.HttpStatusCode == HttpStatusCode.ServiceUnavailable);

        var station = new OcppSession(socket, new OcppHandlers(Ocpp201Protocol.Instance), "CS-1");
        _ = station.RunAsync();
        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));
        Assert.Equal(1, csms.Stations.Count);
        Assert.True(csms.Stations.TryGet("CS-1", out OcppSession? last));
        Assert.True(last.IsOpen);
    }
}
