using Ocpp.EveryMessage.Wire;

namespace Ocpp.Fuzz.Inputs;

/// <summary>Damage that reaches further than one value: order, size, depth, and parts of other messages.</summary>
internal static class ShapeMutations
{
    /// <summary>About how many characters a value is stretched to: longer ones find no more, and take longer.</summary>
    private const int MaxStretched = 8_000;

    private static readonly string[] s_units =
    [
        "a",
        "\\n",
        "\\u0041",
        "\\ud83d\\ude00",
        "\u00E9",
        "\u20AC",
        "\U0001F600",
        "\u007F",
        "\\\"",
        "\\/",
        "\u2028",
    ];

    private static readonly string[] s_numbers =
    [
        "0",
        "-0",
        "0.0",
        "7.0",
        "70e-1",
        "1E+2",
        "-0e-0",
        "2147483647",
        "-2147483648",
        "2147483648",
        "1e9",
        "123456789012345678",
        "1234567890123456789",
        "79228162514264337593543950335",
        "79228162514264337593543950336",
        "1e-400",
        "0e400",
        "1e99999999999",
        "0.1234567890123456789012345678901234567890",
        "1.0000000000000000000000000000000000000000",
    ];

    private static readonly string[] s_times =
    [
        "2026-01-31T12:34:56Z",
        "2026-01-31t12:34:56z",
        "2024-02-29T23:59:59.9999999+14:00",
        "2026-01-31T12:34:56.123456789-14:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
        "2026-01-31T12:34:56+00:00",
        "2026-01-31T12:34:60Z",
        "2025-02-29T00:00:00Z",
        "2026-01-31",
        "2026-01-31T12:34:56",
        "2026-01-31 12:34:56Z",
        "2026-01-31T12:34Z",
        "2026-01-31T12:34:56.Z",
    ];

    public static WireValue MutateShape(this WireValue value, Func<WireValue> other, Random random) =>
        random.Next(7) switch
        {
            0 => value.Replace(random, node => node is WireObject members ? Shuffled(members, random) : node),
            1 => value.Replace(random, _ => Part(other(), random)),
            2 => value.Replace(random, node => Stretched(node, random)),
            3 => value.Replace(random, node => Nested(node, random)),
            4 => value.Replace(random, _ => new WireScalar(random.From(s_numbers))),
            5 => value.ReplaceTimes(random),
            _ => value.Replace(random, _ => LongText(random)),
        };

    /// <summary>Replaces a node, drawn on the way down.</summary>
    private static WireValue Replace(this WireValue value, Random random, Func<WireValue, WireValue> replace)
    {
        switch (value)
        {
            case WireObject { Properties.Count: > 0 } node when random.Next(4) > 0:
                WireProperty property = random.From(node.Properties);
                return node.With(property.Name, property.Value.Replace(random, replace));
            case WireArray { Items.Count: > 0 } node when random.Next(4) > 0:
                int index = random.Next(node.Items.Count);
                return node.With(index, node.Items[index].Replace(random, replace));
            default:
                return replace(value);
        }
    }

    /// <summary>Replaces what looks like a time, wherever it stands.</summary>
    private static WireValue ReplaceTimes(this WireValue value, Random random) =>
        value switch
        {
            WireObject node => new WireObject([
                .. node.Properties.Select(property => property with { Value = property.Value.ReplaceTimes(random) }),
            ]),
            WireArray node => new WireArray([.. node.Items.Select(item => item.ReplaceTimes(random))]),
            WireScalar { Json: ['"', _, _, _, _, '-', _, _, '-', ..] } => WireValue.Text(random.From(s_times)),
            _ => value,
        };

    private static WireValue Part(WireValue value, Random random) =>
        value switch
        {
            WireObject { Properties.Count: > 0 } node when random.Next(3) > 0 => Part(
                random.From(node.Properties).Value,
                random
            ),
            WireArray { Items.Count: > 0 } node when random.Next(3) > 0 => Part(random.From(node.Items), random),
            _ => value,
        };

    private static WireObject Shuffled(WireObject node, Random random)
    {
        WireProperty[] properties = [.. node.Properties];
        random.Shuffle(properties);
        return new WireObject(properties);
    }

    private static WireValue Stretched(WireValue value, Random random)
    {
        // Around the sizes at which buffers grow.
        int times = Math.Min(
            random.From([15, 16, 17, 33, 64, 130, 300]),
            Math.Max(2, MaxStretched / value.ToJson().Length)
        );
        return value switch
        {
            WireArray { Items.Count: > 0 } node => new WireArray([
                .. Enumerable.Range(0, times).Select(i => node.Items[i % node.Items.Count]),
            ]),
            WireObject node => new WireObject([
                .. node.Properties,
                .. Enumerable.Range(0, times).Select(i => new WireProperty($"n{i}", WireValue.Null)),
            ]),
            WireScalar { Json: ['"', .., '"'] text } => new WireScalar(
                $"\"{string.Concat(Enumerable.Repeat(text[1..^1], times))}\""
            ),
            _ => new WireArray([.. Enumerable.Repeat(value, times)]),
        };
    }

    private static WireValue Nested(WireValue value, Random random)
    {
        for (int levels = random.From([1, 2, 47, 48, 60, 61, 62, 63, 64, 65]); levels > 0; levels--)
        {
            value = random.Next(2) == 0 ? new WireArray([value]) : new WireObject([new WireProperty("n", value)]);
        }

        return value;
    }

    /// <summary>A text at the edge of a limit or of a block, of whatever a text is made of.</summary>
    private static WireScalar LongText(Random random)
    {
        int length = random.From([15, 16, 17, 20, 36, 50, 255, 512, 1000, 5500]) + random.Next(-1, 2);
        string unit = random.From(s_units);
        bool isMixed = random.Next(2) == 0;
        return new WireScalar(
            $"\"{string.Concat(Enumerable.Range(0, length).Select(i => isMixed && i % 7 > 0 ? "x" : unit))}\""
        );
    }
}
