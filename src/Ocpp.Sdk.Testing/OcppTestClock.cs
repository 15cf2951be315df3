namespace Ocpp.Testing;

/// <summary>
/// A clock that does not advance by itself: time-outs and waits happen when a test says so. Thread-safe. Begins at
/// 2026-01-01 00:00 UTC by default.
/// </summary>
/// <remarks>
/// Unlike <c>FakeTimeProvider</c> of Microsoft.Extensions.TimeProvider.Testing, it shows how many timers are armed and
/// can be awaited until they are (<see cref="WhenArmedAsync"/>): a call arms its time-out on another thread, and time
/// that a test advances before that is lost on it.
/// </remarks>
/// <param name="start">The time at which it begins.</param>
public sealed class OcppTestClock(DateTimeOffset start) : TimeProvider
{
    private readonly object _gate = new();

    /// <summary>
    /// Armed timers, by when they are due; those due at the same time in the order in which they were armed.
    /// </summary>
    private readonly SortedDictionary<(long Due, long Order), OcppTestTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private long _elapsed;
    private long _armings;

    /// <summary>Makes a clock that begins at 2026-01-01 00:00 UTC.</summary>
    public OcppTestClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <summary>How many timers are armed: what is not 0 when all has ended has leaked.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new OcppTestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the time on. Each timer that falls due is called on this thread, in order, at its own time: it sees that
    /// time, and what it arms falls due in the same call. What awaits a timer goes on elsewhere: await it before
    /// asserting.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        long end = GetTimestamp() + time.Ticks;
        while (TakeDue(end) is { } timer)
        {
            timer.Call();
        }
    }

    /// <summary>
    /// Waits until as many timers are armed. Code under test arms its timers on threads of its own: a test that
    /// advances the clock before they are armed waits in vain.
    /// </summary>
    public Task WhenArmedAsync(int timers)
    {
        lock (_gate)
        {
            if (_armed.Count >= timers)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((timers, reached));
            return reached.Task;
        }
    }

    /// <summary>Arms a timer anew, or disarms it when the time is infinite.</summary>
    internal void Arm(OcppTestTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            Disarm(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Armed = (_elapsed + dueTime.Ticks, _armings++);
                _armed.Add(timer.Armed.Value, timer);
                _waiters.RemoveAll(waiter => waiter.Count <= _armed.Count && waiter.Reached.TrySetResult());
            }
        }
    }

    private void Disarm(OcppTestTimer timer)
    {
        if (timer.Armed is { } armed)
        {
            _armed.Remove(armed);
            timer.Armed = null;
        }
    }

    /// <summary>
    /// The next timer that is due until then, with the time moved on to it; none moves the time to the end.
    /// </summary>
    private OcppTestTimer? TakeDue(long end)
    {
        lock (_gate)
        {
            if (_armed.Count > 0 && _armed.First() is var ((due, _), timer) && due <= end)
            {
                Volatile.Write(ref _elapsed, Math.Max(_elapsed, due));
                Disarm(timer);
                if (timer.Period is { } period)
                {
                    Arm(timer, period);
                }

                return timer;
            }

            Volatile.Write(ref _elapsed, Math.Max(_elapsed, end));
            return null;
        }
    }
}
