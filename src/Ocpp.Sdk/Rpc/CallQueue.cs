using System.Diagnostics;

namespace Ocpp.Rpc;

/// <summary>
/// The calls of one side: one has the call slot until it is answered or given up, the others wait in order (OCPP 2.0.1
/// part 4, section 4.1.1). Each call ends exactly once: the part that removes it from here ends it.
/// </summary>
/// <param name="gate">The session's lock.</param>
/// <param name="options">The limits, time-out and clock.</param>
/// <param name="session">Sends the calls, and is notified when none is left.</param>
internal sealed class CallQueue(object gate, OcppSessionOptions options, ISessionOfParts session) : IDisposable
{
    /// <summary>Changed under the lock; read without it to see whether an answer is for it.</summary>
    private PendingCall? _current;
    private List<PendingCall>? _waiting;

    /// <summary>
    /// Falls due when the outstanding call does, or before: it is not set for each call, but again when it is due too
    /// early.
    /// </summary>
    private ITimer? _timer;
    private bool _isArmed;
    private long _due;

    /// <summary>Whether no call is outstanding. Read under the lock.</summary>
    public bool IsIdle
    {
        get
        {
            Debug.Assert(Monitor.IsEntered(gate), "The slot is guarded by the lock.");
            Debug.Assert(
                _current is not null || _waiting is null or { Count: 0 },
                "A call waits only while another has the slot."
            );
            return _current is null;
        }
    }

    /// <summary>
    /// Gives a call the slot, or has it wait. Called under the lock, so that no call enters a session that closes.
    /// </summary>
    /// <returns>
    /// Whether the call has the slot. The caller sends it then with <see cref="Send"/>, and counts it as
    /// <see cref="OcppTelemetry.Waiting"/> otherwise, outside of the lock.
    /// </returns>
    /// <exception cref="OcppQueueFullException">As many calls as allowed wait already.</exception>
    public bool Add(PendingCall call)
    {
        call.Queue = this;
        if (IsIdle)
        {
            SetCurrent(call);
            return true;
        }

        if ((_waiting?.Count ?? 0) >= options.MaxQueuedCalls)
        {
            throw new OcppQueueFullException();
        }

        (_waiting ??= []).Add(call);
        return false;
    }

    /// <summary>Sends a call that has the slot, and starts its time-out.</summary>
    public void Send(PendingCall call)
    {
        if (call.TakeFrame() is not { } frame)
        {
            return;
        }

        lock (gate)
        {
            if (_current == call)
            {
                long now = options.TimeProvider.GetTimestamp();
                call.SentAt = now;
                if (!_isArmed || options.TimeProvider.GetElapsedTime(now, _due) > call.Timeout)
                {
                    SetTimer(call.Timeout, now);
                }
            }
        }

        if (call.SentAt is null)
        {
            // It ended before it was sent.
            frame.Dispose();
            return;
        }

        session.Send(frame, call);
    }

    /// <summary>Takes the call that an answer is for, and frees the slot.</summary>
    /// <returns>
    /// The call, which the caller ends; <see langword="null"/> if the outstanding call, if any, has another message id.
    /// </returns>
    public PendingCall? Take(string? messageId)
    {
        PendingCall? call = Volatile.Read(ref _current);
        return call is not null && call.MessageId == messageId && Release(call) ? call : null;
    }

    /// <summary>Ends a call that was cancelled, wherever it is; does nothing if it has ended.</summary>
    public void Cancel(PendingCall call, CancellationToken cancellationToken)
    {
        bool waited;
        lock (gate)
        {
            waited = _waiting?.Remove(call) ?? false;
        }

        if (waited)
        {
            OcppTelemetry.Waiting.Add(-1);
        }

        if (waited || Release(call))
        {
            Fail(call, OcppTelemetry.Cancelled, new OperationCanceledException(cancellationToken));
        }
    }

