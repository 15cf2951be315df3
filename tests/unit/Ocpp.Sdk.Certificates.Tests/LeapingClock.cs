using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// A clock that can be set forward at the moment at which a timer is set by it: the timer does not know of that.
/// </summary>
internal sealed class LeapingClock(OcppTestClock clock) : TimeProvider
{
    private TimeSpan _wait;
    private TimeSpan _leap;
    private TaskCompletionSource _leapt = new();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    /// <summary>Just before the next timer that is set for <paramref name="wait"/>, the clock is set forward.</summary>
    /// <returns>Completes when it has been set forward.</returns>
    public Task LeapBefore(TimeSpan wait, TimeSpan leap)
    {
        _leapt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_wait, _leap) = (wait, leap);
        return _leapt.Task;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(
            this,
            clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        );
        timer.Change(dueTime, period);
        return timer;
    }

    private void BeforeTimer(TimeSpan time)
    {
        if (_leap > TimeSpan.Zero && time == _wait)
        {
            TimeSpan leap = _leap;
            _leap = TimeSpan.Zero;
            clock.Advance(leap);
            _leapt.SetResult();
        }
    }

    private sealed class Timer(LeapingClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.BeforeTimer(dueTime);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
