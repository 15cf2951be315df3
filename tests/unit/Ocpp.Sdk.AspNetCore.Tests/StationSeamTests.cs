using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Tests.Running;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.AspNetCore.Tests;

/// <summary><see cref="IOcppStations"/> on one node.</summary>
public sealed class StationSeamTests
{
    [Fact]
    public async Task A_station_is_called_by_its_identity()
    {
        await using Csms csms = await Csms.StartAsync();
        await using OcppSession station = await csms.ConnectAsync("CS-1", OnReset());
        await csms.ConnectedAsync();
        IOcppStations stations = StationsOf(csms);

        Assert.Equal(Answers.ResetAccepted, await stations.CallAsync("cs-1", Answers.Reset));
        JsonElement response = await stations.CallAsync(
            "CS-1",
            "Reset",
            JsonSerializer.SerializeToElement(new { type = "Immediate" })
        );
        Assert.Equal("""{"status":"Accepted"}""", response.GetRawText());
        Assert.False(stations.SpansNodes);
    }

    [Fact]
    public async Task Code_that_makes_calls_takes_a_session_or_a_station_wherever_it_is()
    {
        await using Csms csms = await Csms.StartAsync();
        IOcppCaller station = StationsOf(csms).Station("cs-1");
        await Assert.ThrowsAsync<OcppStationNotConnectedException>(() => ResetAsync(station));
        await using OcppSession peer = await csms.ConnectAsync("CS-1", OnReset());
        OcppSession session = await csms.ConnectedAsync();

        Assert.Equal(Answers.ResetAccepted, await ResetAsync(station));
        Assert.Equal(Answers.ResetAccepted, await ResetAsync(session));
        JsonElement response = await station.CallAsync(
            "Reset",
            JsonSerializer.SerializeToElement(new { type = "Immediate" })
        );
        Assert.Equal("""{"status":"Accepted"}""", response.GetRawText());

        static Task<ResetResponse> ResetAsync(IOcppCaller caller) => caller.CallAsync(Answers.Reset);
    }

    [Fact]
    public async Task A_station_that_is_not_connected_can_be_neither_called_nor_disconnected()
    {
        await using Csms csms = await Csms.StartAsync();
        IOcppStations stations = StationsOf(csms);

        var exception = await Assert.ThrowsAsync<OcppStationNotConnectedException>(() =>
            stations.CallAsync("CS-1\u001b", Answers.Reset)
        );
        Assert.Equal("CS-1\u001b", exception.Identity);
        Assert.DoesNotContain('\u001b', exception.Message);
        await Assert.ThrowsAsync<OcppStationNotConnectedException>(() => stations.CallAsync("CS-1", "Reset", default));
        Assert.Null(await stations.FindAsync("CS-1"));
        Assert.False(await stations.DisconnectAsync("CS-1"));
    }

