using System.Globalization;

namespace Ocpp.Soak;

/// <summary>Lets the two processes run, and compares what they saw.</summary>
internal static class Soak
{
    public static async Task<int> RunAsync(int stations, int seconds)
    {
        using var csms = ChildProcess.Ourselves(Csms.Role, Text(stations));
        string url = await csms.ReadAsync<string>();
        CsmsCounts before = await csms.AskAsync<CsmsCounts>();
        using var peers = ChildProcess.Ourselves(Stations.Role, url, Text(stations), Text(seconds));
        await peers.ReadAsync<string>();
        CsmsCounts connected = await csms.AskAsync<CsmsCounts>(Csms.WhenConnected);
        StationCounts seen = await peers.AskAsync<StationCounts>();
        CsmsCounts after = await csms.AskAsync<CsmsCounts>(Csms.WhenEmpty);

        int failed = seen.Failed.Values.Sum();
        long each = (connected.HeapBytes - before.HeapBytes) / stations;
        Console.WriteLine($"{stations} stations for {seconds} s, two calls a second each");
        Console.WriteLine($"calls made           {seen.Made}");
        Console.WriteLine($"answered             {seen.Answered}");
        Console.WriteLine(
            $"failed               {failed}  "
                + $"{string.Join(", ", seen.Failed.Select(reason => $"{reason.Key}: {reason.Value}"))}"
        );
        Console.WriteLine($"handled by the CSMS  {after.Handled}");
        Console.WriteLine($"cut by stations      {seen.Cuts}");
        Console.WriteLine($"cut by the CSMS      {after.Cuts}");
        Console.WriteLine($"connections          {seen.Connections}");
        Console.WriteLine(
            $"latency              p50 {Milliseconds(seen.MedianMs)}, p99 {Milliseconds(seen.SlowestPercentMs)}"
        );
        Console.WriteLine(
            $"heap of the CSMS     {Kilobytes(before.HeapBytes)} empty, {Kilobytes(connected.HeapBytes)} with all "
                + $"connected, {Kilobytes(after.HeapBytes)} at the end"
        );
        Console.WriteLine($"heap a connection    {each} bytes");
        Console.WriteLine($"unobserved           {seen.Unobserved + after.Unobserved}");

        // A request may have been handled whose answer the cut took away; no other is unaccounted for.
        (string Rule, bool Holds)[] rules =
        [
            ("every call is answered or fails with a reason", seen.Made == seen.Answered + failed),
            ("what was answered was handled", after.Handled >= seen.Answered),
            ("what was handled was answered or failed", after.Handled <= seen.Answered + failed),
            ("all stations were connected", connected.Connected == stations),
            ("all have gone", after.Connected == 0),
            ("connections were cut", seen.Cuts > 0 && after.Cuts > 0),
            ("most calls were answered", seen.Answered > 0.9 * seen.Made),
            (
                "memory returns to its level",
                after.HeapBytes - before.HeapBytes < (connected.HeapBytes - before.HeapBytes) / 2
            ),
            ("no exception went unobserved", seen.Unobserved + after.Unobserved == 0),
        ];
        foreach ((string rule, bool holds) in rules)
        {
            Console.WriteLine($"{(holds ? "ok" : "FAILED")}: {rule}");
        }

        return rules.All(rule => rule.Holds) ? 0 : 1;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(double time) => string.Create(CultureInfo.InvariantCulture, $"{time:0.0} ms");

    private static string Kilobytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} kB");
}
