using System.Globalization;
using System.Runtime.InteropServices;
using Ocpp.Benchmarks.Measuring;

namespace Ocpp.Benchmarks.Reporting;

/// <summary>The results as Markdown tables, each as soon as it is known; the goals at the end.</summary>
internal sealed class MarkdownReport
{
    private readonly TextWriter _output;
    private readonly List<Row> _rows = [];
    private readonly List<Goal> _goals = [];

    public MarkdownReport(TextWriter output, Settings settings)
    {
        _output = output;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors.
                {settings.Rounds} rounds, batches of {settings.Batch.TotalMilliseconds} ms of {(
                    ThreadClock.IsThreadTime ? "the thread's own time" : "wall time"
                )}; {settings.Processes} processes for what is measured once in a process.
                Ratios are medians over the rounds.
                """
            )
        );
    }

    public IReadOnlyList<Row> Rows => _rows;

    public void SetSettled(bool settled)
    {
        if (!settled)
        {
            _output.WriteLine();
            _output.WriteLine("The JIT had not settled when the timing began: repeat on a quieter machine.");
        }
    }

    /// <summary>Writes a table for each operation.</summary>
    public void Add(IReadOnlyList<Row> rows, IEnumerable<Goal> goals)
    {
        foreach (
            IGrouping<string, Row> table in rows.GroupBy(row =>
                $"### {row.Payload}, {row.Operation}{(row.Size is { } size ? $" ({size} bytes)" : "")}"
            )
        )
        {
            // What takes no millisecond is told in nanoseconds.
            bool isLong = table.All(row => row.MedianNs > 100_000);
            _output.WriteLine();
            _output.WriteLine(table.Key);
            _output.WriteLine();
            _output.WriteLine($"| contender | {(isLong ? "ms" : "ns")} | ratio | allocated B |");
            _output.WriteLine("|---|--:|--:|--:|");
            foreach (Row row in table)
            {
                string time = isLong ? Format(row.MedianNs / 1e6, "0.0") : Format(row.MedianNs, "0");
                _output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {row.Contender} | {time} | {row.Ratio:0.00} | {row.AllocatedBytes} |"
                    )
                );
            }
        }

        _rows.AddRange(rows);
        _goals.AddRange(goals);
    }

    public void WriteGoals()
    {
        _output.WriteLine();
        _output.WriteLine("### Goals");
        _output.WriteLine();
        _output.WriteLine("| goal | measured | met |");
        _output.WriteLine("|---|--:|---|");
        foreach (Goal goal in _goals)
        {
            _output.WriteLine($"| {goal.Text} | {goal.Measured} | {(goal.IsMet ? "yes" : "no")} |");
        }
    }

    private static string Format(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
