using System.Diagnostics;
using System.Globalization;
using Ocpp.Rpc;
using Ocpp.V201;

namespace Ocpp.Interop;

/// <summary>
/// Round trips of one connection and of a hundred, each of which waits for the answer before it calls again; two
/// processes, ours on both ends, then theirs on both ends, in turn.
/// </summary>
internal static class Throughput
{
    public const string Stations = "stations";
    public const string Csms = "csms";

    private const int Rounds = 3;

    private static readonly (string Name, string[] Csms, string[] Stations)[] s_sides =
    [
        ("ours", [Csms], [Stations]),
        ("ocpp-rpc, strict", ["throughput.mjs", Csms, "strict"], ["throughput.mjs", Stations, "strict"]),
        ("ocpp-rpc, not validating", ["throughput.mjs", Csms, "plain"], ["throughput.mjs", Stations, "plain"]),
    ];

    public static async Task<int> RunAsync(string folder, int seconds)
    {
        foreach (int count in (int[])[1, 100])
        {
            List<(double PerSecond, double ProcessorMs)>[] results =
            [
                .. s_sides.Select(_ => new List<(double, double)>()),
            ];
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = 0; i < s_sides.Length; i++)
                {
                    results[i].Add(await MeasureAsync(s_sides[i], folder, count, seconds));
                }
            }

            Console.WriteLine($"{count} connection{(count == 1 ? "" : "s")}");
            for (int i = 0; i < s_sides.Length; i++)
            {
                double rate = Median(results[i].Select(result => result.PerSecond));
                double processor = Median(results[i].Select(result => result.ProcessorMs));
                double rateRatio = Median(
                    results[0].Zip(results[i], static (ours, theirs) => ours.PerSecond / theirs.PerSecond)
                );
                double processorRatio = Median(
                    results[0].Zip(results[i], static (ours, theirs) => ours.ProcessorMs / theirs.ProcessorMs)
                );
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {s_sides[i].Name, -26} {rate, 8:0} round trips a second, {1000 * processor, 6:0} µs of processor a call (both ends); ours to it: {rateRatio:0.00} of the rate, {processorRatio:0.00} of the processor time"
                    )
                );
            }
        }

        return 0;
    }

    public static async Task<int> RunCsmsAsync(string folder)
    {
        OcppAction action = Ocpp201Protocol.Instance.FindAction("TransactionEvent")!;
        var response = (TransactionEventResponse)
            new Samples(Ocpp201Protocol.Instance, folder).Response(action, isFull: true);
        await using var csms = CsmsHost.Create(
            endpoint => endpoint.On<TransactionEventRequest, TransactionEventResponse>((_, _) => response),
            options => options.Session = OcppSessionOptions.Default with { MaxMessagesPerSecond = 1_000_000 }
        );
        await csms.StartAsync();
        Console.WriteLine(csms.Url);
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(ProcessorMs);
        }

        return 0;
    }

    public static async Task<int> RunStationsAsync(Uri url, string folder, int count, int seconds)
    {
        OcppAction action = Ocpp201Protocol.Instance.FindAction("TransactionEvent")!;
        var request = (TransactionEventRequest)
            new Samples(Ocpp201Protocol.Instance, folder).Request(action, isFull: true);
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        OcppClient[] clients =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new OcppClient(
                    handlers,
                    new OcppClientOptions
                    {
                        Url = url,
                        Identity = $"CS-{i}",
                        Session = OcppSessionOptions.Default with { MaxMessagesPerSecond = 1_000_000 },
                    }
                )),
        ];
        await Task.WhenAll(clients.Select(client => client.ConnectAsync()));
        await TurnAsync(2);
        Console.WriteLine("warm");
        await Console.In.ReadLineAsync();
        double start = ProcessorMs;
        int trips = await TurnAsync(seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trips} {ProcessorMs - start}"));
        return 0;

        async Task<int> TurnAsync(int time)
        {
            long end = Stopwatch.GetTimestamp() + (time * Stopwatch.Frequency);
            return (
                await Task.WhenAll(
                    clients.Select(async client =>
                    {
                        int trips = 0;
                        for (; Stopwatch.GetTimestamp() < end; trips++)
                        {
                            await client.CallAsync(request);
                        }

                        return trips;
                    })
                )
            ).Sum();
        }
    }

    private static double ProcessorMs => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    private static async Task<(double PerSecond, double ProcessorMs)> MeasureAsync(
        (string Name, string[] Csms, string[] Stations) side,
        string folder,
        int count,
        int seconds
    )
    {
        // Theirs: script, role, then what the role takes, with the mode last but the numbers.
        using ChildProcess csms = side.Csms is [var script, var role, var mode]
            ? Node.Start(script, role, folder, mode)
            : ChildProcess.Ourselves(Csms, folder);
        string url = await csms.ReadLineAsync();
        string[] numbers =
        [
            count.ToString(CultureInfo.InvariantCulture),
            seconds.ToString(CultureInfo.InvariantCulture),
        ];
        using ChildProcess stations = side.Stations is [var stationScript, var stationRole, var stationMode]
            ? Node.Start(stationScript, [stationRole, url, folder, stationMode, .. numbers])
            : ChildProcess.Ourselves([Stations, url, folder, .. numbers]);
        await stations.ReadLineAsync();
        double start = double.Parse(await csms.AskAsync(), CultureInfo.InvariantCulture);
        double[] result =
        [
            .. (await stations.AskAsync())
                .Split(' ')
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture)),
        ];
        double processor = result[1] + double.Parse(await csms.AskAsync(), CultureInfo.InvariantCulture) - start;
        await stations.EndAsync();
        await csms.EndAsync();
        return (result[0] / seconds, processor / result[0]);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
