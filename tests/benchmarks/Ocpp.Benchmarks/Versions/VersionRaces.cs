using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocpp.Benchmarks.Contenders;
using Ocpp.Benchmarks.Measuring;
using Ocpp.Benchmarks.Payloads;
using Ocpp.Benchmarks.Reporting;
using Ocpp.Rpc;

namespace Ocpp.Benchmarks.Versions;

/// <summary>The races over a message of OCPP 1.6 or 2.1: reading and writing of its frame.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing to release: its output is an array.")]
internal sealed class VersionRaces
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly VersionPayload _payload;
    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly Utf8JsonWriter _writer;
    private readonly byte[] _frame;

    private VersionRaces(VersionPayload payload)
    {
        _payload = payload;
        _writer = new Utf8JsonWriter(_output, s_options);
        WriteWithWriter();
        _frame = InOrder(_output.WrittenSpan, payload.Order);
    }

    /// <summary>The races, with contenders that are proven to do the same work.</summary>
    public static IReadOnlyList<Race> Of(VersionPayload payload)
    {
        var races = new VersionRaces(payload);
        races.Verify();
        return
        [
            new(
                payload.Name,
                Operations.Read,
                races._frame.Length,
                ContenderNames.Utf8JsonReader,
                [new(ContenderNames.Sdk, races.Read), new(ContenderNames.Utf8JsonReader, races.Walk)]
            ),
            new(
                payload.Name,
                Operations.Write,
                races._frame.Length,
                ContenderNames.Utf8JsonWriter,
                [new(ContenderNames.Sdk, races.Write), new(ContenderNames.Utf8JsonWriter, races.WriteWithWriter)]
            ),
        ];
    }

    public static IEnumerable<Goal> Goals(VersionPayload payload, IReadOnlyList<Row> rows)
    {
        Row read = Find(Operations.Read);
        Row write = Find(Operations.Write);
        yield return Goal.AtMost(
            $"{payload.Name}: read, by bare `Utf8JsonReader` walks",
            VersionPayload.MostOfReader,
            read.Ratio
        );
        yield return Goal.AtMost(
            $"{payload.Name}: write, by `Utf8JsonWriter`",
            VersionPayload.MostOfWriter,
            write.Ratio
        );
        yield return new Goal(
            $"{payload.Name}: writing allocates nothing",
            FormattableString.Invariant($"{write.AllocatedBytes} B"),
            write.AllocatedBytes == 0
        );

        Row Find(string operation) =>
            rows.Single(row => row.Operation == operation && row.Contender == ContenderNames.Sdk);
    }

    private object? Read() =>
        OcppFrame.TryRead(_frame, out OcppFrame frame, out _) ? _payload.Read(frame.Payload) : null;

    /// <summary>The base of the ratios: every token seen, none used.</summary>
    private object? Walk()
    {
        var reader = new Utf8JsonReader(_frame);
        while (reader.Read()) { }

        return null;
    }

    private object? Write()
    {
        _output.ResetWrittenCount();
        _payload.WriteFrame(_output);
        return null;
    }

    private object? WriteWithWriter()
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartArray();
        _writer.WriteNumberValue(_payload.MessageType);
        _writer.WriteStringValue(Payload.MessageId);
        _writer.WriteStringValue(_payload.Action);
        _payload.WriteTokens(_writer);
        _writer.WriteEndArray();
        _writer.Flush();
        return null;
    }

    private void Verify()
    {
        Demand(Equals(Read(), _payload.Message), "another record is read");
        WriteWithWriter();
        byte[] expected = _output.WrittenSpan.ToArray();
        Write();
        Demand(_output.WrittenSpan.SequenceEqual(expected), "other bytes are written");

        void Demand(bool holds, string what)
        {
            if (!holds)
            {
                throw new InvalidOperationException($"{_payload.Name}: {what}; nothing is measured.");
            }
        }
    }

    /// <summary>
    /// The frame with the payload's properties in the order of the schema, as other peers write them.
    /// </summary>
    private static byte[] InOrder(ReadOnlySpan<byte> frame, IReadOnlyList<string> order)
    {
        JsonArray elements = JsonNode.Parse(frame)!.AsArray();
        JsonObject payload = elements[^1]!.AsObject();
        elements[^1] = new JsonObject(order.Select(name => KeyValuePair.Create(name, payload[name]?.DeepClone())));
        return Encoding.UTF8.GetBytes(
            elements.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        );
    }
}
