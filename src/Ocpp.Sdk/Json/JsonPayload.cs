using System.Text.Json;

namespace Ocpp.Json;

/// <summary>Payloads as JSON values, for actions that are known only at run time.</summary>
internal static class JsonPayload
{
    /// <summary>Reads a payload.</summary>
    /// <exception cref="OcppValidationException">
    /// The value breaks rules of its message: all of them are listed.
    /// </exception>
    public static T Read<T>(JsonElement value, OcppReadOptions options)
        where T : class, IOcppPayload<T>
    {
        ReadOnlySpan<byte> utf8Json = value.ValueKind == JsonValueKind.Undefined ? "null"u8 : AnyJson.ToUtf8(value);
        return OcppJson.TryParse(utf8Json, out T? payload, out OcppViolation first, options)
            ? payload
            : throw new OcppValidationException(
                OcppJson.Check<T>(utf8Json, options) is { Count: > 0 } all ? all : [first]
            );
    }

    /// <summary>A payload that was read, as its JSON value.</summary>
    public static JsonElement ToElement<T>(T payload)
        where T : class, IOcppPayload<T>
    {
        var reader = new Utf8JsonReader(OcppJson.ToUtf8Bytes(payload, OcppWriteOptions.Lenient));
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>What may be read of a request that is to be sent: what may be written.</summary>
    public static OcppReadOptions ReadOptionsFor(OcppWriteOptions options) =>
        options is { IgnoreLimits: false, FieldLimits: null }
            ? OcppReadOptions.Strict
            : OcppReadOptions.Strict with
            {
                IgnoreLimits = options.IgnoreLimits,
                FieldLimits = options.FieldLimits,
            };
}
