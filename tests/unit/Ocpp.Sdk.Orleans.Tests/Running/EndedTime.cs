namespace Ocpp.Orleans.Tests.Running;

/// <summary>Each wait is over at once.</summary>
internal sealed class EndedTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
}
