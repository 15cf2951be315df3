using System.Globalization;
using System.Numerics;

namespace Ocpp.Json;

/// <summary>Decimal numbers as JSON writes them: all of their digits, without an exponent.</summary>
internal static class DecimalText
{
    /// <summary>
    /// The most bytes that <see cref="Format"/> writes: the sign, 29 digits, the point, and a zero before it.
    /// </summary>
    public const int MaxLength = 32;

    private static ReadOnlySpan<ulong> PowersOfTen =>
        [
            1,
            10,
            100,
            1_000,
            10_000,
            100_000,
            1_000_000,
            10_000_000,
            100_000_000,
            1_000_000_000,
            10_000_000_000,
            100_000_000_000,
            1_000_000_000_000,
            10_000_000_000_000,
            100_000_000_000_000,
            1_000_000_000_000_000,
            10_000_000_000_000_000,
            100_000_000_000_000_000,
            1_000_000_000_000_000_000,
            10_000_000_000_000_000_000,
        ];

    /// <summary>Writes the number as <see cref="decimal.ToString()"/> does in the invariant culture.</summary>
    /// <param name="value">The number.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Format(decimal value, Span<byte> target)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        if (parts[2] != 0)
        {
            value.TryFormat(target, out int written, default, CultureInfo.InvariantCulture);
            return written;
        }

        ulong digits = (uint)parts[0] | ((ulong)(uint)parts[1] << 32);
        int scale = (parts[3] >> 16) & 0xFF;

        // There is a digit before the point, also if all that count come behind it. A zero has no sign.
        int length = Math.Max(CountDigits(digits), scale + 1);
        int start = 0;
        if (parts[3] < 0 && digits != 0)
        {
            target[start++] = (byte)'-';
        }

        if (scale == 0)
        {
            WriteDigits(digits, target.Slice(start, length));
            return start + length;
        }

        int point = start + length - scale;
        digits = WriteDigits(digits, target.Slice(point + 1, scale));
        target[point] = (byte)'.';
        WriteDigits(digits, target[start..point]);
        return point + 1 + scale;
    }

    /// <summary>Fills the target with the last digits of a number.</summary>
    /// <returns>The number that the other digits make.</returns>
    private static ulong WriteDigits(ulong digits, Span<byte> target)
    {
        for (int i = target.Length - 1; i >= 0; i--)
        {
            (digits, ulong digit) = Math.DivRem(digits, 10);
            target[i] = (byte)('0' + digit);
        }

        return digits;
    }

    private static int CountDigits(ulong number)
    {
        // 1233 / 4096 is the logarithm of 2 to base 10, exactly enough for 64 bits. An odd number has as many digits as
        // the even one before it.
        number |= 1;
        int least = ((BitOperations.Log2(number) + 1) * 1233) >> 12;
        return number < PowersOfTen[least] ? least : least + 1;
    }
}
