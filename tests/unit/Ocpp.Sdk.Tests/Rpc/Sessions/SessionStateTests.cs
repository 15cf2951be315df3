using System.Net.WebSockets;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What causes each transition of the table in docs/sessions.md.</summary>
public sealed class SessionStateTests
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<HeartbeatResponse> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    [Fact]
    public async Task Running_opens_a_session()
    {
        using var socket = new SilentWebSocket();
        await using OcppSession session = Create(socket);
        Assert.Equal((OcppSessionState.Created, false), (session.State, session.IsOpen));

        Task<OcppCloseReason> run = session.RunAsync();

        Assert.Equal((OcppSessionState.Open, true), (session.State, session.IsOpen));
        Assert.Same(session.Completion, run);
    }

    [Fact]
    public async Task Closing_a_session_that_never_ran_sends_the_close_frame()
    {
        var sent = new TaskCompletionSource();
        using var socket = new SilentWebSocket(sent.Task);
        await using OcppSession session = Create(socket);

        Task<OcppCloseReason> closing = session.CloseAsync(description: "bye");

        Assert.Equal(OcppSessionState.Closing, session.State);
        Assert.Same(session.Completion, session.RunAsync());
        sent.SetResult();
        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.NormalClosure, "bye"),
            await closing
        );
        Assert.Equal(OcppSessionState.Closed, session.State);
    }

    [Fact]
    public async Task Aborting_a_session_that_never_ran_ends_it_at_once()
    {
        using var socket = new SilentWebSocket();
        await using OcppSession session = Create(socket);

        session.Abort("gone");

        Assert.Equal(OcppSessionState.Closed, session.State);
        Assert.Equal(new OcppCloseReason(OcppCloseKind.Aborted, null, "gone"), await session.RunAsync());
        Assert.Equal(OcppSessionState.Closed, session.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Once_a_session_has_ended_its_socket_is_not_aborted(bool runs)
    {
        int aborts = 0;
        using var socket = new SilentWebSocket { Aborted = () => aborts++ };
        OcppSession session = Create(socket);
        if (runs)
        {
            _ = session.RunAsync();
        }

        session.Abort();
        await session.Completion;
        int before = aborts;

        session.Abort();
        await session.CloseAsync();
        await session.DisposeAsync();

        Assert.True(before > 0);
        Assert.Equal(before, aborts);
    }

    [Fact]
    public async Task A_session_has_not_ended_while_its_socket_is_being_aborted()
    {
        OcppSession? session = null;
        (bool IsDisposed, OcppSessionState State) last = default;
        SilentWebSocket? socket = null;
        socket = new SilentWebSocket { Aborted = () => last = (socket!.IsDisposed, session!.State) };
        session = Create(socket);
        _ = session.RunAsync();

        // On a thread of the pool, which does all the rest within.
        await Task.Run(() => session.Abort());

        Assert.Equal((true, OcppSessionState.Disconnected), last);
        Assert.Equal(OcppSessionState.Closed, session.State);
        await session.Completion;
    }

    [Fact]
    public async Task Closing_drains_first_and_is_closing_when_the_last_answer_has_come()
    {
        await using var line = Line.Open();
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");

        Task<OcppCloseReason> closing = line.Session.CloseAsync();

        Assert.Equal((OcppSessionState.Draining, false), (line.Session.State, line.Session.IsOpen));
        await line.SendAsync(Result(id));
        await call;
        await ReceiveCloseFrameAsync(line);
        Assert.Equal(OcppSessionState.Closing, line.Session.State);
        await line.Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        Assert.Equal(OcppCloseKind.ClosedByUs, (await closing).Kind);
        Assert.Equal(OcppSessionState.Closed, line.Session.State);
    }

    [Fact]
    public async Task A_request_that_comes_while_draining_is_answered()
    {
        await using Line line = OpenHandling();
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        Task closing = line.Session.CloseAsync();
        await line.SendAsync(Call("1"));
        await _begun.Task;
        Assert.Equal(OcppSessionState.Draining, line.Session.State);
        await line.SendAsync(Result(id));
        await call;
        Assert.Equal(OcppSessionState.Draining, line.Session.State);

        _answer.SetResult(HeartbeatAnswer);

        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.Equal("close 1000: ", await line.ReceiveCloseAsync());
        await closing;
    }

    [Theory]
    [InlineData("the peer closes", OcppCloseKind.ClosedByPeer)]
    [InlineData("the peer breaks a limit", OcppCloseKind.Violation)]
    [InlineData("this side closes without draining", OcppCloseKind.ClosedByUs)]
    public async Task An_open_session_closes_and_then_waits_for_its_handlers(string cause, OcppCloseKind kind)
    {
        await using Line line = OpenHandling();
        await line.SendAsync(Call("1"));
        await _begun.Task;
        Assert.Equal(OcppSessionState.Open, line.Session.State);
        switch (cause)
        {
            case "the peer closes":
                await line.Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
                break;
            case "the peer breaks a limit":
                await line.SendAsync("a"u8.ToArray(), WebSocketMessageType.Binary);
                break;
            default:
                _ = line.Session.CloseAsync(drain: false);
                break;
        }

        await ReceiveCloseFrameAsync(line);
        Assert.InRange(line.Session.State, OcppSessionState.Closing, OcppSessionState.Disconnected);
        Assert.False(line.Session.Completion.IsCompleted);
        if (kind != OcppCloseKind.ClosedByPeer)
        {
            await line.Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }

        _answer.SetResult(HeartbeatAnswer);
        Assert.Equal(kind, (await line.CompletionAsync()).Kind);
        Assert.Equal(OcppSessionState.Closed, line.Session.State);
    }

    [Fact]
    public async Task Aborting_an_open_session_disconnects_it_and_it_is_closed_when_its_handlers_have_ended()
    {
        await using Line line = OpenHandling();
        await line.SendAsync(Call("1"));
        await _begun.Task;

        line.Session.Abort();

        Assert.Equal(OcppSessionState.Disconnected, line.Session.State);
        Assert.False(line.Session.Completion.IsCompleted);
        _answer.SetResult(HeartbeatAnswer);
        Assert.Equal(OcppCloseKind.Aborted, (await line.CompletionAsync()).Kind);
        Assert.Equal(OcppSessionState.Closed, line.Session.State);
    }

    [Fact]
    public async Task A_cut_while_draining_disconnects_and_is_the_reason()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
        Task<OcppCloseReason> closing = line.Session.CloseAsync();
        Assert.Equal(OcppSessionState.Draining, line.Session.State);

        line.Cut();

        Assert.Equal(OcppCloseKind.Lost, (await closing).Kind);
        Assert.Equal(
            OcppCloseKind.Lost,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason.Kind
        );
        Assert.Equal(OcppSessionState.Closed, line.Session.State);
    }

    [Fact]
    public async Task A_cut_while_closing_disconnects_and_leaves_the_reason()
    {
        await using var line = Line.Open();
        Task<OcppCloseReason> closing = line.Session.CloseAsync(description: "bye");
        await ReceiveCloseFrameAsync(line);
        Assert.Equal(OcppSessionState.Closing, line.Session.State);

        line.Cut();

        Assert.Equal(
            new OcppCloseReason(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.NormalClosure, "bye"),
            await closing
        );
        Assert.Equal(OcppSessionState.Closed, line.Session.State);
    }

    [Theory]
    [InlineData(OcppSessionState.Draining)]
    [InlineData(OcppSessionState.Closing)]
    public async Task Cancelling_to_close_drops_the_connection_at_once(OcppSessionState state)
    {
        await using var line = Line.Open();
        using var cancellation = new CancellationTokenSource();
        Task? call = null;
        if (state == OcppSessionState.Draining)
        {
            call = line.Session.CallAsync(Heartbeat);
            await line.ReceiveIdAsync("Heartbeat");
        }

        Task<OcppCloseReason> closing = line.Session.CloseAsync(cancellationToken: cancellation.Token);
        if (state == OcppSessionState.Closing)
        {
            await ReceiveCloseFrameAsync(line);
        }

        Assert.Equal(state, line.Session.State);
        await cancellation.CancelAsync();

        Assert.Equal(
            cancellation.Token,
            (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing)).CancellationToken
        );
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(
            state == OcppSessionState.Draining ? OcppCloseKind.Aborted : OcppCloseKind.ClosedByUs,
            reason.Kind
        );
        if (call is not null)
        {
            Assert.Same(reason, (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason);
        }
    }

    [Fact]
    public async Task Cancelling_to_close_a_session_that_never_ran_ends_it()
    {
        using var socket = new SilentWebSocket(new TaskCompletionSource().Task);
        await using OcppSession session = Create(socket);
        using var cancellation = new CancellationTokenSource();
        Task<OcppCloseReason> closing = session.CloseAsync(cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        Assert.Equal(OcppCloseKind.ClosedByUs, (await session.Completion).Kind);
        Assert.Equal(OcppSessionState.Closed, session.State);
    }

    [Fact]
    public async Task A_call_with_a_time_out_of_its_own_waits_so_long_and_not_as_the_session_does()
    {
        await using var line = Line.Open();
        Task<HeartbeatResponse> call = line.Session.CallAsync(
            Heartbeat,
            new OcppCallOptions { Timeout = TimeSpan.FromMinutes(5) }
        );
        string id = await line.ReceiveIdAsync("Heartbeat");
        line.Clock.Advance(TimeSpan.FromMinutes(4));
        await line.SendAsync(Result(id));
        Assert.Equal(HeartbeatAnswer, await call);

        call = line.Session.CallAsync(Heartbeat, new OcppCallOptions { Timeout = TimeSpan.FromSeconds(1) });
        await line.ReceiveIdAsync("Heartbeat");
        line.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "Heartbeat: no response within 00:00:01.",
            (await Assert.ThrowsAsync<OcppTimeoutException>(() => call)).Message
        );
        Assert.Throws<ArgumentOutOfRangeException>("Timeout", () => new OcppCallOptions { Timeout = TimeSpan.Zero });
    }

    private static OcppSession Create(SilentWebSocket socket) =>
        new(socket, new OcppHandlers(Ocpp201Protocol.Instance), "CS-1");

    private static async Task ReceiveCloseFrameAsync(Line line)
    {
        ValueWebSocketReceiveResult received = await line.Peer.ReceiveAsync(
            new byte[256].AsMemory(),
            CancellationToken.None
        );
        Assert.Equal(WebSocketMessageType.Close, received.MessageType);
    }

    private Line OpenHandling() =>
        Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, _) =>
                {
                    _begun.TrySetResult();
                    return _answer.Task;
                }
            )
        );
}
