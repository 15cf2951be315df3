using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocpp.Benchmarks.Payloads;

namespace Ocpp.Benchmarks.Contenders;

/// <summary>
/// <see cref="JsonSerializer"/> over payloads without a frame: the SDK's context beside System.Text.Json's generated
/// code.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing to release: its output is an array.")]
internal sealed class PayloadSerializing
{
    private readonly Payload _payload;
    private readonly byte[] _utf8Json;
    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly Utf8JsonWriter _writer;

    public PayloadSerializing(Payload payload)
    {
        _payload = payload;
        _utf8Json = payload.Utf8Json;
        _writer = new Utf8JsonWriter(
            _output,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }

    /// <summary>What the last contender wrote.</summary>
    public ReadOnlySpan<byte> Written => _output.WrittenSpan;

    public IReadOnlyList<Contender> Deserializing() =>
        [
            new(ContenderNames.SdkContext, () => _payload.ReadThroughSdkContext(_utf8Json)),
            new(ContenderNames.Classes, () => _payload.ReadClasses(_utf8Json)),
        ];

    public IReadOnlyList<Contender> Serializing() =>
        [
            Serializer(ContenderNames.SdkContext, _payload.WriteThroughSdkContext),
            Serializer(ContenderNames.Classes, _payload.WriteClasses),
        ];

    private Contender Serializer(string name, Action<Utf8JsonWriter> write) => new(name, () => Write(write));

    private object? Write(Action<Utf8JsonWriter> write)
    {
        _output.ResetWrittenCount();
        _writer.Reset();
        write(_writer);
        _writer.Flush();
        return null;
    }
}