    [Fact]
    public async Task A_station_is_found_with_how_it_is_connected_and_disconnected()
    {
        var clock = new OcppTestClock();
        await using Csms csms = await Csms.StartAsync(options: options =>
            options.Session = options.Session with { TimeProvider = clock }
        );
        await using OcppSession station = await csms.ConnectAsync("CS-1");
        OcppSession session = await csms.ConnectedAsync();
        IOcppStations stations = StationsOf(csms);

        Assert.Equal(
            new OcppStationConnection
            {
                Identity = "CS-1",
                Subprotocol = "ocpp2.0.1",
                ConnectedAt = clock.GetUtcNow(),
                RemoteEndPoint = session.Connection.RemoteEndPoint,
            },
            await stations.FindAsync("cs-1")
        );
        Assert.True(await stations.DisconnectAsync("cs-1"));
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.NormalClosure),
            await station.Completion.WaitAsync(CsmsHost.Patience)
        );
    }

    [Fact]
    public async Task Stations_are_listed_by_page_in_the_order_of_their_identities()
    {
        await using Csms csms = await Csms.StartAsync();
        foreach (string identity in (string[])["b", "A", "c"])
        {
            await csms.ConnectAsync(identity);
            await csms.ConnectedAsync();
        }

        IOcppStations stations = StationsOf(csms);
        OcppStationPage first = await stations.ListAsync(max: 2);
        OcppStationPage second = await stations.ListAsync(first.Next, max: 2);

        Assert.Equal(["A", "b"], first.Stations.Select(station => station.Identity));
        Assert.Equal("b", first.Next);
        Assert.Equal(["c"], second.Stations.Select(station => station.Identity));
        Assert.Null(second.Next);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stations.ListAsync(max: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stations.ListAsync(max: 1001));
    }

    [Fact]
    public async Task Connects_and_disconnects_are_watched()
    {
        await using Csms csms = await Csms.StartAsync();
        using var stop = new CancellationTokenSource();
        await using IAsyncEnumerator<OcppStationChange> changes = StationsOf(csms)
            .WatchAsync()
            .GetAsyncEnumerator(stop.Token);

        Task<bool> next = changes.MoveNextAsync().AsTask();
        OcppSession station = await csms.ConnectAsync("CS-1");
        Assert.True(await next.WaitAsync(CsmsHost.Patience));
        Assert.Equal(
            ("CS-1", true, null),
            (changes.Current.Station.Identity, changes.Current.IsConnected, changes.Current.Reason)
        );

        next = changes.MoveNextAsync().AsTask();
        await station.CloseAsync();
        Assert.True(await next.WaitAsync(CsmsHost.Patience));
        Assert.Equal(
            ("CS-1", false, "ClosedByPeer (1000)."),
            (changes.Current.Station.Identity, changes.Current.IsConnected, changes.Current.Reason)
        );

        next = changes.MoveNextAsync().AsTask();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task A_session_begins_when_its_connection_is_registered_and_is_reported_at_its_end()
    {
        var lifetime = new Lifetime();
        await using Csms csms = await Csms.StartAsync(
            endpoint => endpoint.OnHeartbeat(),
            services: services => services.AddSingleton<IOcppConnectionLifetime>(lifetime)
        );
        OcppSession station = await csms.ConnectAsync("CS-1");
        OcppSession registering = await lifetime.Connecting.Task.WaitAsync(CsmsHost.Patience);
        Assert.Equal(OcppSessionState.Created, registering.State);

        lifetime.Registered.SetResult();
        Assert.Equal(Answers.Heartbeat, await station.CallAsync(new HeartbeatRequest()));

        await station.CloseAsync();
        Assert.Same(registering, await lifetime.Ended.Task.WaitAsync(CsmsHost.Patience));
    }

    [Fact]
    public async Task A_connection_that_can_not_be_registered_is_closed()
    {
        var lifetime = new Lifetime();
        lifetime.Registered.SetException(new InvalidOperationException("No cluster."));
        await using Csms csms = await Csms.StartAsync(services: services =>
            services.AddSingleton<IOcppConnectionLifetime>(lifetime)
        );

        await using OcppSession station = await csms.ConnectAsync("CS-1");

        Assert.Equal(
            new OcppCloseReason(
                OcppCloseKind.ClosedByPeer,
                WebSocketCloseStatus.EndpointUnavailable,
                "The connection could not be registered."
            ),
            await station.Completion.WaitAsync(CsmsHost.Patience)
        );
        OcppSession session = await lifetime.Ended.Task.WaitAsync(CsmsHost.Patience);
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.Aborted, null, "The connection could not be registered."),
            await session.Completion.WaitAsync(CsmsHost.Patience)
        );
        Assert.Equal(0, csms.Stations.Count);
    }

    [Fact]
    public async Task Connections_are_closed_one_after_the_other_when_the_host_shuts_down()
    {
        var clock = new OcppTestClock();
        await using Csms csms = await Csms.StartAsync(options: options =>
        {
            options.Session = options.Session with { TimeProvider = clock };
            options.ShutdownSpread = TimeSpan.FromSeconds(10);
        });
        OcppSession[] stations = [await csms.ConnectAsync("CS-1"), await csms.ConnectAsync("CS-2")];
        await csms.ConnectedAsync();
        await csms.ConnectedAsync();

        Task stopping = csms.StopAsync();
        await Task.WhenAny(stations.Select(station => station.Completion)).WaitAsync(CsmsHost.Patience);
        Assert.Single(stations, station => station.Completion.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(stations.Select(station => station.Completion)).WaitAsync(CsmsHost.Patience);
        await stopping.WaitAsync(CsmsHost.Patience);
    }

    private static IOcppStations StationsOf(Csms csms) => csms.Services.GetRequiredService<IOcppStations>();

    private static OcppHandlers OnReset()
    {
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        handlers.On((ResetRequest _) => Answers.ResetAccepted);
        return handlers;
    }

    private sealed class Lifetime : IOcppConnectionLifetime
    {
        public TaskCompletionSource<OcppSession> Connecting { get; } = new();

        public TaskCompletionSource Registered { get; } = new();

        public TaskCompletionSource<OcppSession> Ended { get; } = new();

        public Task ConnectingAsync(OcppSession session, CancellationToken cancellationToken)
        {
            Connecting.SetResult(session);
            return Registered.Task.WaitAsync(cancellationToken);
        }

        public void Disconnected(OcppSession session) => Ended.SetResult(session);
    }
}
