using System.Globalization;
using Ocpp.Benchmarks.Contenders;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;

namespace Ocpp.Benchmarks.Reporting;

/// <summary>What the SDK is to reach. They inform: a machine that is busy or of another kind may miss one.</summary>
internal static class Goals
{
    private const double MostOfReaderReversed = 1.1;
    private const double MostThroughContext = 1.05;

    public static IReadOnlyList<Goal> Of(IReadOnlyList<Payload> payloads, IReadOnlyList<Row> rows) =>
        [.. payloads.SelectMany(payload => Of(payload, [.. rows.Where(row => row.Payload == payload.Name)]))];

    private static IEnumerable<Goal> Of(Payload payload, IReadOnlyList<Row> rows)
    {
        string name = payload.Name;
        Row read = Find(rows, Operations.Read, ContenderNames.Sdk);
        Row write = Find(rows, Operations.Write, ContenderNames.Sdk);
        yield return AtMost($"{name}: read, by bare `Utf8JsonReader` walks", payload.MostOfReader, read.Ratio);
        yield return AtMost(
            $"{name}: {Operations.ReadReversed}, by bare `Utf8JsonReader` walks",
            MostOfReaderReversed,
            Find(rows, Operations.ReadReversed, ContenderNames.Sdk).Ratio);
        yield return AtMost($"{name}: write, by `Utf8JsonWriter`", payload.MostOfWriter, write.Ratio);

        foreach (string contender in (string[])[ContenderNames.ClassesInPlace, ContenderNames.Classes])
        {
            double faster = read.TimesFasterThan(Find(rows, Operations.Read, contender));
            yield return new Goal(
                $"{name}: read, at least {Text(payload.LeastTimesFaster)} times faster than {contender}",
                Ratio(faster),
                faster >= payload.LeastTimesFaster);
        }

        yield return AtMost(
            $"{name}: deserialize through `Ocpp201JsonContext`, by System.Text.Json get;set;",
            MostThroughContext,
            Find(rows, Operations.Deserialize, ContenderNames.SdkContext).Ratio);
        yield return AtMost(
            $"{name}: serialize through `Ocpp201JsonContext`, by System.Text.Json get;set;",
            MostThroughContext,
            Find(rows, Operations.Serialize, ContenderNames.SdkContext).Ratio);

        long least = LeastAllocation(payload);
        yield return new Goal(
            $"{name}: reading allocates the record, its strings and the message id only ({Text(least)} B)",
            Text(read.AllocatedBytes) + " B",
            read.AllocatedBytes == least);
        yield return new Goal($"{name}: writing allocates nothing", Text(write.AllocatedBytes) + " B", write.AllocatedBytes == 0);
    }

    /// <summary>Measured by building the same by hand.</summary>
    private static long LeastAllocation(Payload payload) =>
        Batch.Allocated(payload.Copy) + Batch.Allocated(static () => new string(Payload.MessageId.AsSpan()));

    private static Goal AtMost(string text, double limit, double measured) =>
        new($"{text}, at most {Ratio(limit)}", Ratio(measured), measured <= limit);

    private static Row Find(IReadOnlyList<Row> rows, string operation, string contender) =>
        rows.Single(row => row.Operation == operation && row.Contender == contender);

    private static string Ratio(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
