namespace Ocpp.EveryMessage.Wire;

/// <summary>
/// Damages payloads at random: in their structure, or in their bytes. What comes out may still be valid.
/// </summary>
internal static class Mutations
{
    private static readonly string[] s_values =
    [
        "null",
        "true",
        "0",
        "-1",
        "1.0",
        "1.5",
        "2147483648",
        "1e400",
        "\"\"",
        "\"x\"",
        "\"Accepted\"",
        "\"2026-01-31T12:34:56Z\"",
        "\"2026-01-31\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "{}",
        "[]",
        "[{}]",
        "{\"vendorId\":\"v\"}",
        "{\"a\":1,\"a\":2}",
    ];

    // What means something in JSON, and what means something in UTF-8.
    private static readonly byte[] s_bytes =
    [
        .. "{}[]:,\"\\/ \t\n09-+.eEtfnu"u8,
        0x00,
        0x1F,
        0x7F,
        0x80,
        0xA0,
        0xBF,
        0xC0,
        0xC3,
        0xE2,
        0xED,
        0xEF,
        0xF0,
        0xF4,
        0xFF,
    ];

    public static WireValue MutateStructure(this WireValue value, Random random)
    {
        // Sooner or later on the way down: here.
        bool isHere = random.Next(4) == 0;
        switch (value)
        {
            case WireObject { Properties.Count: > 0 } node when isHere:
                return MutateObject(node, node.Properties[random.Next(node.Properties.Count)], random);
            case WireObject { Properties.Count: > 0 } node:
                WireProperty property = node.Properties[random.Next(node.Properties.Count)];
                return node.With(property.Name, property.Value.MutateStructure(random));
            case WireArray { Items.Count: > 0 } node when isHere:
                int chosen = random.Next(node.Items.Count);
                int times = random.Next(3) * random.Next(3);
                return new WireArray([
                    .. node.Items.SelectMany((item, i) => Enumerable.Repeat(item, i == chosen ? times : 1)),
                ]);
            case WireArray { Items.Count: > 0 } node:
                int index = random.Next(node.Items.Count);
                return node.With(index, node.Items[index].MutateStructure(random));
            case WireScalar { Json: ['"', .., '"'] text } when random.Next(2) == 0:
                return MutateText(text[1..^1], random);
            default:
                return new WireScalar(s_values[random.Next(s_values.Length)]);
        }
    }

    public static byte[] MutateBytes(this byte[] json, Random random)
    {
        List<byte> bytes = [.. json];
        for (int count = random.Next(1, 4); count > 0 && bytes.Count > 0; count--)
        {
            int at = random.Next(bytes.Count);
            byte odd = s_bytes[random.Next(s_bytes.Length)];
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = odd;
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, odd);
                    break;
                case 3:
                    bytes.RemoveAt(at);
                    break;
                case 4:
                    bytes.RemoveRange(at, random.Next(Math.Min(20, bytes.Count - at)));
                    break;
                case 5:
                    bytes.InsertRange(
                        random.Next(bytes.Count),
                        bytes.GetRange(at, random.Next(Math.Min(20, bytes.Count - at)))
                    );
                    break;
                default:
                    (bytes[at], bytes[^1]) = (bytes[^1], bytes[at]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static WireObject MutateObject(WireObject node, WireProperty property, Random random) =>
        random.Next(6) switch
        {
            0 => node.Without(property.Name),
            1 => node.Append(property.Name, property.Value),
            2 => node.Append("unknown", property.Value),
            3 => node.Without(property.Name).Append(property.Name + "s", property.Value),
            4 => node.Without(property.Name).Append(property.Name, property.Value, Escape(property.Name)),
            _ => node.With(property.Name, node.Properties[random.Next(node.Properties.Count)].Value),
        };

    private static string Escape(string name) => string.Concat(name.Select(c => $"\\u{(int)c:x4}"));

    private static WireScalar MutateText(string text, Random random) =>
        new(
            random.Next(6) switch
            {
                0 => $"\"{text}{text}\"",
                // Longer than any limit, but not repeated to megabytes by several mutations.
                1 => $"\"{string.Concat(Enumerable.Repeat(text, text.Length < 10_000 ? 200 : 1))}\"",
                2 => $"\"{text.ToUpperInvariant()}\"",
                3 => $"\" {text}\"",
                4 => $"\"{text}\\u0000\"",
                _ => $"\"{text[..(text.Length / 2)]}\"",
            }
        );
}
