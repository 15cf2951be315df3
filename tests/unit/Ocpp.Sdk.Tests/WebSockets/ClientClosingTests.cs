using System.Net.WebSockets;
using Ocpp.V201;

namespace Ocpp.Tests.WebSockets;

public class ClientClosingTests
{
    private readonly ScriptedCsms _csms = new();

    public static TheoryData<OcppClientState, bool> EveryState()
    {
        var cases = new TheoryData<OcppClientState, bool>();
        foreach (OcppClientState state in Enum.GetValues<OcppClientState>())
        {
            cases.Add(state, true);
            cases.Add(state, false);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(EveryState))]
    public async Task Whatever_the_client_is_at_closing_ends_it_and_leaves_nothing_behind(
        OcppClientState state,
        bool isDisposed
    )
    {
        OcppClient client = _csms.Client(options => options with { RetryFirstConnection = true });
        Task connecting = await BringToAsync(client, state);
        await (isDisposed ? client.DisposeAsync().AsTask() : client.CloseAsync());
        Assert.Equal(OcppClientState.Closed, client.State);
        Assert.Null(client.Session);
        await _csms.NoTimersAsync();
        Assert.All(_csms.Sockets, socket => Assert.True(socket.IsDisposed));
        if (state is OcppClientState.Connecting)
        {
            await Assert.ThrowsAsync<OcppConnectionClosedException>(() => connecting);
        }

        await client.CloseAsync();
        await client.DisposeAsync();
        Assert.Equal(
            OcppCloseKind.ClosedByUs,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => client.ConnectAsync())).Reason.Kind
        );
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => client.ReconnectAsync(_csms.Options));
    }

    [Fact]
    public async Task Closing_in_order_tells_the_csms_and_the_listeners_why()
    {
        OcppClient client = _csms.Client();
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        await client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "firmware update");
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.EndpointUnavailable, "firmware update"),
            (await states.UntilAsync(OcppClientState.Closed)).CloseReason
        );
        Assert.Equal(WebSocketState.Closed, _csms.Socket.State);
    }

    [Fact]
    public async Task Closing_while_the_first_connection_is_retried_ends_the_tries()
    {
        OcppClient client = _csms.Client(options => options with { RetryFirstConnection = true });
        _csms.Answer = (_, _) => ScriptedCsms.Refuse();
        await using var states = new StateListener(client);
        Task connecting = client.ConnectAsync();
        await states.UntilAsync(OcppClientState.WaitingToReconnect);
        await client.CloseAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => connecting);
        Assert.Single(_csms.Tries);
        await _csms.NoTimersAsync();
    }

    [Fact]
    public async Task Disposing_sends_a_close_frame_and_does_not_wait_for_an_outstanding_answer()
    {
        OcppClient client = _csms.Client();
        await client.ConnectAsync();
        Task<HeartbeatResponse> call = client.CallAsync(new HeartbeatRequest());
        await using var states = new StateListener(client);
        await client.DisposeAsync();
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.NormalClosure),
            (await states.UntilAsync(OcppClientState.Closed)).CloseReason
        );
        Assert.Equal(
            (WebSocketState.Closed, WebSocketCloseStatus.NormalClosure),
            (_csms.Socket.State, _csms.Socket.SentCloseStatus)
        );
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call);
    }

    [Fact]
    public async Task Disposing_waits_for_a_close_frame_of_the_csms_no_longer_than_its_time()
    {
        OcppClient client = _csms.Client();
        _csms.Answer = (_, _) => Task.FromResult<WebSocket>(new ScriptedSocket { IgnoresClose = true });
        await client.ConnectAsync();
        Task disposing = client.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        while (!disposing.IsCompleted)
        {
            await Task.WhenAny(disposing, _csms.Clock.WhenArmedAsync(1));
            _csms.Clock.Advance(_csms.Options.Session.CloseTimeout);
        }

        await disposing;
        Assert.Equal(
            (true, WebSocketCloseStatus.NormalClosure),
            (_csms.Socket.IsDisposed, _csms.Socket.SentCloseStatus)
        );
    }

    [Fact]
    public async Task Disposing_ends_with_a_close_that_is_under_way()
    {
        OcppClient client = _csms.Client();
        _csms.Answer = (_, _) => Task.FromResult<WebSocket>(new ScriptedSocket { IgnoresClose = true });
        await client.ConnectAsync();
        Task closing = client.CloseAsync();
        Task disposing = client.DisposeAsync().AsTask();
        client.Session?.Abort();
        await closing;
        await disposing;
        Assert.True(_csms.Socket.IsDisposed);
    }

    [Fact]
    public async Task Cancelling_to_close_drops_the_connection_and_the_client_is_closed_all_the_same()
    {
        OcppClient client = _csms.Client();
        _csms.Answer = (_, _) => Task.FromResult<WebSocket>(new ScriptedSocket { IgnoresClose = true });
        await client.ConnectAsync();
        await using var states = new StateListener(client);
        using var cancellation = new CancellationTokenSource();
        Task closing = client.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "bye", cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.EndpointUnavailable, "bye"),
            (await states.UntilAsync(OcppClientState.Closed)).CloseReason
        );
        Assert.Equal((WebSocketState.Aborted, null), (_csms.Socket.State, client.Session));
        await client.DisposeAsync();
        await _csms.NoTimersAsync();
    }

    [Fact]
    public async Task Closing_while_options_change_ends_both()
    {
        OcppClient client = _csms.Client();
        await client.ConnectAsync();
        _csms.Answer = (_, cancellationToken) => ScriptedCsms.HangAsync(cancellationToken);
        await using var states = new StateListener(client);
        Task<OcppReconnection> reconnecting = client.ReconnectAsync(_csms.Options);
        await states.UntilAsync(OcppClientState.Connecting);
        await client.CloseAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => reconnecting);
        Assert.Equal([OcppClientState.Closed], await states.RestAsync());
        await _csms.NoTimersAsync();
    }

    private async Task<Task> BringToAsync(OcppClient client, OcppClientState state)
    {
        if (state == OcppClientState.Disconnected)
        {
            return Task.CompletedTask;
        }

        if (state == OcppClientState.Connecting)
        {
            _csms.Answer = (_, cancellationToken) => ScriptedCsms.HangAsync(cancellationToken);
            Task connecting = client.ConnectAsync();
            Assert.Equal(state, client.State);
            return connecting;
        }

        await client.ConnectAsync();
        if (state == OcppClientState.WaitingToReconnect)
        {
            await using var states = new StateListener(client);
            _csms.Socket.Cut();
            await states.UntilAsync(state);
        }
        else if (state == OcppClientState.Closed)
        {
            await client.CloseAsync();
        }

        Assert.Equal(state, client.State);
        return Task.CompletedTask;
    }
}
