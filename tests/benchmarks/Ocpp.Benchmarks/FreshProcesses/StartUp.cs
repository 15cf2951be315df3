using Ocpp.Benchmarks.Contenders;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Reporting;

namespace Ocpp.Benchmarks.FreshProcesses;

/// <summary>The first reads of a process: what the JIT has to compile, and what a serializer has to set up.</summary>
internal static class StartUp
{
    public const string Name = "start-up";

    private const double MostOfSystemTextJson = 0.2;

    private static readonly string[] s_contenders = [ContenderNames.Sdk, ContenderNames.Classes];

    public static IReadOnlyList<Row> Measure(int rounds) =>
        [
            .. Measure("first read of one message", FirstRead.One, rounds),
            .. Measure("first read of all messages", FirstRead.All, rounds),
        ];

    public static IEnumerable<Goal> Goals(IReadOnlyList<Row> rows)
    {
        Row all = rows.Last(row => row.Contender == ContenderNames.Sdk);
        yield return Goal.AtMost(
            $"{Name}: {all.Operation}, by System.Text.Json get;set;",
            MostOfSystemTextJson,
            all.Ratio
        );
    }

    private static IEnumerable<Row> Measure(string operation, string scope, int rounds)
    {
        double[][][] runs =
        [
            .. Enumerable
                .Range(0, rounds)
                .Select(_ => s_contenders.Select(name => FreshProcess.Run(Name, name, scope)).ToArray()),
        ];
        return s_contenders.Select(
            (name, index) =>
                new Row(
                    Name,
                    operation,
                    null,
                    name,
                    Median.Of(runs.Select(run => run[index][0])),
                    Median.Of(runs.Select(run => run[index][0] / run[^1][0])),
                    (long)Median.Of(runs.Select(run => run[index][1])),
                    [.. runs.Select(run => run[index][0])]
                )
        );
    }
}
