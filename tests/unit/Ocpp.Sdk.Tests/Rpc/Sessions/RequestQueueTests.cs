using Ocpp.Rpc;
using Ocpp.Testing;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>
/// Running and waiting requests, their time-out and the room for more, without a session and without a WebSocket.
/// </summary>
public sealed class RequestQueueTests : IDisposable
{
    private readonly object _gate = new();
    private readonly OcppTestClock _clock = new();
    private readonly List<Request> _timedOut = [];
    private RequestQueue<Request> _requests;
    private int _idle;

    public RequestQueueTests() => _requests = Create(new OcppSessionOptions());

    public void Dispose() => _requests.Dispose();

    [Fact]
    public void The_first_request_runs_and_the_others_run_in_order_as_those_before_are_completed()
    {
        Request[] requests = [new("1"), new("2"), new("3")];
        Assert.Equal([RequestAdmission.Runs, RequestAdmission.Waits, RequestAdmission.Waits], requests.Select(Add));
        Assert.False(IsIdle());

        Assert.Same(requests[1], Complete(requests[0]));
        Assert.Same(requests[2], Complete(requests[1]));
        Assert.Equal(0, _idle);
        Assert.Null(Complete(requests[2]));

        Assert.Equal((true, 1), (IsIdle(), _idle));
    }

    [Fact]
    public void As_many_requests_run_as_may_and_any_of_them_may_be_completed_first()
    {
        _requests = Create(new OcppSessionOptions { MaxConcurrentHandlers = 2 });
        Request[] requests = [new("1"), new("2"), new("3"), new("4")];
        Assert.Equal(
            [RequestAdmission.Runs, RequestAdmission.Runs, RequestAdmission.Waits, RequestAdmission.Waits],
            requests.Select(Add)
        );

        Assert.Same(requests[2], Complete(requests[1]));
        Assert.Same(requests[3], Complete(requests[2]));
        Assert.Null(Complete(requests[0]));
        Assert.Null(Complete(requests[3]));

        Assert.Equal((true, 1), (IsIdle(), _idle));
    }

    [Fact]
    public void A_request_with_the_id_of_one_that_is_not_completed_is_refused_and_a_one_way_message_is_not()
    {
        var first = new Request("1");
        Add(first);
        Add(new Request("2"));

        Assert.Equal(RequestAdmission.Repeated, Add(new Request("1")));
        Assert.Equal(RequestAdmission.Repeated, Add(new Request("2")));
        Assert.Equal(RequestAdmission.Waits, Add(new Request("1", IsOneWay: true)));
        Assert.Equal(RequestAdmission.Waits, Add(new Request("1", IsOneWay: true)));

        Complete(first);
        Assert.Equal(RequestAdmission.Waits, Add(new Request("1")));
    }

    [Fact]
    public async Task Without_room_for_one_more_request_the_loop_that_receives_waits_until_one_runs()
    {
        _requests = Create(new OcppSessionOptions { MaxWaitingRequests = 2 });
        var first = new Request("1");
        Add(first);
        Add(new Request("2"));
        Assert.True(_requests.HasRoom);
        Assert.True(WhenRoom().IsCompleted);
        Add(new Request("3"));
        Assert.False(_requests.HasRoom);

        Task room = WhenRoom();
        Assert.False(room.IsCompleted);
        Complete(first);

        await room;
        Assert.True(_requests.HasRoom);
    }

    [Fact]
    public void Only_the_bytes_of_requests_that_wait_count()
    {
        _requests = Create(new OcppSessionOptions { MaxWaitingRequestBytes = 100 });
        var first = new Request("1", 1_000);
        Add(first);
        Add(new Request("2", 99));
        Assert.True(_requests.HasRoom);
        Add(new Request("3", 1));
        Assert.False(_requests.HasRoom);

        Complete(first);

        Assert.True(_requests.HasRoom);
    }

    [Fact]
    public async Task Refusals_that_are_not_sent_take_room_too()
    {
        _requests = Create(new OcppSessionOptions { MaxWaitingRequests = 1 });
        _requests.AddRefusal();
        Assert.False(_requests.HasRoom);
        Task room = WhenRoom();

        _requests.RemoveRefusal();

        await room;
        Assert.True(_requests.HasRoom);
    }

