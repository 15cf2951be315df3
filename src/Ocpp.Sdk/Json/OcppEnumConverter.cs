using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ocpp.Validation;

namespace Ocpp.Json;

/// <summary>
/// Lets <see cref="JsonSerializer"/> read and write an enumeration by its names on the wire, exactly spelled.
/// </summary>
/// <typeparam name="TEnum">The enumeration.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class OcppEnumConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Violated(OcppRule.Type);
        }

        return ReadAsPropertyName(ref reader, typeToConvert, options);
    }

    /// <inheritdoc/>
    public override TEnum ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        // No name is as long as this; the text of a token is at most as long as its bytes on the wire.
        Span<byte> buffer = stackalloc byte[256];
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        return length <= buffer.Length && TryParse(buffer[..reader.CopyString(buffer)], out TEnum value)
            ? value
            : throw Violated(OcppRule.Enum);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(GetName(value));
    }

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(GetName(value));
    }

    /// <summary>Finds the value with a name.</summary>
    protected abstract bool TryParse(ReadOnlySpan<byte> utf8Name, out TEnum value);

    /// <summary>The value's name between quotes; empty when the enumeration has no such value.</summary>
    protected abstract ReadOnlySpan<byte> GetQuotedUtf8Name(TEnum value);

    private ReadOnlySpan<byte> GetName(TEnum value)
    {
        ReadOnlySpan<byte> quoted = GetQuotedUtf8Name(value);
        return quoted.IsEmpty ? throw Violated(OcppRule.Enum) : quoted[1..^1];
    }

    private static OcppValidationException Violated(OcppRule rule) =>
        new([new OcppViolation(OcppErrorMap.Default[rule], rule, "")]);
}
