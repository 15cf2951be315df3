using System.Text.Json;

namespace Ocpp.Tests.Json;

/// <summary>
/// What <see cref="Utf8JsonReader"/> says: strict, 64 levels, and every name and text must be had as a string.
/// </summary>
internal static class Oracle
{
    public static bool Accepts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An InvalidOperationException is GetString's way to refuse bytes that are no UTF-8, and half surrogate
            // pairs.
            return false;
        }
    }

    /// <summary>The text that the input is, or <see langword="null"/> when it is none.</summary>
    public static string? ReadString(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            string? text = reader.GetString();
            return reader.Read() ? null : text;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Every name and text of valid JSON, with the offset of its first quote and the offset behind its last.
    /// </summary>
    public static List<(int Start, int End, string Text)> Texts(ReadOnlySpan<byte> json)
    {
        var texts = new List<(int, int, string)>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                int start = (int)reader.TokenStartIndex;
                texts.Add((start, start + reader.ValueSpan.Length + 2, reader.GetString()!));
            }
        }

        return texts;
    }

    /// <summary>Every number of valid JSON.</summary>
    public static List<(int Start, int End)> Numbers(ReadOnlySpan<byte> json)
    {
        var numbers = new List<(int, int)>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                numbers.Add(((int)reader.TokenStartIndex, (int)reader.BytesConsumed));
            }
        }

        return numbers;
    }
}
