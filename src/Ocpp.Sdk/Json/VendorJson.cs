using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ocpp.Versions;

namespace Ocpp.Json;

/// <summary>
/// Reads and writes the data of vendors' messages. Where a version has only a text, it is the JSON of a value; but a
/// string is the text itself, since a vendor's text need not be JSON.
/// </summary>
internal static class VendorJson
{
    /// <summary>Reads data.</summary>
    /// <returns><see langword="false"/> if the data is missing, or not of the type.</returns>
    public static bool TryRead<T>(OcppVendorData data, JsonTypeInfo<T> type, out T? value)
    {
        value = default;
        try
        {
            if (data.Text is { } text)
            {
                value = typeof(T) == typeof(string) ? (T)(object)text : JsonSerializer.Deserialize(text, type);
            }
            else if (data.Json is { } json)
            {
                value = json.Deserialize(type);
            }
        }
        catch (JsonException)
        {
            return false; // the message would have what the peer sent
        }

        return value is not null;
    }

    /// <summary>Writes data.</summary>
    public static OcppVendorData Write<T>(T? value, JsonTypeInfo<T> type, bool isText) =>
        (value, isText) switch
        {
            (null, _) => default,
            (string text, true) => new OcppVendorData(text, null),
            (_, true) => new OcppVendorData(JsonSerializer.Serialize(value, type), null),
            _ => new OcppVendorData(null, JsonSerializer.SerializeToElement(value, type)),
        };
}
