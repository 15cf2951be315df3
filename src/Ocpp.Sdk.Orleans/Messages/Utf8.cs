using System.Text;
using System.Text.Json;

namespace Ocpp.Orleans.Messages;

/// <summary>JSON values as the bytes that go between nodes.</summary>
internal static class Utf8
{
    public static byte[] Of(JsonElement value) => Encoding.UTF8.GetBytes(value.GetRawText());

    public static JsonElement Parse(byte[] utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json);
        return JsonElement.ParseValue(ref reader);
    }
}