    [Fact]
    public async Task When_the_connection_is_gone_those_that_wait_are_dropped_and_nothing_waits_for_room()
    {
        _requests = Create(new OcppSessionOptions { MaxWaitingRequests = 1 });
        var first = new Request("1", 10);
        Add(first);
        Add(new Request("2", 10));
        Task room = WhenRoom();
        Assert.False(room.IsCompleted);

        DropWaiting();

        await room;
        Assert.Equal((false, 0), (IsIdle(), _idle));
        Assert.Null(Complete(first));
        Assert.Equal((true, 1), (IsIdle(), _idle));
    }

    [Fact]
    public void A_request_is_timed_out_when_it_has_run_for_its_time_and_waiting_does_not_count()
    {
        Request[] requests = [new("1"), new("2")];
        Array.ForEach(requests, request => Add(request));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Complete(requests[0]);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(_timedOut);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([requests[1]], _timedOut);
    }

    [Fact]
    public void Each_of_several_that_run_has_its_whole_time()
    {
        _requests = Create(new OcppSessionOptions { MaxConcurrentHandlers = 3 });
        Request[] requests = [new("1"), new("2"), new("3")];
        foreach (Request request in requests)
        {
            Add(request);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([requests[0]], _timedOut);
        Complete(requests[0]);
        Complete(requests[1]);
        _clock.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.Equal([requests[0]], _timedOut);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([requests[0], requests[2]], _timedOut);
    }

    [Fact]
    public void A_request_whose_answer_is_being_sent_is_not_timed_out_and_the_next_that_runs_is()
    {
        _requests = Create(new OcppSessionOptions { MaxConcurrentHandlers = 2 });
        var answered = new Request("1") { HasEnded = true };
        var next = new Request("2");
        Add(answered);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(_timedOut);
        Add(next);

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([next], _timedOut);
    }

    [Fact]
    public void The_timer_is_started_once_for_requests_in_turn_and_runs_out_when_none_is_left()
    {
        Assert.Equal(0, _clock.ArmedTimers);
        for (int i = 0; i < 3; i++)
        {
            var request = new Request($"{i}");
            Add(request);
            _clock.Advance(TimeSpan.FromSeconds(1));
            Complete(request);
            Assert.Equal(1, _clock.ArmedTimers);
        }

        _clock.Advance(TimeSpan.FromSeconds(27));
        Assert.Equal(0, _clock.ArmedTimers);
        Assert.Empty(_timedOut);
    }

    [Fact]
    public void A_request_has_its_whole_time_although_the_timer_was_started_for_another()
    {
        var first = new Request("1");
        var second = new Request("2");
        Add(first);
        Complete(first);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Add(second);

        _clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Empty(_timedOut);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([second], _timedOut);
    }

    [Fact]
    public void What_runs_beyond_the_end_of_the_session_still_times_out_and_leaves_no_timer()
    {
        var deaf = new Request("1");
        Add(deaf);

        _requests.Dispose();

        Assert.Equal(1, _clock.ArmedTimers);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([deaf], _timedOut);
        Assert.Null(Complete(deaf));
        Assert.Equal((1, 0), (_idle, _clock.ArmedTimers));
    }

    private RequestQueue<Request> Create(OcppSessionOptions options) =>
        new(_gate, options with { TimeProvider = _clock }, Collect, new SessionOfParts { Idle = () => _idle++ });

    private void Collect(Request request)
    {
        Assert.False(Monitor.IsEntered(_gate));
        _timedOut.Add(request);
    }

    private RequestAdmission Add(Request request) => Locked(() => _requests.Add(request));

    private Request? Complete(Request request) => Locked(() => _requests.Complete(request));

    private bool IsIdle() => Locked(() => _requests.IsIdle);

    private Task WhenRoom() => Locked(_requests.WhenRoomAsync);

    private void DropWaiting() =>
        Locked(() =>
        {
            _requests.DropWaiting();
            return true;
        });

    private T Locked<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }

    private sealed record Request(string MessageId, int Size = 1, bool IsOneWay = false) : IQueuedRequest
    {
        public bool HasEnded { get; init; }

        public long StartedAt { get; set; }
    }
}
