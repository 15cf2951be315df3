using System.Diagnostics.CodeAnalysis;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>The call slot, the queue and the time-out of calls, without a session and without a WebSocket.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "A call owns its frame.")]
public sealed class CallQueueTests : IDisposable
{
    private static readonly OcppCloseReason s_closed = new(OcppCloseKind.ClosedByPeer, Description: "closed");

    private readonly object _gate = new();
    private readonly OcppTestClock _clock = new();
    private readonly List<string> _sent = [];
    private readonly CallQueue _calls;
    private int _idle;

    public CallQueueTests()
    {
        var options = new OcppSessionOptions { TimeProvider = _clock, MaxQueuedCalls = 2 };
        _calls = new CallQueue(_gate, options, new SessionOfParts { Sent = Send, Idle = () => _idle++ });

        void Send(PooledBuffer frame, PendingCall call)
        {
            Assert.False(Monitor.IsEntered(_gate));
            Assert.True(call.HasSlot);
            frame.Dispose();
            _sent.Add(call.MessageId);
        }
    }

    public void Dispose() => _calls.Dispose();

    [Fact]
    public void The_first_call_has_the_slot_and_the_next_is_sent_when_it_is_answered()
    {
        PendingCall<HeartbeatResponse> first = Add("1");
        PendingCall<HeartbeatResponse> second = Add("2");
        Assert.Equal(["1"], _sent);
        Assert.Equal((true, false), (first.HasSlot, second.HasSlot));

        Assert.Same(first, _calls.Take("1"));

        Assert.Equal(["1", "2"], _sent);
        Assert.Equal((false, true, 0), (first.HasSlot, second.HasSlot, _idle));
        Assert.Same(second, _calls.Take("2"));
        Assert.Equal(1, _idle);
    }

    [Fact]
    public void An_answer_with_another_message_id_takes_nothing()
    {
        PendingCall<HeartbeatResponse> call = Add("1");
        Add("2");

        Assert.Null(_calls.Take("2"));
        Assert.Null(_calls.Take(null));

        Assert.True(call.HasSlot);
        Assert.Equal(["1"], _sent);
    }

    [Fact]
    public void Calls_are_sent_in_the_order_in_which_they_were_added()
    {
        Add("1");
        Add("2");
        Add("3");

        foreach (string id in new[] { "1", "2", "3" })
        {
            Assert.NotNull(_calls.Take(id));
        }

        Assert.Equal(["1", "2", "3"], _sent);
    }

    [Fact]
    public void A_call_beyond_the_limit_is_refused_and_leaves_the_others()
    {
        Add("1");
        Add("2");
        Add("3");

        Assert.Throws<OcppQueueFullException>(() => Add("4"));

        Assert.NotNull(_calls.Take("1"));
        Add("5");
        Assert.Equal(["1", "2"], _sent);
    }

    [Fact]
    public async Task A_call_times_out_after_its_own_time_from_when_it_is_sent()
    {
        PendingCall<HeartbeatResponse> first = Add("1", TimeSpan.FromSeconds(10));
        PendingCall<HeartbeatResponse> second = Add("2", TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.False(first.Response.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(
            "Heartbeat: no response within 00:00:10.",
            (await Assert.ThrowsAsync<OcppTimeoutException>(() => first.Response.AsTask())).Message
        );
        Assert.Equal(["1", "2"], _sent);
        _clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(second.Response.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<OcppTimeoutException>(() => second.Response.AsTask());
        Assert.Equal(1, _idle);
    }

    [Fact]
    public void A_timer_that_was_set_for_an_answered_call_leaves_the_next_its_whole_time()
    {
        Add("1", TimeSpan.FromSeconds(10));
        PendingCall<HeartbeatResponse> second = Add("2", TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(9));
        _calls.Take("1");

        _clock.Advance(TimeSpan.FromSeconds(9));

        Assert.False(second.Response.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(second.Response.IsFaulted);
    }

    [Fact]
    public async Task A_cancelled_call_that_waits_is_never_sent()
    {
        using var cancellation = new CancellationTokenSource();
        Add("1");
        PendingCall<HeartbeatResponse> second = Add("2");

        _calls.Cancel(second, cancellation.Token);

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            second.Response.AsTask()
        );
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        _calls.Take("1");
        Assert.Equal(["1"], _sent);
        Assert.Equal(1, _idle);
    }

    [Fact]
    public async Task A_cancelled_call_that_was_sent_frees_the_slot()
    {
        PendingCall<HeartbeatResponse> first = Add("1");
        Add("2");

        _calls.Cancel(first, CancellationToken.None);
        _calls.Cancel(first, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Response.AsTask());
        Assert.Equal(["1", "2"], _sent);
        Assert.Null(_calls.Take("1"));
    }

    [Fact]
    public void A_call_that_is_cancelled_between_its_turn_and_its_sending_is_not_sent()
    {
        PendingCall<HeartbeatResponse> call = Create("1", TimeSpan.FromSeconds(30));
        lock (_gate)
        {
            Assert.True(_calls.Add(call));
        }

        _calls.Cancel(call, CancellationToken.None);
        _calls.Send(call);

        Assert.Empty(_sent);
        Assert.True(call.Response.IsCanceled);
        Assert.Equal((1, 0), (_idle, _clock.ArmedTimers));
    }

    [Fact]
    public async Task When_the_session_closes_those_that_wait_fail_first_and_the_outstanding_one_then()
    {
        PendingCall<HeartbeatResponse> first = Add("1");
        PendingCall<HeartbeatResponse> second = Add("2");
        List<PendingCall>? waiting;
        lock (_gate)
        {
            waiting = _calls.TakeWaiting();
        }

        _calls.FailWaiting(waiting, s_closed);
        Assert.Same(
            s_closed,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => second.Response.AsTask())).Reason
        );
        Assert.Equal((false, 0), (first.Response.IsCompleted, _idle));

        _calls.FailOutstanding(s_closed);
        Assert.Same(
            s_closed,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => first.Response.AsTask())).Reason
        );
        Assert.Equal(["1"], _sent);
        Assert.Equal(1, _idle);
    }

    private PendingCall<HeartbeatResponse> Add(string id, TimeSpan? timeout = null)
    {
        PendingCall<HeartbeatResponse> call = Create(id, timeout ?? TimeSpan.FromSeconds(30));
        bool hasSlot;
        lock (_gate)
        {
            hasSlot = _calls.Add(call);
        }

        if (hasSlot)
        {
            _calls.Send(call);
        }

        return call;
    }

    private static PendingCall<HeartbeatResponse> Create(string id, TimeSpan timeout) =>
        new(id, "Heartbeat", timeout) { Frame = PooledBuffer.Rent() };
}
