namespace Ocpp.WebSockets;

/// <summary>
/// The waits between tries to connect (part 4, section 5): a minimum, doubled after each failed try so many times, and
/// a new random part each time. One object until a connection has lasted
/// (<see cref="OcppClientOptions.RetryBackOffResetAfter"/>): then the waits begin anew.
/// </summary>
internal sealed class BackOff(OcppClientOptions options)
{
    /// <summary>Timers take no more than 49 days; a wait and its random part have to fit in.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private TimeSpan _wait = options.RetryBackOffWaitMinimum;
    private int _doublings;

    /// <summary>The wait before the next try.</summary>
    public TimeSpan Next()
    {
        TimeSpan wait = _wait + (options.Random.NextDouble() * options.RetryBackOffRandomRange);
        if (_doublings < options.RetryBackOffRepeatTimes)
        {
            _doublings++;
            _wait = _wait < Longest / 2 ? 2 * _wait : Longest;
        }

        return wait;
    }
}
