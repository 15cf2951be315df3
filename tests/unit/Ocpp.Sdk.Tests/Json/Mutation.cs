namespace Ocpp.Tests.Json;

/// <summary>
/// Damages bytes: flips, cuts, duplications, insertions, swaps. The same random source does the same damage.
/// </summary>
internal static class Mutation
{
    private static readonly byte[] s_tempting =
    [
        .. "{}[]\":,\\/u0123456789+-.eEtrufalsn \n\r\t"u8,
        0x00,
        0x1F,
        0x7F,
        0x80,
        0xBF,
        0xC0,
        0xC3,
        0xED,
        0xEF,
        0xF0,
        0xF4,
        0xFF,
    ];

    public static byte[] Apply(byte[] json, Random random)
    {
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            json = ApplyOnce(json, random);
        }

        return json;
    }

    private static byte[] ApplyOnce(byte[] json, Random random)
    {
        if (json.Length == 0)
        {
            return [s_tempting[random.Next(s_tempting.Length)]];
        }

        int at = random.Next(json.Length);
        int to = Math.Min(json.Length, at + random.Next(1, 12));
        switch (random.Next(7))
        {
            case 0:
                byte[] flipped = [.. json];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                byte[] replaced = [.. json];
                replaced[at] = s_tempting[random.Next(s_tempting.Length)];
                return replaced;
            case 2:
                return json[..at];
            case 3:
                return [.. json[..at], .. json[to..]];
            case 4:
                return [.. json[..to], .. json[at..]];
            case 5:
                return [.. json[..at], s_tempting[random.Next(s_tempting.Length)], .. json[at..]];
            default:
                int other = random.Next(json.Length);
                byte[] swapped = [.. json];
                (swapped[at], swapped[other]) = (swapped[other], swapped[at]);
                return swapped;
        }
    }
}
