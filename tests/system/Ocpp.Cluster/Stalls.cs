using System.Diagnostics;

namespace Ocpp.Cluster;

/// <summary>
/// How long the machine let the trial wait for a processor: it lets the nodes wait as long, which is not their fault.
/// </summary>
internal sealed class Stalls
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private long _ticks;

    /// <summary>All of it up to now.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public async Task WatchAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            await Task.Delay(s_interval, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            TimeSpan late = Stopwatch.GetElapsedTime(start) - s_interval;
            Interlocked.Add(ref _ticks, Math.Max(late.Ticks, 0));
        }
    }
}
