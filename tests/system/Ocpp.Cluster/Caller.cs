using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ocpp.Cluster;

/// <summary>Has random nodes call random stations, and keeps the books.</summary>
internal sealed class Caller(IReadOnlyList<Slot> slots, Stopwatch time, Stalls stalls)
{
    private readonly ConcurrentBag<CallRecord> _calls = [];
    private int _last;

    public IReadOnlyList<CallRecord> Calls => [.. _calls];

    /// <summary>Calls until the end, one call after the other.</summary>
    public async Task RunAsync(IReadOnlyList<string> stations, Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await CallAsync(slots[random.Next(slots.Count)], stations[random.Next(stations.Count)]);
            await Task.Delay(random.Next(100), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task<CallRecord> CallAsync(Slot slot, string station)
    {
        string id = $"{Interlocked.Increment(ref _last)}";
        TimeSpan started = time.Elapsed;
        TimeSpan stalled = stalls.Total;
        long start = Stopwatch.GetTimestamp();
        CallAnswer answer = await slot.CallAsync(station, id);
        var record = new CallRecord(id, station, started, time.Elapsed, answer)
        {
            Stalled = stalls.Total - stalled,
            IsExcused = slot.WasPausedSince(start),
        };
        _calls.Add(record);
        return record;
    }
}
