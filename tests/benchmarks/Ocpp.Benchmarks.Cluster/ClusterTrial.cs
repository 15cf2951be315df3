using System.Globalization;
using Ocpp.Benchmarks.Measuring;

namespace Ocpp.Benchmarks.Cluster;

/// <summary>
/// Calls from the node that has the connection beside calls from another node: calls a second, and the processor time
/// of each process. The two nodes take turns, and a ratio is one of two turns that follow each other.
/// </summary>
internal static class ClusterTrial
{
    public static async Task RunAsync(TrialSettings settings)
    {
        foreach (int count in new[] { 1, 100 })
        {
            using Trio trio = await Trio.StartAsync(count);
            await trio.RunAsync(isLocal: true, settings.WarmUp);
            await trio.RunAsync(isLocal: false, settings.WarmUp);
            var local = new List<Turn>();
            var remote = new List<Turn>();
            for (int turn = 0; turn < settings.Turns; turn++)
            {
                local.Add(await trio.RunAsync(isLocal: true, settings.Turn));
                remote.Add(await trio.RunAsync(isLocal: false, settings.Turn));
            }

            Print(count, local, remote, settings);
        }
    }

    private static void Print(int count, List<Turn> local, List<Turn> remote, TrialSettings settings)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"### {count} station{(count == 1 ? "" : "s")}, medians of {settings.Turns} turns of {settings.Turn} s each"
        );
        Console.WriteLine();
        Console.WriteLine("| | from the node that has the connection | from another node | ratio |");
        Console.WriteLine("|---|--:|--:|--:|");
        Row("calls a second", turn => turn.Rate, "0");
        Row("processor time of both nodes, µs a call", turn => turn.NodesMicroseconds, "0.0");
        Row("of the node that has the connection", turn => turn.HolderMicroseconds, "0.0");
        Row("of the other one", turn => turn.OtherMicroseconds, "0.0", hasRatio: false); // idle, in the one case
        Row("processor time of the stations, µs a call", turn => turn.StationsMicroseconds, "0.0");
        Row("processor time of all, µs a call", turn => turn.AllMicroseconds, "0.0");
        Row("allocated by both nodes, bytes a call", turn => turn.NodesBytes, "0");

        void Row(string name, Func<Turn, double> figure, string format, bool hasRatio = true)
        {
            double here = Median.Of(local.Select(figure));
            double there = Median.Of(remote.Select(figure));
            double ratio = Median.Of(local.Zip(remote, (one, other) => figure(other) / figure(one)));
            Console.WriteLine(
                $"| {name} | {here.ToString(format, CultureInfo.InvariantCulture)} "
                    + $"| {there.ToString(format, CultureInfo.InvariantCulture)} "
                    + $"| {(hasRatio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "")} |"
            );
        }
    }
}
