using Ocpp.Testing;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// A clock that can be set forward at the moment at which a timer is set by it: the timer does not know of that.
/// </summary>
internal sealed class LeapingClock(OcppTestClock clock) : TimeProvider
{
    private TimeSpan _leap;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    /// <summary>Just before the next timer that is set for as long, the clock is set forward by that.</summary>
    public void LeapBefore(TimeSpan time) => _leap = time;

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
        if (_leap > TimeSpan.Zero && time == _leap)
        {
            _leap = TimeSpan.Zero;
            clock.Advance(time);
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
