using System.Net.WebSockets;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class StationsTests
{
    private static readonly OcppCloseReason s_replaced =
        new(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.PolicyViolation, "Replaced by a new connection of the same station.");

    [Fact]
    public async Task A_station_is_found_by_its_identity_while_it_is_connected()
    {
        await using Csms csms = await Csms.StartAsync();
        Assert.False(csms.Stations.TryGet("CS-1", out _));

        await using OcppSession station = await csms.ConnectAsync("CS-1");
        OcppSession session = await csms.ConnectedAsync();
        Assert.True(csms.Stations.TryGet("cs-1", out OcppSession? found));
        Assert.Same(session, found);
        Assert.Equal(["CS-1"], csms.Stations.Identities);
        Assert.Equal(1, csms.Stations.Count);

        await station.CloseAsync();
        Assert.Equal((session, new OcppCloseReason(OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.NormalClosure)), await csms.DisconnectedAsync());
        Assert.False(csms.Stations.TryGet("CS-1", out _));
        Assert.Empty(csms.Stations.Identities);
        Assert.Equal(0, csms.Stations.Count);
    }

    [Fact]
    public async Task A_station_is_found_when_its_first_request_is_handled()
    {
        Csms? running = null;
        var found = new TaskCompletionSource<bool>();
        await using Csms csms = running = await Csms.StartAsync(endpoint => endpoint.On<HeartbeatRequest, HeartbeatResponse>((_, session) =>
        {
            found.SetResult(running!.Stations.TryGet("CS-1", out OcppSession? inRegistry) && inRegistry == session);
            return Answers.Heartbeat;
        }));
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        await station.CallAsync(new HeartbeatRequest());

        Assert.True(await found.Task);
    }

    [Fact]
    public async Task A_cut_connection_is_lost()
    {
        await using Csms csms = await Csms.StartAsync();
        OcppSession station = await csms.ConnectAsync("CS-1");
        OcppSession session = await csms.ConnectedAsync();

        station.Abort();

        (OcppSession gone, OcppCloseReason reason) = await csms.DisconnectedAsync();
        Assert.Same(session, gone);
        Assert.Equal(OcppCloseKind.Lost, reason.Kind);
    }

#if NET10_0_OR_GREATER
    [Fact]
    public async Task A_connection_on_which_no_ping_is_answered_is_lost()
    {
        await using Csms csms = await Csms.StartAsync(options: options =>
        {
            options.KeepAliveInterval = TimeSpan.FromMilliseconds(20);
            options.KeepAliveTimeout = TimeSpan.FromMilliseconds(20);
        });

        // It answers pings only while it receives.
        using ClientWebSocket deaf = await csms.OpenAsync("CS-1");

        Assert.Equal(OcppCloseKind.Lost, (await csms.DisconnectedAsync()).Reason.Kind);
    }
#endif

    [Fact]
    public async Task A_second_connection_takes_the_place_of_the_first_which_is_closed_with_the_reason()
    {
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.OnHeartbeat());
        await using OcppSession firstStation = await csms.ConnectAsync("CS-1");
        OcppSession first = await csms.ConnectedAsync();
        await using OcppSession secondStation = await csms.ConnectAsync("cs-1");
        OcppSession second = await csms.ConnectedAsync();

        // Its end does not take the second one out.
        Assert.Equal(s_replaced, await first.Completion.WaitAsync(Csms.Patience));
        Assert.Equal(s_replaced with { Kind = OcppCloseKind.ClosedByPeer }, await firstStation.Completion.WaitAsync(Csms.Patience));
        Assert.True(csms.Stations.TryGet("CS-1", out OcppSession? found));
        Assert.Same(second, found);
        Assert.Equal(1, csms.Stations.Count);
        Assert.Equal(Answers.Heartbeat, await secondStation.CallAsync(new HeartbeatRequest()));
        Assert.Equal((first, s_replaced), await csms.DisconnectedAsync());
    }

    [Fact]
    public async Task The_calls_of_a_replaced_connection_fail_at_once_though_its_line_is_dead()
    {
        await using Csms csms = await Csms.StartAsync();
        using ClientWebSocket deaf = await csms.OpenAsync("CS-1");
        OcppSession first = await csms.ConnectedAsync();
        Task<ResetResponse> sent = first.CallAsync(Answers.Reset);
        Task<ResetResponse> waiting = first.CallAsync(Answers.Reset);

        await using OcppSession station = await csms.ConnectAsync("CS-1");

        foreach (Task<ResetResponse> call in (Task<ResetResponse>[])[sent, waiting])
        {
            var exception = await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call.WaitAsync(Csms.Patience));
            Assert.Equal(s_replaced, exception.Reason);
        }

        Assert.False(first.Completion.IsCompleted);
    }

    [Fact]
    public async Task What_a_listener_throws_is_logged_and_harms_no_station_and_no_other_listener()
    {
        await using Csms csms = await Csms.StartAsync(endpoint => endpoint.OnHeartbeat());
        var other = new TaskCompletionSource<OcppSession>();
        csms.Stations.Connected += _ => throw new InvalidOperationException("of the listener");
        csms.Stations.Connected += other.SetResult;
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));
        Assert.Equal("CS-1", (await other.Task.WaitAsync(Csms.Patience)).Identity);
        Assert.Contains(csms.Log.Of("Ocpp"), line => line.StartsWith("CS-1: a listener of the application threw", StringComparison.Ordinal));
    }
}
