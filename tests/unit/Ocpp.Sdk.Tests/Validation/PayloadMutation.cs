using System.Text;
using System.Text.Json;

namespace Ocpp.Tests.Validation;

/// <summary>
/// Breaks a payload where it stays JSON: values of another type, texts too long, properties that are unknown, missing
/// or there twice, names in odd forms. The same random source breaks it the same way.
/// </summary>
internal static class PayloadMutation
{
    private static readonly string[] s_values =
    [
        "null",
        "true",
        "0",
        "-1",
        "7.0",
        "1.5",
        "1e99",
        "99999999999",
        "\"\"",
        "\"Accepted\"",
        "\"PowerUp\"",
        "\"2026-01-31T12:34:56Z\"",
        "\"2026-02-30T12:34:56Z\"",
        "[]",
        "[1,null,\"abcdef\"]",
        "[{\"count\":1},{\"count\":\"1\"},7]",
        "{}",
        "{\"x\":1}",
        "{\"vendorId\":\"v\",\"a\":{\"b\":1,\"b\":2}}",
        "{\"vendorId\":null,\"a\":1,\"a\":2}",
        "\"€😀\\uD83D\\uDE00\"",
        "\"\\uD83D\"",
        "\"\\u0041\\n\"",
        $"\"{new string('x', 600)}\"",
        $"\"{new string('é', 21)}\"",
        $"\"{string.Concat(Enumerable.Repeat("\\n", 60))}\"",
        string.Concat(Enumerable.Repeat("[", 64)) + string.Concat(Enumerable.Repeat("]", 64)),
    ];

    private static readonly string[] s_names =
    [
        "x",
        "csr",
        "reason",
        "count",
        "customData",
        "vendorId",
        "status",
        "",
        "a/b~",
        "\\u0063sr",
        "c\\u006funt",
    ];

    public static byte[] Apply(byte[] payload, Random random)
    {
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            payload = ApplyOnce(payload, random);
        }

        return payload;
    }

    private static byte[] ApplyOnce(byte[] payload, Random random)
    {
        List<(int NameStart, int Start, int End)> properties;
        try
        {
            properties = Properties(payload);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return payload;
        }

        if (properties.Count == 0)
        {
            return Encoding.UTF8.GetBytes(s_values[random.Next(s_values.Length)]);
        }

        (int nameStart, int start, int end) = properties[random.Next(properties.Count)];
        byte[] value = Encoding.UTF8.GetBytes(s_values[random.Next(s_values.Length)]);
        byte[] name = Encoding.UTF8.GetBytes($"\"{s_names[random.Next(s_names.Length)]}\"");
        switch (random.Next(6))
        {
            case 0 or 1:
                return [.. payload[..start], .. value, .. payload[end..]];
            case 2:
                return [.. payload[..nameStart], .. name, .. " : "u8, .. value, (byte)',', .. payload[nameStart..]];
            case 3:
                return [.. payload[..end], (byte)',', .. payload[nameStart..]];
            case 4:
                return [.. payload[..nameStart], .. name, (byte)':', .. payload[start..]];
            default:
                bool isLast = payload[end] != ',';
                bool isFirst = payload[nameStart - 1] != ',';
                int from = isLast && !isFirst ? nameStart - 1 : nameStart;
                return [.. payload[..from], .. payload[(isLast ? end : end + 1)..]];
        }
    }

    private static List<(int NameStart, int Start, int End)> Properties(byte[] payload)
    {
        var properties = new List<(int, int, int)>();
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                int name = (int)reader.TokenStartIndex;
                Utf8JsonReader value = reader;
                value.Read();
                int start = (int)value.TokenStartIndex;
                value.Skip();
                properties.Add((name, start, (int)value.BytesConsumed));
            }
        }

        return properties;
    }
}
