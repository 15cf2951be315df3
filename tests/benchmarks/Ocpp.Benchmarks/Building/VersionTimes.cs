using Microsoft.CodeAnalysis;
using Ocpp.Benchmarks.FreshProcesses;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Generators.Tests.Driving;

namespace Ocpp.Benchmarks.Building;

/// <summary>
/// How the time of the generator grows with the schemas: those of each version of OCPP, and all of them. It is
/// processor time of the process, so that other programs on the machine do not count.
/// </summary>
internal static class VersionTimes
{
    public const string Name = "generator-versions";

    private const string Cold = "cold, the generator alone";
    private const string Edit = "a limit in one schema, in an editor";
    private const string Limit = "\"maxLength\": ";

    /// <summary>Measures the collections in turn, another one first in each round.</summary>
    public static IReadOnlyList<Row> Measure(int rounds) =>
        [
            .. RowsOf(Cold, InTurn(rounds, MeasureCold)),
            .. RowsOf(
                Edit,
                InTurn(
                    rounds * 5,
                    [.. SchemaCollection.All.Select(static set => (Func<double>)new Editor(set).Measure)]
                )
            ),
        ];

    private static double MeasureCold(SchemaCollection set) => FreshProcess.Run(Name, set.Argument)[0];

    private static List<double>[] InTurn(int rounds, Func<SchemaCollection, double> measure) =>
        InTurn(rounds, [.. SchemaCollection.All.Select(set => (Func<double>)(() => measure(set)))]);

    private static List<double>[] InTurn(int rounds, Func<double>[] measures)
    {
        List<double>[] times = [.. measures.Select(_ => new List<double>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < measures.Length; i++)
            {
                int turn = (round + i) % measures.Length;
                times[turn].Add(measures[turn]());
            }
        }

        return times;
    }

    private static IEnumerable<Row> RowsOf(string operation, List<double>[] milliseconds)
    {
        int @base = SchemaCollection.All.ToList().FindIndex(static set => set.Argument == SchemaCollection.Base);
        return milliseconds.Select(
            (times, i) =>
                new Row(
                    "generator",
                    operation,
                    null,
                    SchemaCollection.All[i].Contender,
                    Median.Of(times) * 1e6,
                    Median.Of(times.Zip(milliseconds[@base], static (own, theirs) => own / theirs)),
                    null,
                    [.. times.Select(static time => time * 1e6)]
                )
        );
    }

    /// <summary>A driver that lives on, as in an editor, and to which each edit is handed.</summary>
    private sealed class Editor
    {
        private readonly string _text;
        private GeneratorDriver _driver;
        private SchemaText _schema;
        private int _limit = 5500;

        public Editor(SchemaCollection set)
        {
            _schema = set.SignCertificateRequest;
            _text = _schema.GetText()!.ToString();
            _driver = Generating.Driver(set.Schemas).RunGenerators(Generating.Project);
        }

        public double Measure()
        {
            var edited = new SchemaText(
                _schema.Path,
                _text.Replace(Limit + "5500", $"{Limit}{++_limit}", StringComparison.Ordinal)
            )
            {
                Metadata = _schema.Metadata,
            };
            TimeSpan start = Environment.CpuUsage.TotalTime;
            _driver = _driver.ReplaceAdditionalText(_schema, edited).RunGenerators(Generating.Project);
            double milliseconds = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
            _schema = edited;
            return milliseconds;
        }
    }
}
