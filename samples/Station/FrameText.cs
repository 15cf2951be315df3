using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Station;

/// <summary>Frames as text for the console.</summary>
public static class FrameText
{
    private const int MaxTextLength = 60;

    // For people, not for a web page: `+` stays `+`.
    private static readonly JsonWriterOptions s_readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints a frame that the station sends or receives.</summary>
    public static void Print(bool isSent, ReadOnlySpan<byte> frame) =>
        Console.WriteLine($"  {(isSent ? "station --> CSMS" : "CSMS --> station")}  {Shorten(frame)}");

    /// <summary>Copies a frame, and cuts every long text in it; the cut names the text's length.</summary>
    private static string Shorten(ReadOnlySpan<byte> utf8Json)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, s_readable);
        var reader = new Utf8JsonReader(utf8Json);
        try
        {
            while (reader.Read())
            {
                Copy(ref reader, writer);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or no Unicode in it. The wire carries whatever a peer sends, and printing must not fail.
            return $"({utf8Json.Length} bytes that are no JSON)";
        }

        writer.Flush();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(reader.GetString()!);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Cut(reader.GetString()!));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan);
                break;
        }
    }

    private static string Cut(string text)
    {
        // Code points, as OCPP's limits count them.
        Rune[] characters = [.. text.EnumerateRunes()];
        return characters.Length <= MaxTextLength
            ? text
            : $"{string.Concat(characters.Take(MaxTextLength))}... ({characters.Length} characters)";
    }
}
