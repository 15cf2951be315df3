using System.Globalization;
using Ocpp.Benchmarks.FreshProcesses;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;
using Ocpp.TestKit;

namespace Ocpp.Benchmarks.Floor;

/// <summary>
/// Calls of the SDK beside the same frames over raw WebSockets, which nothing that is built on them can undercut, and
/// beside npm ocpp-rpc where it is installed. Each end of each side is a process of its own, so that its processor time
/// is known. All sides start one after the other, and then take turns.
/// </summary>
internal static class FloorTrial
{
    private static readonly string s_interop = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "conformance", "Ocpp.Interop")
    );

    public static async Task RunAsync(Arguments arguments)
    {
        // The children are as an application is by default; this process is not, because of its other measurements.
        Environment.SetEnvironmentVariable("DOTNET_gcConcurrent", "1");
        FloorSettings settings = arguments.Short ? FloorSettings.Short : FloorSettings.Full;
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            using (FileStream samples = File.Create(Path.Combine(folder, "samples.json")))
            {
                await AllSamples.Open().CopyToAsync(samples);
            }

            bool hasOther = Directory.Exists(Path.Combine(s_interop, "node_modules", "ocpp-rpc"));
            foreach (int count in arguments.Connections)
            {
                var results = new List<FloorResult>[hasOther ? 3 : 2];
                for (int round = 0; round < settings.Rounds; round++)
                {
                    using var ours = await FloorSide.StartAsync(count, Start(FloorRole.Ours, arguments.Apart));
                    FloorResult ourResult = await ours.RunColdAsync(settings);
                    using var raw = await FloorSide.StartAsync(count, Start(FloorRole.Raw, arguments.Apart));
                    FloorResult rawResult = await raw.RunColdAsync(settings);
                    using FloorSide? other = hasOther
                        ? await FloorSide.StartAsync(count, StartOther(folder, arguments.Apart))
                        : null;
                    FloorResult? otherResult = other is null ? null : await other.RunColdAsync(settings);
                    for (int turn = 0; turn < settings.Turns; turn++)
                    {
                        await ours.RunTurnAsync(ourResult, settings);
                        await raw.RunTurnAsync(rawResult, settings);
                        await (other?.RunTurnAsync(otherResult!, settings) ?? Task.CompletedTask);
                    }

                    FloorResult?[] all = [ourResult, rawResult, otherResult];
                    for (int i = 0; i < results.Length; i++)
                    {
                        (results[i] ??= []).Add(all[i]!);
                    }
                }

                Print(count, results, settings);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Func<string[], ChildProcess> Start(string side, bool apart) =>
        args => Start(args[0], ChildProcess.OurCommand([FreshProcess.Argument, FloorRole.Name, side, .. args]), apart);

    private static Func<string[], ChildProcess> StartOther(string folder, bool apart) =>
        args => Start(args[0], ["node", Path.Combine(s_interop, "throughput.mjs"), folder, .. args], apart);

    /// <summary>Starts one end, with all processors, or with that half of them that is for ends of its role.</summary>
    private static ChildProcess Start(string role, string[] command, bool apart)
    {
        if (!apart)
        {
            return new ChildProcess(command[0], command[1..]);
        }

        int half = Environment.ProcessorCount / 2;
        (int first, int last) = role == FloorRole.Csms ? (0, half - 1) : (half, Environment.ProcessorCount - 1);
        return new ChildProcess(
            "taskset",
            ["-c", string.Create(CultureInfo.InvariantCulture, $"{first}-{last}"), .. command]
        );
    }

    private static void Print(int count, List<FloorResult>[] results, FloorSettings settings)
    {
        string[] names = ["Ocpp.Sdk", "raw WebSockets", "ocpp-rpc, strict"];
        (string Name, Func<FloorResult, FloorPhase> Of)[] phases =
        [
            ($"the first {settings.Cold} s after {settings.WarmUp} s", result => result.Cold),
            ($"afterwards, over {settings.Turns * settings.Turn} s", result => result.Steady),
            ("both", result => result.Whole),
        ];
        foreach ((string name, Func<FloorResult, FloorPhase> of) in phases)
        {
            Console.WriteLine();
            Console.WriteLine($"### {count} connection{(count == 1 ? "" : "s")}, {name}");
            Console.WriteLine();
            Console.WriteLine(
                "| side | calls/s | ours to it | CSMS µs/call | ours to it | stations µs/call | ours to it | "
                    + "both ends, ours to it | compiling ms | CSMS B/call | stations B/call |"
            );
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            for (int i = 0; i < results.Length; i++)
            {
                FloorPhase[] own = [.. results[i].Select(of)];
                FloorPhase[] ours = [.. results[0].Select(of)];
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {names[i]} | {Value(phase => phase.Rate):0} | {Ratio(phase => phase.Rate):0.00} | "
                            + $"{Value(phase => phase.CsmsMicroseconds):0.0} | "
                            + $"{Ratio(phase => phase.CsmsMicroseconds):0.00} | "
                            + $"{Value(phase => phase.StationsMicroseconds):0.0} | "
                            + $"{Ratio(phase => phase.StationsMicroseconds):0.00} | "
                            + $"{Ratio(phase => phase.CsmsMicroseconds + phase.StationsMicroseconds):0.00} | "
                            + $"{Value(phase => phase.CompilingMs):0} | "
                            + $"{Value(phase => phase.CsmsBytes):0} | {Value(phase => phase.StationsBytes):0} |"
                    )
                );

                double Value(Func<FloorPhase, double> figure) => Median.Of(own.Select(figure));

                double Ratio(Func<FloorPhase, double> figure) =>
                    Median.Of(ours.Zip(own, (our, their) => figure(our) / figure(their)));
            }
        }
    }
}
