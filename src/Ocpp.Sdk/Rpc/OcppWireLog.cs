using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.Security;
using Ocpp.SignedMessages;

namespace Ocpp.Rpc;

/// <summary>Frames as lines of a log, without the secrets in them.</summary>
public static class OcppWireLog
{
    /// <summary>A frame is an array around a payload.</summary>
    private static readonly JsonReaderOptions s_depth = new() { MaxDepth = OcppJsonReader.MaxDepth + 1 };

    // For a log, not for a web page: `+` and `é` stay as they are. What would forge a line is escaped below, as in any
    // text.
    private static readonly JsonWriterOptions s_readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes a frame as one line of JSON. Each text, number or boolean of a property that the protocol calls sensitive
    /// is replaced by its length in code points, as in <c>"(36 characters)"</c>; all else is kept, however long. The
    /// name alone decides, in any object and in any case, because a misspelled name is logged too;
    /// of an object by such a name the members are looked at by their own. The encoded payload of a signed message
    /// (part 4, section 7) is replaced, too: it may have any of them in it.
    /// </summary>
    /// <param name="frame">The message in UTF-8, as an <see cref="OcppFrameTap"/> gets it.</param>
    /// <param name="protocol">The protocol, which knows its <see cref="OcppProtocol.SensitiveProperties"/>.</param>
    /// <returns>
    /// The line; for a message that is not a frame only its size, such as <c>(17 bytes that are not a frame)</c>.
    /// </returns>
    public static string Redact(ReadOnlySpan<byte> frame, OcppProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return
            OcppFrame.TryRead(frame, out OcppFrame read, out _)
            && IsObject(read)
            && TryCopy(frame, SensitiveIn(read, protocol), out string? line)
            ? line
            : string.Create(CultureInfo.InvariantCulture, $"({frame.Length} bytes that are not a frame)");
    }

    /// <summary>
    /// Whether the payload is one object: another kind, or a second value, has no names that identify its secrets.
    /// </summary>
    private static bool IsObject(in OcppFrame frame)
    {
        if (frame.IsError)
        {
            return true; // its details are walked when it is read
        }

        var reader = new Utf8JsonReader(frame.Payload, s_depth);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The names of what is left out. A CALLRESULT does not say whether it is signed.</summary>
    private static IReadOnlyCollection<string> SensitiveIn(in OcppFrame frame, OcppProtocol protocol) =>
        frame.MessageType == OcppMessageType.CallResult || SignedMessage.TryGetAction(frame.Utf8Action, out _)
            ? [.. protocol.SensitiveProperties, "payload"]
            : protocol.SensitiveProperties;

    private static bool TryCopy(
        ReadOnlySpan<byte> frame,
        IReadOnlyCollection<string> sensitive,
        [NotNullWhen(true)] out string? line
    )
    {
        line = null;
        var output = new ArrayBufferWriter<byte>(frame.Length);
        using var writer = new Utf8JsonWriter(output, s_readable);
        var reader = new Utf8JsonReader(frame, s_depth);
        try
        {
            reader.Read();
            Copy(ref reader, writer, sensitive, isSensitive: false);
            reader.Read(); // what follows the frame is an error
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // no JSON, or no Unicode in it
        }

        writer.Flush();

        // Such a character is within a text, where the escape is one of JSON too.
        line = PrintableText.Of(Encoding.UTF8.GetString(output.WrittenSpan), int.MaxValue);
        return true;
    }

    /// <summary>Copies a value; the reader's limit bounds how deep this goes.</summary>
    private static void Copy(
        ref Utf8JsonReader reader,
        Utf8JsonWriter writer,
        IReadOnlyCollection<string> sensitive,
        bool isSensitive
    )
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    writer.WritePropertyName(name);
                    reader.Read();
                    Copy(ref reader, writer, sensitive, sensitive.Contains(name, StringComparer.OrdinalIgnoreCase));
                }

                writer.WriteEndObject();
                break;

            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Copy(ref reader, writer, sensitive, isSensitive);
                }

                writer.WriteEndArray();
                break;

            case JsonTokenType.String:
                string text = reader.GetString()!;
                writer.WriteStringValue(isSensitive ? Length(CodePoints.Count(text)) : text);
                break;

            default:
                if (isSensitive)
                {
                    writer.WriteStringValue(Length(reader.ValueSpan.Length));
                }
                else
                {
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                }

                break;
        }
    }

    private static string Length(int characters) =>
        string.Create(CultureInfo.InvariantCulture, $"({characters} characters)");
}