    /// <summary>Takes the calls that wait; no call is added any more. Called under the lock.</summary>
    /// <returns>
    /// The calls, which the caller fails with <see cref="FailWaiting"/>; <see langword="null"/> if none waits.
    /// </returns>
    public List<PendingCall>? TakeWaiting()
    {
        Debug.Assert(Monitor.IsEntered(gate), "The queue is guarded by the lock.");
        List<PendingCall>? waiting = _waiting;
        _waiting = null;
        return waiting;
    }

    /// <summary>
    /// Fails calls that have waited in vain. Called outside of the lock: listeners of metrics are called.
    /// </summary>
    public void FailWaiting(List<PendingCall>? waiting, OcppCloseReason reason)
    {
        Debug.Assert(!Monitor.IsEntered(gate), "Others' code must not run under the lock.");
        foreach (PendingCall call in waiting ?? [])
        {
            OcppTelemetry.Waiting.Add(-1);
            Fail(call, OcppTelemetry.Closed, new OcppConnectionClosedException(reason));
        }
    }

    /// <summary>Fails the outstanding call. No call waits any more.</summary>
    public void FailOutstanding(OcppCloseReason reason)
    {
        PendingCall? call;
        lock (gate)
        {
            call = _current;
            Debug.Assert(_waiting is null or { Count: 0 }, "The calls that wait are taken before.");
            SetCurrent(null);
        }

        if (call is not null)
        {
            Fail(call, OcppTelemetry.Closed, new OcppConnectionClosedException(reason));
        }
    }

    /// <summary>Ends a call that was taken from here with an error.</summary>
    public void Fail(PendingCall call, string outcome, Exception exception)
    {
        Measure(call, outcome);
        call.Fail(exception);
    }

    /// <summary>Records how, and after what time, a call ended.</summary>
    public void Measure(PendingCall call, string outcome) => OcppTelemetry.EndCall(call, outcome, options.TimeProvider);

    public void Dispose() => _timer?.Dispose();

    /// <summary>Frees the slot from a call, and sends the next.</summary>
    /// <returns>Whether the call had the slot.</returns>
    private bool Release(PendingCall call)
    {
        PendingCall? next = null;
        lock (gate)
        {
            if (_current != call)
            {
                return false;
            }

            if (_waiting is { Count: > 0 } waiting)
            {
                next = waiting[0];
                waiting.RemoveAt(0);
            }

            SetCurrent(next);
        }

        if (next is not null)
        {
            OcppTelemetry.Waiting.Add(-1);
            Send(next);
        }

        return true;
    }

    private void SetCurrent(PendingCall? call)
    {
        Debug.Assert(Monitor.IsEntered(gate), "The slot is guarded by the lock.");
        if (_current is { } previous)
        {
            previous.HasSlot = false;
        }

        _current = call;
        if (call is null)
        {
            session.CheckIdle();
        }
        else
        {
            call.HasSlot = true;
        }
    }

    private void SetTimer(TimeSpan time, long now)
    {
        Debug.Assert(Monitor.IsEntered(gate), "The timer is guarded by the lock.");
        _isArmed = true;
        _due = now + (long)(time.TotalSeconds * options.TimeProvider.TimestampFrequency);
        _timer ??= options.TimeProvider.CreateTimer(
            static state => ((CallQueue)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        PendingCall? call;
        lock (gate)
        {
            _isArmed = false;
            call = _current;
            if (call?.SentAt is not { } sentAt)
            {
                return;
            }

            // The timer may have been set for a call before.
            long now = options.TimeProvider.GetTimestamp();
            TimeSpan left = call.Timeout - options.TimeProvider.GetElapsedTime(sentAt, now);
            if (left > TimeSpan.Zero)
            {
                SetTimer(left, now);
                return;
            }
        }

        if (Release(call))
        {
            Fail(call, OcppTelemetry.TimedOut, new OcppTimeoutException(call.Action, call.Timeout));
        }
    }
}
