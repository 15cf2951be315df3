using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using Ocpp.Benchmarks.Payloads;
using Ocpp.Rpc;

namespace Ocpp.Benchmarks.Contenders;

/// <summary>The ways to read a whole CALL: each gives its message id and the object it built.</summary>
internal sealed class FrameReading(Payload payload, string json)
{
    private readonly byte[] _frame = payload.FrameAround(json);
    private readonly JsonSchema _schema = NewtonsoftJson.LoadSchema(payload.Action);
    private readonly Newtonsoft.Json.JsonSerializer _newtonsoft = NewtonsoftJson.CreateSerializer();

    private delegate object? PayloadReader(ReadOnlySpan<byte> utf8Json);

    /// <summary>The message id that the last contender read.</summary>
    public string? MessageId { get; set; }

    /// <summary>The size of the frame in bytes.</summary>
    public int Size => _frame.Length;

    public IReadOnlyList<Contender> Contenders() =>
        [
            new(ContenderNames.Sdk, Sdk),
            new(ContenderNames.Utf8JsonReader, BareWalk),
            SystemTextJson(ContenderNames.Records, payload.ReadRecords),
            SystemTextJson(ContenderNames.Classes, payload.ReadClasses),
            new(ContenderNames.ClassesInPlace, ReadOnWithSameReader),
            SystemTextJson(ContenderNames.SdkContext, payload.ReadThroughSdkContext),
            new(ContenderNames.NewtonsoftWithSchema, Newtonsoft),
        ];

    private object? Sdk()
    {
        if (
            !OcppFrame.TryRead(_frame, out OcppFrame frame, out _)
            || !frame.Utf8Action.SequenceEqual(payload.Utf8Action)
        )
        {
            return null;
        }

        MessageId = frame.MessageId;
        return payload.ReadWithSdk(frame.Payload);
    }

    /// <summary>The base of the ratios: every token seen, none used.</summary>
    private object? BareWalk()
    {
        var reader = new Utf8JsonReader(_frame);
        while (reader.Read()) { }

        return null;
    }

    private Contender SystemTextJson(string name, PayloadReader read) => new(name, () => ReadHeaderThen(read));

    private object? ReadHeaderThen(PayloadReader read)
    {
        var reader = new Utf8JsonReader(_frame);
        if (!TryReadHeader(ref reader) || _frame[^1] != (byte)']')
        {
            return null;
        }

        // The payload is taken to reach to the last bracket: to walk it first in order to find its end would cost
        // twice.
        return read(_frame.AsSpan((int)reader.TokenStartIndex..^1));
    }

    /// <summary>
    /// As one would write it first. <see cref="JsonSerializer"/> walks the payload once to find its end, then reads it.
    /// </summary>
    private object? ReadOnWithSameReader()
    {
        var reader = new Utf8JsonReader(_frame);
        return
            TryReadHeader(ref reader)
            && payload.ReadClasses(ref reader) is { } request
            && reader.Read()
            && reader.TokenType == JsonTokenType.EndArray
            && !reader.Read()
            ? request
            : null;
    }

    private bool TryReadHeader(ref Utf8JsonReader reader)
    {
        if (
            !reader.Read()
            || reader.TokenType != JsonTokenType.StartArray
            || !reader.Read()
            || !reader.TryGetInt32(out int messageType)
            || messageType != 2
            || !reader.Read()
            || reader.GetString() is not { } messageId
            || !reader.Read()
            || !reader.ValueTextEquals(payload.Utf8Action)
            || !reader.Read()
            || reader.TokenType != JsonTokenType.StartObject
        )
        {
            return false;
        }

        MessageId = messageId;
        return true;
    }

    private object? Newtonsoft()
    {
        JArray frame = JArray.Parse(Encoding.UTF8.GetString(_frame));
        if (
            frame.Count != 4
            || (int)frame[0] != 2
            || (string?)frame[2] != payload.Action
            || _schema.Validate(frame[3]).Count != 0
        )
        {
            return null;
        }

        MessageId = (string?)frame[1];
        return payload.ReadWithNewtonsoft(frame[3], _newtonsoft);
    }
}
