using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Newtonsoft.Json;
using Ocpp.Benchmarks.Payloads;

namespace Ocpp.Benchmarks.Contenders;

/// <summary>The ways to write a whole CALL, all into the same reused buffer.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing to release: its output is an array.")]
internal sealed class FrameWriting
{
    private readonly Payload _payload;
    private readonly object _classes;
    private readonly JsonSerializerSettings _newtonsoft = NewtonsoftJson.CreateSettings();
    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly Utf8JsonWriter _writer;

    public FrameWriting(Payload payload)
    {
        _payload = payload;
        _classes = payload.ForNewtonsoft;

        // The default encoder escapes the + of base64, which takes longer and gives other bytes: no base to compare
        // with.
        _writer = new Utf8JsonWriter(
            _output,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    /// <summary>What the last contender wrote.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    public IReadOnlyList<Contender> Contenders() =>
        [
            new(ContenderNames.Sdk, Sdk),
            FrameAround(ContenderNames.Utf8JsonWriter, _payload.WriteTokens),
            FrameAround(ContenderNames.Records, _payload.WriteRecords),
            FrameAround(ContenderNames.Classes, _payload.WriteClasses),
            FrameAround(ContenderNames.SdkContext, _payload.WriteThroughSdkContext),
            new(ContenderNames.Newtonsoft, Newtonsoft),
        ];

    private object? Sdk()
    {
        _output.ResetWrittenCount();
        _payload.WriteFrameWithSdk(_output);
        return null;
    }

    private Contender FrameAround(string name, Action<Utf8JsonWriter> write) => new(name, () => WriteFrame(write));

    private object? WriteFrame(Action<Utf8JsonWriter> write)
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartArray();
        _writer.WriteNumberValue(2);
        _writer.WriteStringValue(Payload.MessageId);
        _writer.WriteStringValue(_payload.Action);
        write(_writer);
        _writer.WriteEndArray();
        _writer.Flush();
        return null;
    }

    private object? Newtonsoft()
    {
        _output.ResetWrittenCount();
        string json = JsonConvert.SerializeObject(
            new object[] { 2, Payload.MessageId, _payload.Action, _classes },
            _newtonsoft
        );
        Encoding.UTF8.GetBytes(json, _output);
        return null;
    }
}
