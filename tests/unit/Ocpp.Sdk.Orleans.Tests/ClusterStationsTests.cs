using System.Net.WebSockets;
using System.Text.Json;
using Ocpp.AspNetCore;
using Ocpp.Orleans.Tests.Running;
using Ocpp.V201;

namespace Ocpp.Orleans.Tests;

/// <summary>Stations are reached from every node, wherever they are connected.</summary>
public sealed class ClusterStationsTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly ResetRequest s_reset = new() { Type = ResetEnumType.Immediate };

    private Cluster Cluster => fixture.Cluster;

    [Fact]
    public async Task A_station_is_called_from_every_node()
    {
        await using OcppSession station = await Cluster[1].ConnectAsync("call-1", AnswersReset());

        for (int i = 0; i < 3; i++)
        {
            ResetResponse response = await Cluster[i].Stations.CallAsync("CALL-1", s_reset);
            Assert.Equal(ResetStatusEnumType.Accepted, response.Status);
        }
    }

    [Fact]
    public async Task A_station_is_called_by_the_name_of_an_action()
    {
        await using OcppSession station = await Cluster[1].ConnectAsync("name-1", AnswersReset());

        JsonElement response = await Cluster[2]
            .Stations.CallAsync("name-1", "Reset", JsonSerializer.SerializeToElement(new { type = "Immediate" }));

        Assert.Equal("""{"status":"Accepted"}""", response.GetRawText());
    }

    [Fact]
    public async Task Calls_arrive_in_the_order_in_which_they_were_made()
    {
        var received = new List<int>();
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        handlers.On(
            (GetBaseReportRequest request) =>
            {
                received.Add(request.RequestId);
                return new GetBaseReportResponse { Status = GenericDeviceModelStatusEnumType.Accepted };
            }
        );
        await using OcppSession station = await Cluster[1].ConnectAsync("order-1", handlers);

        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    Cluster[2]
                        .Stations.CallAsync(
                            "order-1",
                            new GetBaseReportRequest { RequestId = i, ReportBase = ReportBaseEnumType.FullInventory }
                        )
                )
        );

        Assert.Equal(Enumerable.Range(0, 50), received);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_call_to_a_station_that_is_nowhere_fails(int node)
    {
        var exception = await Assert.ThrowsAsync<OcppStationNotConnectedException>(() =>
            Cluster[node].Stations.CallAsync("nowhere", s_reset)
        );

        Assert.Equal("nowhere", exception.Identity);
        Assert.Null(await Cluster[node].Stations.FindAsync("nowhere"));
        Assert.False(await Cluster[node].Stations.DisconnectAsync("nowhere"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_call_fails_with_is_the_same_from_every_node(int node)
    {
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        handlers.On<ResetRequest, ResetResponse>(_ =>
            throw new OcppCallErrorException(OcppErrorCode.NotSupported, "No.")
        );
        await using OcppSession station = await Cluster[1].ConnectAsync($"error-{node}", handlers);
        IOcppStations stations = Cluster[node].Stations;

        var error = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            stations.CallAsync($"error-{node}", s_reset)
        );
        Assert.Equal(
            (OcppErrorCode.NotSupported, "NotSupported", "No."),
            (error.ErrorCode, error.ErrorCodeName, error.ErrorDescription)
        );
        var invalid = await Assert.ThrowsAsync<OcppValidationException>(() =>
            stations.CallAsync($"error-{node}", s_reset with { Type = (ResetEnumType)99 })
        );
        Assert.Equal(OcppErrorCode.TypeConstraintViolation, invalid.ErrorCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            stations.CallAsync($"error-{node}", new V16.ResetRequest { Type = V16.ResetType.Hard })
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            stations.CallAsync($"error-{node}", "Rest", JsonSerializer.SerializeToElement(new { }))
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_call_is_timed_out_and_given_up_from_every_node(int node)
    {
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        var came = new TaskCompletionSource();
        var never = new TaskCompletionSource<ResetResponse>();
        handlers.On(
            (ResetRequest _, OcppRequestContext context) =>
            {
                came.TrySetResult();
                return never.Task.WaitAsync(context.CancellationToken);
            }
        );
        await using OcppSession station = await Cluster[1].ConnectAsync($"late-{node}", handlers);
        IOcppStations stations = Cluster[node].Stations;

        await Assert.ThrowsAsync<OcppTimeoutException>(() =>
            stations.CallAsync($"late-{node}", s_reset, new() { Timeout = TimeSpan.FromMilliseconds(50) })
        );
        await came.Task.WaitAsync(Cluster.Patience);
        using var cancel = new CancellationTokenSource();
        Task<ResetResponse> call = stations.CallAsync($"late-{node}", s_reset, cancellationToken: cancel.Token);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Of_two_connections_that_are_made_on_two_nodes_at_the_same_moment_one_stays()
    {
        for (int i = 0; i < 20; i++)
        {
            string identity = $"moment-{i}";
            OcppSession[] both = await Task.WhenAll(
                Cluster[0].ConnectAsync(identity, AnswersReset()),
                Cluster[2].ConnectAsync(identity, AnswersReset())
            );

            await Task.WhenAny(both[0].Completion, both[1].Completion).WaitAsync(Cluster.Patience);
            OcppSession open = Assert.Single(both, session => session.IsOpen);

            OcppStationConnection found = (await Cluster[1].Stations.FindAsync(identity))!;
            int node = open == both[0] ? 0 : 2;
            Assert.Equal(Cluster[node].Address.ToParsableString(), found.Node);
            ResetResponse response = await Cluster[1].Stations.CallAsync(identity, s_reset);
            Assert.Equal(ResetStatusEnumType.Accepted, response.Status);
            await open.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_station_that_goes_from_node_to_node_is_called_by_its_last_connection()
    {
        var sessions = new List<OcppSession>();
        for (int i = 0; i < 15; i++)
        {
            sessions.Add(await Cluster[i % 3].ConnectAsync("flapping", AnswersReset()));
        }

        await Task.WhenAll(sessions.SkipLast(1).Select(session => session.Completion)).WaitAsync(Cluster.Patience);

        Assert.True(sessions[^1].IsOpen);
        for (int i = 0; i < 3; i++)
        {
            ResetResponse response = await Cluster[i].Stations.CallAsync("flapping", s_reset);
            Assert.Equal(ResetStatusEnumType.Accepted, response.Status);
        }

        await sessions[^1].DisposeAsync();
    }

    [Fact]
    public async Task A_newer_connection_takes_the_place_of_one_on_another_node()
    {
        await using OcppSession first = await Cluster[1].ConnectAsync("twice-1");
        await using OcppSession second = await Cluster[2].ConnectAsync("TWICE-1", AnswersReset());

        OcppCloseReason reason = await first.Completion.WaitAsync(Cluster.Patience);
        Assert.Equal(
            (WebSocketCloseStatus.PolicyViolation, "Replaced by a new connection of the same station."),
            (reason.Status, reason.Description)
        );
        await Cluster[1].DisconnectedAsync("twice-1");
        ResetResponse response = await Cluster[0].Stations.CallAsync("twice-1", s_reset);
        Assert.Equal(ResetStatusEnumType.Accepted, response.Status);
        Assert.Equal(Cluster[2].Address.ToParsableString(), (await Cluster[1].Stations.FindAsync("twice-1"))!.Node);
    }

    [Fact]
    public async Task A_station_is_found_and_disconnected_from_every_node()
    {
        await using OcppSession station = await Cluster[1].ConnectAsync("find-1");

        OcppStationConnection found = (await Cluster[2].Stations.FindAsync("Find-1"))!;
        Assert.Equal(
            ("find-1", "ocpp2.0.1", Cluster[1].Address.ToParsableString()),
            (found.Identity, found.Subprotocol, found.Node)
        );
        Assert.True(await Cluster[2].Stations.DisconnectAsync("find-1"));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await station.Completion.WaitAsync(Cluster.Patience)).Status);
        await Cluster[1].DisconnectedAsync("find-1");
        Assert.Null(await Cluster[2].Stations.FindAsync("find-1"));
    }

    [Fact]
    public async Task Stations_of_all_nodes_are_listed_by_page()
    {
        var sessions = new List<OcppSession>();
        for (int i = 0; i < 6; i++)
        {
            sessions.Add(await Cluster[i % 3].ConnectAsync($"page-{i}"));
        }

        var listed = new List<string>();
        OcppStationPage page = await Cluster[0].Stations.ListAsync("page-", 2);
        while (page.Stations.Count > 0 && page.Stations[0].Identity.StartsWith("page-", StringComparison.Ordinal))
        {
            listed.AddRange(page.Stations.Select(station => station.Identity));
            page = page.Next is { } next ? await Cluster[1].Stations.ListAsync(next, 2) : new OcppStationPage([], null);
        }

        Assert.Equal(
            ["page-0", "page-1", "page-2", "page-3", "page-4", "page-5"],
            listed.Where(identity => identity.StartsWith("page-", StringComparison.Ordinal))
        );
        foreach (OcppSession session in sessions)
        {
            await session.CloseAsync();
        }
    }

    [Fact]
    public async Task Connects_and_disconnects_of_other_nodes_are_watched()
    {
        using var stop = new CancellationTokenSource();
        await using IAsyncEnumerator<OcppStationChange> changes = Cluster[0]
            .Stations.WatchAsync()
            .GetAsyncEnumerator(stop.Token);
        Task<bool> next = changes.MoveNextAsync().AsTask();

        // When it is watched can't be seen but by a change that comes.
        while (!next.IsCompleted)
        {
            await (await Cluster[1].ConnectAsync("probe-1")).CloseAsync();
            await Cluster[1].DisconnectedAsync("probe-1");
        }

        OcppSession station = await Cluster[1].ConnectAsync("watched-1");
        await NextOfAsync("watched-1", isConnected: true);
        await station.CloseAsync();
        await NextOfAsync("watched-1", isConnected: false);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);

        async Task NextOfAsync(string identity, bool isConnected)
        {
            while (await next.WaitAsync(Cluster.Patience))
            {
                OcppStationChange change = changes.Current;
                next = changes.MoveNextAsync().AsTask();
                if (change.Station.Identity == identity)
                {
                    Assert.Equal(isConnected, change.IsConnected);
                    return;
                }
            }
        }
    }

    private static OcppHandlers AnswersReset()
    {
        OcppHandlers handlers = new(Ocpp201Protocol.Instance);
        handlers.On((ResetRequest _) => new ResetResponse { Status = ResetStatusEnumType.Accepted });
        return handlers;
    }
}
