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

    public static IEnumerable<Goal> Of(Payload payload, IReadOnlyList<Row> rows)
    {
        string name = payload.Name;
        Row read = Find(rows, Operations.Read, ContenderNames.Sdk);
        Row write = Find(rows, Operations.Write, ContenderNames.Sdk);
        yield return Goal.AtMost($"{name}: read, by bare `Utf8JsonReader` walks", payload.MostOfReader, read.Ratio);
        yield return Goal.AtMost(
            $"{name}: {Operations.ReadReversed}, by bare `Utf8JsonReader` walks",
            MostOfReaderReversed,
            Find(rows, Operations.ReadReversed, ContenderNames.Sdk).Ratio
        );
        yield return Goal.AtMost($"{name}: write, by `Utf8JsonWriter`", payload.MostOfWriter, write.Ratio);

        foreach (string contender in (string[])[ContenderNames.ClassesInPlace, ContenderNames.Classes])
        {
            double faster = read.TimesFasterThan(Find(rows, Operations.Read, contender));
            yield return Goal.AtLeast($"{name}: read, times faster than {contender}", payload.LeastTimesFaster, faster);
        }

        yield return Goal.AtMost(
            $"{name}: deserialize through `Ocpp201JsonContext`, by System.Text.Json get;set;",
            MostThroughContext,
            Find(rows, Operations.Deserialize, ContenderNames.SdkContext).Ratio
        );
        yield return Goal.AtMost(
            $"{name}: serialize through `Ocpp201JsonContext`, by System.Text.Json get;set;",
            MostThroughContext,
            Find(rows, Operations.Serialize, ContenderNames.SdkContext).Ratio
        );

        long most = AllocationByHand(payload);
        yield return new Goal(
            $"{name}: reading allocates no more than the record, its strings and the message id ({Bytes(most)})",
            Bytes(read.AllocatedBytes),
            read.AllocatedBytes <= most
        );
        yield return new Goal(
            $"{name}: writing allocates nothing",
            Bytes(write.AllocatedBytes),
            write.AllocatedBytes == 0
        );
    }

    /// <summary>
    /// What the same takes, built by hand with strings of its own. Short texts that were read before are shared.
    /// </summary>
    private static long AllocationByHand(Payload payload) =>
        Batch.Allocated(payload.Copy) + Batch.Allocated(static () => new string(Payload.MessageId.AsSpan()));

    private static Row Find(IReadOnlyList<Row> rows, string operation, string contender) =>
        rows.Single(row => row.Operation == operation && row.Contender == contender);

    private static string Bytes(long? count) => string.Create(CultureInfo.InvariantCulture, $"{count} B");
}
