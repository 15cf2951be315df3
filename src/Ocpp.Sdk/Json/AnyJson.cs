using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ocpp.Json;

/// <summary>JSON values that no schema describes: customData's further properties, and properties of any type.</summary>
internal static class AnyJson
{
    public static readonly IReadOnlyDictionary<string, JsonElement> NoProperties = new Dictionary<string, JsonElement>();

    /// <summary>
    /// How deep within a payload a value may stand. No message nests its own types as deep; what is written within this
    /// bound our own reader takes, wherever the value stands.
    /// </summary>
    private const int AssumedDepth = 16;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = OcppJsonReader.MaxDepth,
    };

    /// <summary>Whether our own reader takes the value: a peer of this SDK would otherwise refuse what we write.</summary>
    public static bool IsValid(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return false;
        }

        try
        {
            var reader = new OcppJsonReader(ToUtf8(value), OcppErrorMap.Default, depth: AssumedDepth);
            return reader.ReadAny() is not null && reader.End();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The element holds a text that is no Unicode, or is nested too deep for the writer.
            return false;
        }
    }

    public static ReadOnlySpan<byte> ToUtf8(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            value.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }
}
