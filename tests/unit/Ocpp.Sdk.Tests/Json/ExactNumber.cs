using System.Globalization;
using System.Numerics;

namespace Ocpp.Tests.Json;

/// <summary>A JSON number with all its digits: what it is, and not what a rounded copy of it would be.</summary>
internal static class ExactNumber
{
    /// <summary>Whether the number is an integer, as JSON Schema means it: 7.0 and 70e-1 are.</summary>
    /// <param name="json">The number.</param>
    /// <param name="value">The integer; a huge one stands for all beyond ±10^60.</param>
    public static bool TryGetInteger(string json, out BigInteger value)
    {
        bool isNegative = json[0] == '-';
        string[] parts = json.TrimStart('-').Split('e', 'E');
        string[] digits = parts[0].Split('.');
        string fraction = (digits.Length > 1 ? digits[1] : "").TrimEnd('0');
        BigInteger exponent = parts.Length > 1 ? BigInteger.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var mantissa = BigInteger.Parse(digits[0] + fraction, CultureInfo.InvariantCulture);
        exponent -= fraction.Length;
        while (exponent < 0 && !mantissa.IsZero && (mantissa % 10).IsZero)
        {
            mantissa /= 10;
            exponent++;
        }

        mantissa = isNegative ? -mantissa : mantissa;
        value = mantissa.IsZero || exponent < 0 ? 0 : mantissa * BigInteger.Pow(10, (int)BigInteger.Min(exponent, 60));
        return mantissa.IsZero || exponent >= 0;
    }
}
