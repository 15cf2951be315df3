using System.Net;
using System.Net.WebSockets;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

public sealed class StationsTests
{
    private static readonly OcppCloseReason s_replaced = new(
        OcppCloseKind.ClosedByUs,
        WebSocketCloseStatus.PolicyViolation,
        "Replaced by a new connection of the same station."
    );

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
        Assert.Equal(
            (session, new OcppCloseReason(OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.NormalClosure)),
            await csms.DisconnectedAsync()
        );
        Assert.False(csms.Stations.TryGet("CS-1", out _));
        Assert.Empty(csms.Stations.Identities);
        Assert.Equal(0, csms.Stations.Count);
    }

    [Fact]
    public async Task A_station_is_found_when_its_first_request_is_handled()
    {
        Csms? running = null;
        var found = new TaskCompletionSource<bool>();
        await using Csms csms = running = await Csms.StartAsync(endpoint =>
            endpoint.On<HeartbeatRequest, HeartbeatResponse>(
                (_, context) =>
                {
                    found.SetResult(
                        running!.Stations.TryGet("CS-1", out OcppSession? inRegistry) && inRegistry == context.Session
                    );
                    return Answers.Heartbeat;
                }
            )
        );
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
        // On a clock that stands still it has all the time to take the reason.
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.OnHeartbeat(),
            options => options.Session = options.Session with { TimeProvider = new OcppTestClock() }
        );
        await using OcppSession firstStation = await csms.ConnectAsync("CS-1");
        OcppSession first = await csms.ConnectedAsync();
        await using OcppSession secondStation = await csms.ConnectAsync("cs-1");
        OcppSession second = await csms.ConnectedAsync();

        // Its end does not take the second one out.
        Assert.Equal(s_replaced, await first.Completion.WaitAsync(CsmsHost.Patience));
        Assert.Equal(
            s_replaced with
            {
                Kind = OcppCloseKind.ClosedByPeer,
            },
            await firstStation.Completion.WaitAsync(CsmsHost.Patience)
        );
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
            var exception = await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
                call.WaitAsync(CsmsHost.Patience)
            );
            Assert.Equal(s_replaced, exception.Reason);
        }
    }

    [Fact]
    public async Task A_replaced_connection_is_dropped_when_the_next_one_comes_however_long_closing_may_take()
    {
        var clock = new OcppTestClock();
        await using Csms csms = await Csms.StartAsync(options: options =>
        {
            options.MaxConnections = 1;
            options.Session = options.Session with { TimeProvider = clock };
        });
        var sessions = new List<OcppSession>();
        var sockets = new List<ClientWebSocket>();
        for (int i = 0; i < 50; i++)
        {
            // It never answers a close frame.
            ClientWebSocket deaf = await csms.OpenAsync("CS-1");
            Assert.Equal(HttpStatusCode.SwitchingProtocols, deaf.HttpStatusCode);
            sockets.Add(deaf);
            sessions.Add(await csms.ConnectedAsync());
            if (i >= 2)
            {
                await sessions[i - 2].Completion.WaitAsync(CsmsHost.Patience);
            }

            Assert.InRange(sessions.Count(session => !session.Completion.IsCompleted), 1, 2);
        }

        // The last one that was replaced has a second to take the reason.
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(s_replaced, await sessions[^2].Completion.WaitAsync(CsmsHost.Patience));
        Assert.False(sessions[^1].Completion.IsCompleted);
        sessions[^1].Abort();
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_replaced_connection_counts_until_it_is_gone_and_a_station_has_four_of_them_at_most()
    {
        var end = new TaskCompletionSource();
        using var handling = new SemaphoreSlim(0);
        await using Csms csms = await Csms.StartAsync(
            endpoint =>
                endpoint.On<HeartbeatRequest, HeartbeatResponse>(
                    async (_, _) =>
                    {
                        handling.Release();
                        await end.Task;
                        return Answers.Heartbeat;
                    }
                ),
            options =>
            {
                options.MaxConnections = 3;
                options.Session = options.Session with
                {
                    CloseTimeout = CsmsHost.Patience * 10,
                    HandlerTimeout = CsmsHost.Patience * 10,
                };
            }
        );
        var stations = new List<OcppSession>();
        var sessions = new List<OcppSession>();
        for (int i = 0; i < 5; i++)
        {
            // Its handler holds the session.
            stations.Add(await csms.ConnectAsync("CS-1"));
            sessions.Add(await csms.ConnectedAsync());
            _ = stations[i]
                .CallAsync(new HeartbeatRequest())
                .ContinueWith(call => call.Exception, TaskScheduler.Default);
            Assert.True(await handling.WaitAsync(CsmsHost.Patience));
        }

        Assert.Equal(1, csms.Stations.Count);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await csms.StatusOfAsync("CS-1"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await csms.StatusOfAsync("CS-2"));

        end.SetResult();
        await Task.WhenAll(sessions.SkipLast(1).Select(session => session.Completion)).WaitAsync(CsmsHost.Patience);
        await using OcppSession other = await ConnectWhenThereIsRoomAsync(csms, "CS-2");
        await csms.ConnectedAsync(); // the handshake is completed before it counts
        Assert.Equal(2, csms.Stations.Count);
        foreach (OcppSession station in stations)
        {
            await station.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("ocpp2.0.1", "818100000000FF", "880203EF")] // invalid UTF-8
    [InlineData("ocpp0.1", "", "881803EA")]
    public async Task A_connection_that_is_closed_without_a_session_counts_and_is_dropped_when_its_station_comes_again(
        string protocol,
        string bytes,
        string close
    )
    {
        await using Csms csms = await Csms.StartAsync(options: options =>
        {
            options.MaxConnections = 1;

            // The close frame is never answered, and on this clock the time for it is never over.
            options.Session = options.Session with
            {
                TimeProvider = new OcppTestClock(),
            };
        });
        RawStation? before = null;
        for (int i = 0; i < 20; i++)
        {
            RawStation station = await RawStation.OpenAsync(csms.UrlOf("CS-1"), protocol);
            await station.WriteAsync(bytes);
            Assert.Equal(close, await station.ReadAsync(close.Length / 2));
            if (before is not null)
            {
                await before.EndAsync();
                before.Dispose();
            }

            await WaitUntilFullAsync(csms);
            before = station;
        }

        await using OcppSession session = await csms.ConnectAsync("CS-1");
        await before!.EndAsync();
        before.Dispose();
    }

    [Fact]
    public async Task What_a_callback_throws_is_logged_and_harms_no_station_and_no_other_callback()
    {
        var other = new TaskCompletionSource<OcppSession>();
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.OnHeartbeat(),
            options =>
            {
                options.Connected += _ => throw new InvalidOperationException("of the callback");
                options.Connected += other.SetResult;
            }
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");

        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));
        Assert.Equal("CS-1", (await other.Task.WaitAsync(CsmsHost.Patience)).Identity);
        Assert.Contains(
            csms.Log.Of("Ocpp"),
            line => line.StartsWith("CS-1: a callback of the application threw", StringComparison.Ordinal)
        );
    }

    /// <summary>The close frame is read a moment before the connection counts as one that is closed.</summary>
    private static async Task WaitUntilFullAsync(Csms csms)
    {
        using var limit = new CancellationTokenSource(CsmsHost.Patience);
        while (await csms.StatusOfAsync("CS-2") != HttpStatusCode.ServiceUnavailable)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>That a session has ended is known a moment before the registry has taken it out.</summary>
    private static async Task<OcppSession> ConnectWhenThereIsRoomAsync(Csms csms, string identity)
    {
        using var limit = new CancellationTokenSource(CsmsHost.Patience);
        while (true)
        {
            ClientWebSocket socket = await csms.OpenAsync(identity);
            if (socket.HttpStatusCode == HttpStatusCode.SwitchingProtocols)
            {
                var session = new OcppSession(socket, new OcppHandlers(Ocpp201Protocol.Instance), identity);
                _ = session.RunAsync();
                return session;
            }

            socket.Dispose();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
