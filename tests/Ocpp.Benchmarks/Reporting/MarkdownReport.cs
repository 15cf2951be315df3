using System.Globalization;
using System.Runtime.InteropServices;
using Ocpp.Benchmarks.Measuring;

namespace Ocpp.Benchmarks.Reporting;

/// <summary>The results as Markdown tables.</summary>
internal static class MarkdownReport
{
    public static void WriteHeading(TextWriter output, Settings settings, bool settled)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors.
            {settings.Rounds} rounds, batches of {settings.Batch.TotalMilliseconds} ms of {(ThreadClock.IsThreadTime ? "the thread's own time" : "wall time")}. Ratios are medians over the rounds.
            """));
        if (!settled)
        {
            output.WriteLine("The JIT had not settled when the timing began: repeat on a quieter machine.");
        }
    }

    public static void WriteTable(TextWriter output, Race race, IReadOnlyList<Row> rows)
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"### {race.Payload}, {race.Operation} ({race.Size} bytes)"));
        output.WriteLine();
        output.WriteLine("| contender | ns | ratio | allocated B |");
        output.WriteLine("|---|--:|--:|--:|");
        foreach (Row row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {row.Contender} | {row.MedianNs:0} | {row.Ratio:0.00} | {row.AllocatedBytes} |"));
        }
    }

    public static void WriteGoals(TextWriter output, IReadOnlyList<Goal> goals)
    {
        output.WriteLine();
        output.WriteLine("### Goals");
        output.WriteLine();
        output.WriteLine("| goal | measured | met |");
        output.WriteLine("|---|--:|---|");
        foreach (Goal goal in goals)
        {
            output.WriteLine($"| {goal.Text} | {goal.Measured} | {(goal.IsMet ? "yes" : "no")} |");
        }
    }
}
