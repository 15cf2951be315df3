using System.Globalization;
using Ocpp.Benchmarks.Floor;
using Ocpp.Benchmarks.FreshProcesses;
using Ocpp.TestKit;

namespace Ocpp.Benchmarks.Held;

/// <summary>
/// The memory of connections that are held and send a Heartbeat now and then: of the SDK's endpoint, and of one that
/// accepts WebSockets and answers with constant bytes, which is what Kestrel itself takes. CSMS and stations are
/// processes of their own.
/// </summary>
internal static class HeldTrial
{
    /// <summary>
    /// Connections that are there before anything is measured, so that what is made once is not counted.
    /// </summary>
    private const int Before = 200;
    private const int Beats = 3;

    public static async Task RunAsync(int count)
    {
        // The processes are as an application is by default; this one is not, because of its other measurements.
        Environment.SetEnvironmentVariable("DOTNET_gcConcurrent", "1");
        Console.WriteLine(
            "| transport | endpoint | heap a connection | physical memory a connection | beats/s | CSMS µs a beat |"
        );
        Console.WriteLine("|---|---|--:|--:|--:|--:|");
        foreach (string transport in (string[])["plain", HeldRole.Tls])
        {
            foreach (string side in (string[])[FloorRole.Raw, FloorRole.Ours])
            {
                await MeasureAsync(side, transport, count);
            }
        }
    }

    private static async Task MeasureAsync(string side, string transport, int count)
    {
        using ChildProcess csms = Start(HeldRole.Csms, side, transport);
        string url = await csms.ReadLineAsync();
        using ChildProcess few = await StartStationsAsync(url, 0, Before);
        await BeatAsync(few);
        HeldMemory before = await csms.AskAsync<HeldMemory>();
        using ChildProcess stations = await StartStationsAsync(url, Before, count);
        HeldMemory connected = await csms.AskAsync<HeldMemory>();
        double seconds = await BeatAsync(stations);
        HeldMemory after = await csms.AskAsync<HeldMemory>();
        HeldMemory again = await csms.AskAsync<HeldMemory>();
        double collecting = again.ProcessorMs - after.ProcessorMs;
        double beats = (double)Beats * count;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {transport} | {side} | {(after.HeapBytes - before.HeapBytes) / count} B "
                    + $"| {(after.ResidentBytes - before.ResidentBytes) / count} B | {beats / seconds:0} "
                    + $"| {1000 * (after.ProcessorMs - connected.ProcessorMs - collecting) / beats:0.0} |"
            )
        );
    }

    /// <returns>The seconds that it took.</returns>
    private static async Task<double> BeatAsync(ChildProcess stations)
    {
        double seconds = 0;
        for (int i = 0; i < Beats; i++)
        {
            seconds += double.Parse(await stations.AskAsync(), CultureInfo.InvariantCulture);
        }

        return seconds;
    }

    private static async Task<ChildProcess> StartStationsAsync(string url, int first, int count)
    {
        ChildProcess stations = Start(HeldRole.Stations, url, Text(first), Text(count));
        await stations.ReadLineAsync();
        return stations;
    }

    private static ChildProcess Start(params string[] args) =>
        ChildProcess.Ourselves([FreshProcess.Argument, HeldRole.Name, .. args]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
