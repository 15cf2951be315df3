using System.Diagnostics;

namespace Ocpp.Rpc;

/// <summary>
/// The peer's requests that are not completed: as many as may run at once, and those that wait in order; the time-out
/// of those that run; and how many may wait until nothing more is read.
/// </summary>
/// <typeparam name="TRequest">The requests.</typeparam>
/// <param name="gate">The session's lock.</param>
/// <param name="options">The limits, the time-out and the clock.</param>
/// <param name="timedOut">
/// Called outside of the lock, on a thread of the clock, when a request has run for its time. It may have ended
/// meanwhile.
/// </param>
/// <param name="session">Is notified when none is left.</param>
internal sealed class RequestQueue<TRequest>(
    object gate,
    OcppSessionOptions options,
    Action<TRequest> timedOut,
    ISessionOfParts session
) : IDisposable
    where TRequest : class, IQueuedRequest
{
    /// <summary>First those that run, in the order in which they began, then those that wait.</summary>
    private List<TRequest>? _requests;
    private int _running;

    // Changed under the lock; read without it by the loop that receives, which alone adds to the first two.
    private int _waiting;
    private long _waitingBytes;
    private int _refusals;

    /// <summary>Set while nothing is read, because too many wait.</summary>
    private TaskCompletionSource? _room;

    /// <summary>Goes on when no request runs any more: to stop and start it for each would take more time.</summary>
    private ITimer? _timer;
    private bool _isArmed;
    private bool _isDisposed;

    /// <summary>Whether no request runs or waits. Read under the lock.</summary>
    public bool IsIdle
    {
        get
        {
            AssertLocked();
            return _requests is null or { Count: 0 };
        }
    }

    /// <summary>Whether one request more may wait, and one refusal more to be sent.</summary>
    public bool HasRoom =>
        Volatile.Read(ref _waiting) < options.MaxWaitingRequests
        && Volatile.Read(ref _waitingBytes) < options.MaxWaitingRequestBytes
        && Volatile.Read(ref _refusals) < options.MaxWaitingRequests;

    /// <summary>The requests that run. Read under the lock.</summary>
    public TRequest[] Running
    {
        get
        {
            AssertLocked();
            return _requests?.GetRange(0, _running).ToArray() ?? [];
        }
    }

    /// <summary>Takes a request in. Called under the lock, so that none enters a session that closes.</summary>
    public RequestAdmission Add(TRequest request)
    {
        AssertLocked();
        Debug.Assert(!_isDisposed, "A session that has ended takes no requests.");
        _requests ??= new List<TRequest>(1);
        if (!request.IsOneWay)
        {
            foreach (TRequest other in _requests)
            {
                if (other.MessageId == request.MessageId && !other.IsOneWay && !other.HasEnded)
                {
                    return RequestAdmission.Repeated;
                }
            }
        }

        _requests.Add(request);
        if (_running == options.MaxConcurrentHandlers)
        {
            _waiting++;
            _waitingBytes += request.Size;
            return RequestAdmission.Waits;
        }

        Start(request);
        return RequestAdmission.Runs;
    }

    /// <summary>Removes a request that was answered, or will not be. Called under the lock.</summary>
    /// <returns>
    /// The next one, which runs now: the caller calls its handler; <see langword="null"/> if none waits.
    /// </returns>
    public TRequest? Complete(TRequest request)
    {
        AssertLocked();
        bool isRemoved = _requests!.Remove(request);
        Debug.Assert(isRemoved, "A request is completed once.");
        _running--;
        TRequest? next = null;
        if (_waiting > 0)
        {
            next = _requests[_running];
            _waiting--;
            _waitingBytes -= next.Size;
            Start(next);
            CheckRoom();
        }
        else if (_running == 0)
        {
            DisposeTimer();
            session.CheckIdle();
        }

        Debug.Assert(_requests.Count == _running + _waiting, "Each request runs or waits.");
        Debug.Assert(_waiting > 0 || _waitingBytes == 0, "What does not wait has no bytes.");
        return next;
    }

    /// <summary>Drops the requests that wait: the connection is gone. Called under the lock.</summary>
    public void DropWaiting()
    {
        AssertLocked();
        _requests?.RemoveRange(_running, _waiting);
        _waiting = 0;
        _waitingBytes = 0;
        _room?.TrySetResult();
        _room = null;
        if (IsIdle)
        {
            session.CheckIdle();
        }
    }

    /// <summary>Counts a refusal that is to be sent.</summary>
    public void AddRefusal() => Interlocked.Increment(ref _refusals);

    /// <summary>Counts a refusal that was sent, or can't be.</summary>
    public void RemoveRefusal()
    {
        Interlocked.Decrement(ref _refusals);
        lock (gate)
        {
            CheckRoom();
        }
    }

    /// <summary>
    /// Ends when there is room, or those that wait are dropped. Called under the lock by the loop that receives.
    /// </summary>
    public Task WhenRoomAsync()
    {
        AssertLocked();
        Debug.Assert(_room is null, "One loop receives.");
        if (HasRoom)
        {
            return Task.CompletedTask;
        }

        _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _room.Task;
    }

    /// <summary>
    /// Takes no more requests. Those that run still have their time: a handler need not heed its cancellation.
    /// </summary>
    public void Dispose()
    {
        lock (gate)
        {
            _isDisposed = true;
            DisposeTimer();
        }
    }

    /// <summary>Lets a request run: the last of those that do.</summary>
    private void Start(TRequest request)
    {
        _running++;
        Debug.Assert(
            _requests![_running - 1] == request,
            "Those that run come first, in the order in which they began."
        );
        request.StartedAt = options.TimeProvider.GetTimestamp();
        if (!_isArmed)
        {
            SetTimer(options.HandlerTimeout);
        }
    }

    private void CheckRoom()
    {
        AssertLocked();
        if (_room is { } room && HasRoom)
        {
            _room = null;
            room.TrySetResult();
        }
    }

    private void SetTimer(TimeSpan time)
    {
        AssertLocked();
        _isArmed = true;
        _timer ??= options.TimeProvider.CreateTimer(
            static state => ((RequestQueue<TRequest>)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }

    private void DisposeTimer()
    {
        AssertLocked();
        if (_isDisposed && _running == 0)
        {
            _timer?.Dispose();
        }
    }

    private void OnTimer()
    {
        List<TRequest> due = [];
        lock (gate)
        {
            _isArmed = false;

            // All have the same time: the first that has some left has the least. One that has ended is being answered.
            for (int i = 0; i < _running; i++)
            {
                TRequest request = _requests![i];
                TimeSpan left = options.HandlerTimeout - options.TimeProvider.GetElapsedTime(request.StartedAt);
                if (left > TimeSpan.Zero)
                {
                    SetTimer(left);
                    break;
                }

                if (!request.HasEnded)
                {
                    due.Add(request);
                }
            }
        }

        due.ForEach(timedOut);
    }

    private void AssertLocked() => Debug.Assert(Monitor.IsEntered(gate), "Requests are guarded by the session's lock.");
}
