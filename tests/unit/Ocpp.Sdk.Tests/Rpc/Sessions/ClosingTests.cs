using System.Net.WebSockets;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>The end of a connection, from either side, in every state.</summary>
public sealed class ClosingTests
{
    private readonly TaskCompletionSource<CancellationToken> _begun = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource<HeartbeatResponse> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    [Fact]
    public async Task Closing_exchanges_close_frames()
    {
        await using var line = Line.Open();
        Task<OcppCloseReason> closing = line.Session.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "restart");
        Assert.Equal("close 1001: restart", await line.ReceiveCloseAsync());
        var reason = new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.EndpointUnavailable, "restart");
        Assert.Equal(reason, await closing);
        Assert.Equal(reason, await line.CompletionAsync());
        Assert.Equal("ClosedByUs (1001): restart", reason.ToString());
    }

    [Fact]
    public async Task Closing_waits_for_the_outstanding_call_and_fails_those_that_wait()
    {
        await using var line = Line.Open();
        Task<HeartbeatResponse> outstanding = line.Session.CallAsync(Heartbeat);
        Task waits = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        Task closing = line.Session.CloseAsync();
        Assert.Equal(
            OcppCloseKind.ClosedByUs,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => waits)).Reason.Kind
        );
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => line.Session.CallAsync(Heartbeat));
        Assert.False(closing.IsCompleted);
        await line.SendAsync(Result(id));
        Assert.Equal(HeartbeatAnswer, await outstanding);
        Assert.Equal("close 1000: ", await line.ReceiveCloseAsync());
        await closing;
    }

    [Fact]
    public async Task Closing_waits_for_the_handler_and_sends_its_answer_first()
    {
        await using var line = OpenHandling();
        await line.SendAsync(Call("1"));
        await _begun.Task;
        Task closing = line.Session.CloseAsync();
        _answer.SetResult(HeartbeatAnswer);
        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.Equal("close 1000: ", await line.ReceiveCloseAsync());
        await closing;
    }

    [Fact]
    public async Task Closing_waits_no_longer_than_its_time_for_answers_and_for_the_close_frame()
    {
        await using var line = Line.Open(configure: options => options with { ResponseTimeout = TimeSpan.FromDays(1) });
        Task call = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
        Task<OcppCloseReason> closing = line.Session.CloseAsync();
        await line.Clock.WhenArmedAsync(2);
        line.Clock.Advance(OcppSessionOptions.Default.CloseTimeout);

        // The close frame has come; it is not answered.
        ValueWebSocketReceiveResult received = await line.Peer.ReceiveAsync(
            new byte[10].AsMemory(),
            CancellationToken.None
        );
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        Assert.False(closing.IsCompleted);
        while (!closing.IsCompleted)
        {
            line.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(OcppCloseKind.ClosedByUs, (await closing).Kind);
        Assert.Equal(
            OcppCloseKind.ClosedByUs,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason.Kind
        );
    }

    [Fact]
    public async Task A_request_that_crosses_the_close_frame_is_dropped_and_closing_stays_in_order()
    {
        await using var line = OpenHandling();
        Task<OcppCloseReason> closing = line.Session.CloseAsync();
        ValueWebSocketReceiveResult received = await line.Peer.ReceiveAsync(
            new byte[10].AsMemory(),
            CancellationToken.None
        );
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
        await line.SendAsync(Call("1"));
        await line.SendAsync("garbage");
        await line.Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        Assert.Equal(new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.NormalClosure), await closing);
        Assert.Equal(WebSocketState.Closed, line.Peer.State);
        Assert.False(_begun.Task.IsCompleted);
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task Closing_twice_closes_once()
    {
        await using var line = Line.Open();
        Task<OcppCloseReason> first = line.Session.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "first");
        Task<OcppCloseReason> second = line.Session.CloseAsync(WebSocketCloseStatus.NormalClosure, "second");
        Assert.Equal("close 1001: first", await line.ReceiveCloseAsync());
        Assert.Equal("first", (await first).Description);
        Assert.Equal("first", (await second).Description);
        Assert.Equal("first", (await line.Session.CloseAsync()).Description);
    }

    [Fact]
    public async Task A_close_frame_that_cannot_be_sent_is_refused_before_anything_ends()
    {
        await using var line = Line.Open();
        await Assert.ThrowsAsync<ArgumentException>(() => line.Session.CloseAsync(description: new string('x', 124)));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            line.Session.CloseAsync(description: string.Concat(Enumerable.Repeat("€", 42)))
        );
        await Assert.ThrowsAsync<ArgumentException>(() => line.Session.CloseAsync(WebSocketCloseStatus.Empty));
        await Assert.ThrowsAsync<ArgumentException>(() => line.Session.CloseAsync((WebSocketCloseStatus)999));
        Assert.True(line.Session.IsOpen);
        Task closing = line.Session.CloseAsync(description: new string('x', 123));
        Assert.Equal($"close 1000: {new string('x', 123)}", await line.ReceiveCloseAsync());
        await closing;
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.NormalClosure, "done", "ClosedByPeer (1000): done")]
    [InlineData(WebSocketCloseStatus.InternalServerError, "", "ClosedByPeer (1011).")]
    [InlineData((WebSocketCloseStatus)4000, "own", "ClosedByPeer (4000): own")]
    public async Task A_peer_that_closes_is_answered_and_pending_calls_fail_with_its_reason(
        WebSocketCloseStatus status,
        string description,
        string text
    )
    {
        await using var line = OpenHandling();
        Task outstanding = line.Session.CallAsync(Heartbeat);
        Task waits = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Call("1"));
        CancellationToken handler = await _begun.Task;
        using (handler.Register(() => _answer.TrySetCanceled(handler)))
        {
            await line.Peer.CloseOutputAsync(status, description, CancellationToken.None);
            Assert.StartsWith($"close {(int)status}", await line.ReceiveCloseAsync(), StringComparison.Ordinal);
        }

        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(new OcppCloseReason(OcppCloseKind.ClosedByPeer, status, description), reason);
        Assert.Equal(text, reason.ToString());
        Assert.Same(reason, (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => outstanding)).Reason);
        Assert.Same(reason, (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => waits)).Reason);
        Assert.True(handler.IsCancellationRequested);
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task A_close_frame_without_a_code_is_answered_with_1000()
    {
        await using var line = Line.Open();
        await line.PeerStream.WriteAsync(new byte[] { 0x88, 0x80, 0, 0, 0, 0 });
        Assert.Equal("close 1000: ", await line.ReceiveAsync());
        Assert.Equal(OcppCloseKind.ClosedByPeer, (await line.CompletionAsync()).Kind);
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("a call is outstanding and another waits")]
    [InlineData("a request is handled and another waits")]
    [InlineData("half a message has come")]
    [InlineData("it is closing")]
    public async Task A_cut_fails_what_is_pending_and_leaves_nothing(string state)
    {
        await using var line = OpenHandling();
        var calls = new List<Task>();
        switch (state)
        {
            case "a call is outstanding and another waits":
                calls.AddRange([line.Session.CallAsync(Heartbeat), line.Session.CallAsync(Heartbeat)]);
                await line.ReceiveIdAsync("Heartbeat");
                break;
            case "a request is handled and another waits":
                await line.SendAsync(Call("1"));
                await line.SendAsync(Call("2"));
                CancellationToken handler = await _begun.Task;
                handler.Register(() => _answer.TrySetCanceled(handler));
                break;
            case "half a message has come":
                await line.SendAsync("["u8.ToArray(), isEnd: false);
                await line.Clock.WhenArmedAsync(1);
                break;
            case "it is closing":
                calls.Add(line.Session.CallAsync(Heartbeat));
                _ = line.Session.CloseAsync();
                break;
        }

        line.Cut();
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(OcppCloseKind.Lost, reason.Kind);
        Assert.IsType<WebSocketException>(reason.Exception);
        Assert.Null(reason.Status);
        foreach (Task call in calls)
        {
            await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call);
        }

        Assert.False(line.Session.IsOpen);
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => line.Session.CallAsync(Heartbeat));
        Assert.False(line.HasReport());
        if (state != "it is closing")
        {
            Assert.Equal(0, line.Clock.ArmedTimers);
        }
    }

    [Fact]
    public async Task Aborting_drops_the_connection_without_a_close_frame()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
        line.Session.Abort("replaced");
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(new OcppCloseReason(OcppCloseKind.Aborted, null, "replaced"), reason);
        Assert.Equal(reason, (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason);
        WebSocketException broken = await Assert.ThrowsAsync<WebSocketException>(() => line.ReceiveAsync());
        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, broken.WebSocketErrorCode);
    }

    [Fact]
    public async Task The_first_reason_stays_and_who_has_disposed_a_session_has_its_end()
    {
        await using var line = Line.Open();

        line.Session.Abort("first");
        line.Session.Abort("second");
        await line.Session.DisposeAsync();

        Assert.True(line.Session.Completion.IsCompleted);
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.Aborted, null, "first"),
            (await line.Session.Completion) with
            {
                Exception = null,
            }
        );
    }

    [Fact]
    public async Task A_socket_that_can_not_send_is_lost()
    {
        var failure = new WebSocketException(WebSocketError.Faulted);
        using var socket = new SilentWebSocket(Task.FromException(failure));
        await using var session = new OcppSession(socket, new OcppHandlers(Ocpp201Protocol.Instance), "CS-1");
        _ = session.RunAsync();

        var exception = await Assert.ThrowsAsync<OcppConnectionClosedException>(() => session.CallAsync(Heartbeat));

        Assert.Equal(new OcppCloseReason(OcppCloseKind.Lost) { Exception = failure }, exception.Reason);
        Assert.Equal(exception.Reason, await session.Completion);
    }

    [Fact]
    public async Task A_close_frame_with_a_code_and_without_words_has_no_words()
    {
        await using var line = Line.Open();

        await line.Peer.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);

        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByPeer, WebSocketCloseStatus.EndpointUnavailable, ""),
            await line.CompletionAsync()
        );
    }

    [Fact]
    public async Task A_session_that_never_ran_can_be_closed_aborted_and_disposed()
    {
        foreach (
            Func<OcppSession, Task> end in new Func<OcppSession, Task>[]
            {
                session => session.CloseAsync(),
                session =>
                {
                    session.Abort();
                    return Task.CompletedTask;
                },
                session => session.DisposeAsync().AsTask(),
            }
        )
        {
            using var sockets = WebSocketPair.Create();
            var clock = new OcppTestClock();
            var session = new OcppSession(
                sockets.Server,
                new OcppHandlers(Ocpp201Protocol.Instance),
                "station-1",
                new OcppSessionOptions { TimeProvider = clock }
            );
            await end(session);
            Assert.True((await session.Completion).Kind is OcppCloseKind.ClosedByUs or OcppCloseKind.Aborted);
            Assert.Equal(0, clock.ArmedTimers);
            Assert.False(session.IsOpen);
        }
    }

    [Fact]
    public async Task A_session_runs_once()
    {
        await using var line = Line.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => line.Session.RunAsync());
    }

    [Fact]
    public async Task A_handler_may_close_its_own_connection_when_it_does_not_wait_for_it()
    {
        Task? closing = null;
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, context) =>
                {
                    closing = context.Session.CloseAsync();
                    return HeartbeatAnswer;
                }
            )
        );
        await line.SendAsync(Call("1"));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.Equal("close 1000: ", await line.ReceiveCloseAsync());
        await closing!;
    }

    [Fact]
    public async Task Closing_handles_the_requests_that_wait_as_well()
    {
        await using var line = OpenHandling(options => options with { MaxConcurrentHandlers = 1 });
        await line.SendAsync(Call("1"));
        await _begun.Task;
        await line.SendAsync(Call("2"));
        await line.SendAsync("not a frame");
        Assert.StartsWith("[4,\"-1\",", await line.ReceiveAsync(), StringComparison.Ordinal);

        Task closing = line.Session.CloseAsync();
        _answer.SetResult(HeartbeatAnswer);

        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.Equal(Result("2"), await line.ReceiveAsync());
        Assert.Equal("close 1000: ", await line.ReceiveCloseAsync());
        await closing;
    }

    [Fact]
    public async Task A_request_that_waits_when_the_connection_is_gone_reaches_no_handler()
    {
        int handled = 0;
        await using var line = Line.Open(
            handlers =>
                handlers.On<HeartbeatRequest, HeartbeatResponse>(
                    (_, context) =>
                    {
                        handled++;
                        _begun.TrySetResult(context.CancellationToken);
                        return _answer.Task;
                    }
                ),
            options => options with { MaxConcurrentHandlers = 1 }
        );
        await line.SendAsync(Call("1"));
        await _begun.Task;
        await line.SendAsync(Call("2"));
        await line.SendAsync("not a frame");
        await line.ReceiveAsync();

        line.Session.Abort();
        _answer.SetResult(HeartbeatAnswer);
        await line.CompletionAsync();

        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task A_session_is_down_while_a_handler_still_runs_but_not_before_it_has_ended()
    {
        await using var line = OpenHandling();
        await line.SendAsync(Call("1"));
        await _begun.Task;
        Assert.False(line.Session.IsDown);

        line.Session.Abort();

        Assert.True(line.Session.IsDown);
        Assert.False(line.Session.Completion.IsCompleted);
        _answer.SetResult(HeartbeatAnswer);
        await line.CompletionAsync();
        Assert.True(line.Session.IsDown);
    }

    [Fact]
    public async Task A_close_that_is_cancelled_while_it_waits_says_so()
    {
        using var patience = new CancellationTokenSource();
        await using var line = OpenHandling();
        await line.SendAsync(Call("1"));
        await _begun.Task;
        Task closing = line.Session.CloseAsync(cancellationToken: patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        _answer.SetResult(HeartbeatAnswer);
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.Aborted, null, "The closing handshake was canceled."),
            await line.CompletionAsync()
        );
    }

    [Fact]
    public async Task Closing_without_draining_fails_the_outstanding_call_of_a_session_that_closes_already()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(new byte[1], WebSocketMessageType.Binary);
        ValueWebSocketReceiveResult close = await line.Peer.ReceiveAsync(
            new byte[200].AsMemory(),
            CancellationToken.None
        );
        Assert.Equal(WebSocketMessageType.Close, close.MessageType);
        Assert.False(call.IsCompleted);

        Task<OcppCloseReason> closing = line.Session.CloseAsync(drain: false);

        var failure = await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, failure.Reason.Status);
        Assert.False(closing.IsCompleted);
        line.Session.Abort();
        Assert.Equal(failure.Reason, await closing);
    }

    private Line OpenHandling(Func<OcppSessionOptions, OcppSessionOptions>? configure = null) =>
        Line.Open(
            handlers =>
                handlers.On<HeartbeatRequest, HeartbeatResponse>(
                    (_, context) =>
                    {
                        _begun.TrySetResult(context.CancellationToken);
                        return _answer.Task;
                    }
                ),
            configure
        );
}
