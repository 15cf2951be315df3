using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Newtonsoft.Json.Linq;

namespace Ocpp.Benchmarks.Payloads;

/// <summary>
/// A message with the types that its readers and writers make and take. What a payload writes token by token is where
/// its JSON and the other contenders' objects come from, so that the SDK's own reader and writer have no hand in them.
/// </summary>
/// <typeparam name="TRequest">The SDK's record.</typeparam>
/// <typeparam name="TRecord">The record for System.Text.Json.</typeparam>
/// <typeparam name="TClass">The class with plain <c>get; set;</c>.</typeparam>
internal abstract class Payload<TRequest, TRecord, TClass>(
    TRequest request,
    JsonTypeInfo<TRequest> sdk,
    JsonTypeInfo<TRecord> records,
    JsonTypeInfo<TClass> classes
) : Payload
    where TRequest : class, IOcppPayload<TRequest>
    where TRecord : class
    where TClass : class
{
    private TRecord? _record;
    private TClass? _class;
    private string? _json;

    /// <inheritdoc/>
    /// <remarks>System.Text.Json keeps the order of the schema's properties, but writes UTC as an offset.</remarks>
    public override string Json =>
        _json ??= Encoding.UTF8.GetString(BytesOf(WriteClasses)).Replace("+00:00\"", "Z\"", StringComparison.Ordinal);

    public override object Expected => request;

    public override object ForNewtonsoft => Class;

    public TRequest Request => request;

    private TRecord Record => _record ??= JsonSerializer.Deserialize(BytesOf(WriteTokens), records)!;

    private TClass Class => _class ??= JsonSerializer.Deserialize(BytesOf(WriteTokens), classes)!;

    public override object? ReadThroughSdkContext(ReadOnlySpan<byte> utf8Json) =>
        JsonSerializer.Deserialize(utf8Json, sdk);

    public override object? ReadRecords(ReadOnlySpan<byte> utf8Json) => JsonSerializer.Deserialize(utf8Json, records);

    public override object? ReadClasses(ReadOnlySpan<byte> utf8Json) => JsonSerializer.Deserialize(utf8Json, classes);

    public override object? ReadClasses(ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, classes);

    public override object? ReadWithNewtonsoft(JToken json, Newtonsoft.Json.JsonSerializer serializer) =>
        json.ToObject<TClass>(serializer);

    public override void WriteThroughSdkContext(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, request, sdk);

    public override void WriteRecords(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, Record, records);

    public override void WriteClasses(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, Class, classes);

    private static byte[] BytesOf(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (
            var writer = new Utf8JsonWriter(
                output,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            write(writer);
        }

        return output.WrittenSpan.ToArray();
    }
}
