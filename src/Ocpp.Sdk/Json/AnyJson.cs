using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Json;

/// <summary>
/// JSON values that no schema describes: customData's further properties, and properties of any type.
/// </summary>
internal static class AnyJson
{
    public static readonly IReadOnlyDictionary<string, JsonElement> NoProperties =
        new Dictionary<string, JsonElement>();

    /// <summary>How deep a value that is written may be nested.</summary>
    public const int MaxDepth = OcppJsonReader.MaxDepth - AssumedDepth;

    /// <summary>
    /// How deep within a payload a value is assumed to be when it is written: a value does not know. No message nests
    /// its own types as deep, so our own reader takes what is written, at any place.
    /// </summary>
    private const int AssumedDepth = 16;

    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = OcppJsonReader.MaxDepth,
    };

    /// <summary>The rule that a value breaks: what our own reader would refuse is not written.</summary>
    /// <param name="value">The value.</param>
    /// <param name="utf8Json">Its bytes; empty if it can't be written at all.</param>
    public static OcppRule? FindBrokenRule(JsonElement value, out ReadOnlySpan<byte> utf8Json)
    {
        utf8Json = default;
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return OcppRule.Type;
        }

        try
        {
            utf8Json = ToUtf8(value);
            var reader = new OcppJsonReader(utf8Json, OcppErrorMap.Default, depth: AssumedDepth);
            reader.ReadAny();
            return reader.End() ? null : reader.Log!.First.Rule;
        }
        catch (InvalidOperationException) when (IsDeep(value))
        {
            return OcppRule.Depth;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The writer found a string that is not well-formed Unicode.
            return OcppRule.InvalidText;
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

    /// <summary>Whether the value is nested too deep for the writer, whose limit ends the recursion too.</summary>
    private static bool IsDeep(JsonElement value, int depth = 0) =>
        value.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array when depth == OcppJsonReader.MaxDepth => true,
            JsonValueKind.Object => value.EnumerateObject().Any(property => IsDeep(property.Value, depth + 1)),
            JsonValueKind.Array => value.EnumerateArray().Any(item => IsDeep(item, depth + 1)),
            _ => false,
        };
}
