namespace Ocpp.Testing.Tests;

/// <summary>The clock that tests move.</summary>
public sealed class OcppTestClockTests
{
    private readonly OcppTestClock _clock = new();
    private readonly List<(string Name, double Second)> _called = [];

    [Fact]
    public void The_clock_stands_still_until_it_is_advanced()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        long stamp = _clock.GetTimestamp();
        Assert.Equal(start, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(start.AddSeconds(1.5), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(1.5), _clock.GetElapsedTime(stamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
        Assert.Equal(DateTimeOffset.UnixEpoch, new OcppTestClock(DateTimeOffset.UnixEpoch).GetUtcNow());
    }

    [Fact]
    public void Timers_are_called_in_order_each_at_its_own_time_and_once()
    {
        Arm("c", 3);
        Arm("a", 1);
        Arm("b", 2);
        Arm("b too", 2);
        Arm("later", 5.1);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([("a", 1), ("b", 2), ("b too", 2), ("c", 3)], _called);
        Assert.Equal(1, _clock.ArmedTimers);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(("later", 5.1), _called[^1]);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void A_timer_that_a_timer_arms_is_called_in_the_same_advance()
    {
        _clock.CreateTimer(_ => Arm("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([("second", 2)], _called);
    }

    [Fact]
    public void A_periodic_timer_is_called_until_it_is_disposed()
    {
        ITimer timer = Arm("tick", 1, period: 2);
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal([("tick", 1), ("tick", 3), ("tick", 5)], _called);
        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(3, _called.Count);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void A_timer_can_be_armed_anew_and_disarmed()
    {
        ITimer timer = Arm("a", 1);
        Assert.True(timer.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(_called);
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(_called);
        Assert.True(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal([("a", 4)], _called);
    }

    [Fact]
    public async Task Waits_of_tasks_and_token_sources_go_by_it()
    {
        Task delay = Task.Delay(TimeSpan.FromSeconds(2), _clock);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2), _clock);
        Task limited = new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(2), _clock);
        Assert.Equal(3, _clock.ArmedTimers);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(delay.IsCompleted || source.IsCancellationRequested || limited.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.True(source.IsCancellationRequested);
        await Assert.ThrowsAsync<TimeoutException>(() => limited);
    }

    [Fact]
    public async Task A_test_can_wait_until_timers_are_armed()
    {
        await _clock.WhenArmedAsync(0);
        Task one = _clock.WhenArmedAsync(1);
        Task two = _clock.WhenArmedAsync(2);
        Assert.False(one.IsCompleted);
        Arm("a", 1);
        await one;
        Assert.False(two.IsCompleted);
        Arm("b", 1);
        await two;
        await _clock.WhenArmedAsync(2);
    }

    private ITimer Arm(string name, double seconds, double? period = null) =>
        _clock.CreateTimer(
            _ => _called.Add((name, (_clock.GetUtcNow() - new OcppTestClock().GetUtcNow()).TotalSeconds)),
            null,
            TimeSpan.FromSeconds(seconds),
            period is { } again ? TimeSpan.FromSeconds(again) : Timeout.InfiniteTimeSpan
        );
}
