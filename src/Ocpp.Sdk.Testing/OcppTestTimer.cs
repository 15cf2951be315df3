namespace Ocpp.Testing;

/// <summary>A timer of a clock that tests move.</summary>
internal sealed class OcppTestTimer(OcppTestClock clock, TimerCallback callback, object? state) : ITimer
{
    private bool _isDisposed;

    /// <summary>
    /// Its place in the clock's order; null while it is not armed. Owned by the clock, under its lock.
    /// </summary>
    public (long Due, long Order)? Armed { get; set; }

    /// <summary>After how long it is due again; none when it is due once.</summary>
    public TimeSpan? Period { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        // As in System.Threading.Timer a period of 0 is none.
        Period = period <= TimeSpan.Zero ? null : period;
        clock.Arm(this, dueTime);
        return true;
    }

    public void Call() => callback(state);

    public void Dispose()
    {
        _isDisposed = true;
        clock.Arm(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
