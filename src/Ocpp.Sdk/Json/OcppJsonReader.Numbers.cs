using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Json;

// Numbers. The common forms are read here; fractions written as integers (7.0), exponents and everything longer go to
// Utf8JsonReader on the number's own bytes.
public ref partial struct OcppJsonReader
{
    private static readonly SearchValues<byte> s_numberCharacters = SearchValues.Create("+-.0123456789Ee"u8);

    /// <summary>Reads an integer of 32 bits. A number such as <c>7.0</c> or <c>70e-1</c> is one.</summary>
    /// <returns>The integer, or <see langword="null"/> if it is missing or invalid.</returns>
    public int? ReadInt32(int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        ReadOnlySpan<byte> json = _json;
        int start = _position;
        if ((uint)start < (uint)json.Length && json[start] <= ' ')
        {
            SkipWhiteSpace();
            start = _position;
        }

        int i = start;
        bool isNegative = (uint)i < (uint)json.Length && json[i] == '-';
        if (isNegative)
        {
            i++;
        }

        int first = i;
        int value = 0;
        uint digit;

        // Nine digits fit into 32 bits.
        while ((uint)i < (uint)json.Length && i - first < 9 && (digit = json[i] - (uint)'0') <= 9)
        {
            value = (value * 10) + (int)digit;
            i++;
        }

        bool isCommon =
            i > first
            && (json[first] != '0' || i - first == 1)
            && (uint)i < (uint)json.Length
            && json[i] is (byte)',' or (byte)'}' or (byte)']' or (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t';
        if (isCommon)
        {
            value = isNegative ? -value : value;
            _position = i;
        }
        else if (!TryReadUnusualInt32(out value))
        {
            return null;
        }

        if (value < minimum)
        {
            Violate(OcppRule.Minimum, limit: minimum);
        }
        else if (value > maximum)
        {
            Violate(OcppRule.Maximum, limit: maximum);
        }

        return value;
    }

    /// <summary>Reads a decimal number.</summary>
    /// <returns>The number, or <see langword="null"/> if it is missing or invalid.</returns>
    public decimal? ReadDecimal() =>
        TryReadCommonDecimal(out decimal value) || TryReadUnusualDecimal(out value) ? value : null;

    /// <summary>Reads a decimal number that has a limit.</summary>
    /// <inheritdoc cref="ReadDecimal()"/>
    public decimal? ReadDecimal(decimal minimum = decimal.MinValue, decimal maximum = decimal.MaxValue)
    {
        if (ReadDecimal() is not { } value)
        {
            return null;
        }

        if (value < minimum)
        {
            Violate(OcppRule.Minimum, limit: ToLimit(minimum));
        }
        else if (value > maximum)
        {
            Violate(OcppRule.Maximum, limit: ToLimit(maximum));
        }

        return value;
    }

    /// <summary>Reads a decimal number that must be a multiple of another, which is compared exactly.</summary>
    /// <inheritdoc cref="ReadDecimal()"/>
    public decimal? ReadMultiple(
        decimal multipleOf,
        decimal minimum = decimal.MinValue,
        decimal maximum = decimal.MaxValue
    )
    {
        decimal? value = ReadDecimal(minimum, maximum);
        if (value is { } number && number % multipleOf != 0)
        {
            Violate(OcppRule.MultipleOf, limit: ToLimit(multipleOf));
        }

        return value;
    }

    /// <summary>A limit for <see cref="OcppViolation.Limit"/>; null if it has a fraction.</summary>
    internal static long? ToLimit(decimal limit) =>
        limit == decimal.Truncate(limit) && limit is >= long.MinValue and <= long.MaxValue ? (long)limit : null;

    /// <summary>
    /// Reads up to 18 digits with or without a fraction; leaves the position where it is when it is another form.
    /// </summary>
    private bool TryReadCommonDecimal(out decimal value)
    {
        SkipWhiteSpace();
        ReadOnlySpan<byte> json = _json;
        int i = _position;
        bool isNegative = (uint)i < (uint)json.Length && json[i] == '-';
        if (isNegative)
        {
            i++;
        }

        int first = i;
        ulong digits = 0;
        uint digit;
        while ((uint)i < (uint)json.Length && (digit = json[i] - (uint)'0') <= 9)
        {
            digits = (digits * 10) + digit;
            i++;
        }

        int integerEnd = i;
        int scale = 0;
        if ((uint)i < (uint)json.Length && json[i] == '.')
        {
            i++;
            while ((uint)i < (uint)json.Length && (digit = json[i] - (uint)'0') <= 9)
            {
                digits = (digits * 10) + digit;
                i++;
            }

            scale = i - integerEnd - 1;
        }

        // 18 digits fit into 64 bits.
        bool isCommon =
            integerEnd > first
            && (json[first] != '0' || integerEnd - first == 1)
            && (scale > 0 || i == integerEnd)
            && i - first < 19
            && (uint)i < (uint)json.Length
            && json[i] is (byte)',' or (byte)'}' or (byte)']' or (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t';
        if (!isCommon)
        {
            value = 0;
            return false;
        }

        _position = i;
        value = new decimal((int)digits, (int)(digits >> 32), 0, isNegative, (byte)scale);
        return true;
    }

    private bool TryReadUnusualInt32(out int value)
    {
        value = 0;
        if (IsTextForNumber())
        {
            return ReadTextAsNumber(out OcppJsonReader text) && TakeFromText(ref text, text.ReadInt32(), out value);
        }

        if (!TryReadNumberToken(out Utf8JsonReader number))
        {
            return false;
        }

        if (number.TryGetInt32(out value))
        {
            return true;
        }

        // A decimal rounds: 1e-400 becomes 0, and 5.000...01 becomes 5. Only the digits show whether it is an integer.
        if (!IsInteger(number.ValueSpan))
        {
            Lose(OcppRule.Type);
            return false;
        }

        if (number.TryGetDecimal(out decimal exact) && exact is >= int.MinValue and <= int.MaxValue)
        {
            value = (int)exact;
            return true;
        }

        Lose(OcppRule.NumberRange);
        return false;
    }

    private bool TryReadUnusualDecimal(out decimal value)
    {
        value = 0;
        if (IsTextForNumber())
        {
            return ReadTextAsNumber(out OcppJsonReader text) && TakeFromText(ref text, text.ReadDecimal(), out value);
        }

        if (!TryReadNumberToken(out Utf8JsonReader number))
        {
            return false;
        }

        if (number.TryGetDecimal(out value))
        {
            return true;
        }

        Lose(OcppRule.NumberRange);
        return false;
    }

    /// <summary>Whether a string is next and may hold the number that is expected.</summary>
    private bool IsTextForNumber()
    {
        if (Options is not { NumbersFromText: true })
        {
            return false;
        }

        SkipWhiteSpace();
        return Peek() == '"';
    }

    /// <summary>Reads the string that may hold a number; the number has to begin and end where it does.</summary>
    private bool ReadTextAsNumber(out OcppJsonReader text)
    {
        text = default;
        if (!ReadRawText(out ReadOnlySpan<byte> content, out _))
        {
            return false;
        }

        if (content.IsEmpty || content.IndexOfAnyExcept(s_numberCharacters) >= 0)
        {
            Lose(OcppRule.Type);
            return false;
        }

        text = new OcppJsonReader(content, _errorMap);
        return true;
    }

    private bool TakeFromText<T>(ref OcppJsonReader text, T? read, out T value)
        where T : struct
    {
        value = read.GetValueOrDefault();
        if (!text.End())
        {
            Lose(OcppRule.Type);
            return false;
        }

        Tolerate(OcppRule.Type);
        return true;
    }

    /// <summary>Whether only zeros follow the decimal point, once the exponent has moved it.</summary>
    private static bool IsInteger(ReadOnlySpan<byte> number)
    {
        int end = number.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = end < 0 ? number : number[..end];
        int last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        if (last < 0)
        {
            return true;
        }

        int point = mantissa.IndexOf((byte)'.');
        int integerEnd = point < 0 ? mantissa.Length : point;
        int decimals = last < integerEnd ? last - integerEnd + 1 : last - point;
        if (end < 0)
        {
            return decimals <= 0;
        }

        ReadOnlySpan<byte> exponent = number[(end + 1)..];
        return int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int moved)
            ? decimals <= moved
            : exponent[0] != '-';
    }

    /// <summary>Reads any number that JSON knows, and steps behind it.</summary>
    private bool TryReadNumberToken(out Utf8JsonReader number)
    {
        number = default;
        SkipWhiteSpace();
        if (Peek() is not ('-' or (>= '0' and <= '9')))
        {
            WrongType(OcppRule.Type);
            return false;
        }

        ReadOnlySpan<byte> rest = _json[_position..];
        int end = rest.IndexOfAnyExcept(s_numberCharacters);
        number = new Utf8JsonReader(end < 0 ? rest : rest[..end]);
        if (!SkipNumber())
        {
            return false;
        }

        number.Read();
        return true;
    }

    /// <summary>Steps over a number (RFC 8259 section 6).</summary>
    private bool SkipNumber()
    {
        ReadOnlySpan<byte> json = _json;
        int i = _position;
        if (json[i] == '-')
        {
            i++;
        }

        int integer = CountDigits(json, i);
        bool isValid = integer > 0 && (json[i] != '0' || integer == 1);
        i += integer;
        if (isValid && (uint)i < (uint)json.Length && json[i] == '.')
        {
            int fraction = CountDigits(json, i + 1);
            isValid = fraction > 0;
            i += 1 + fraction;
        }

        if (isValid && (uint)i < (uint)json.Length && (json[i] | 0x20) == 'e')
        {
            i++;
            if ((uint)i < (uint)json.Length && json[i] is (byte)'+' or (byte)'-')
            {
                i++;
            }

            int exponent = CountDigits(json, i);
            isValid = exponent > 0;
            i += exponent;
        }

        // What follows must end the number: 1.2.3 and 0x10 are not numbers.
        isValid &=
            (uint)i >= (uint)json.Length
            || json[i] is (byte)',' or (byte)'}' or (byte)']' or (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t';
        if (!isValid)
        {
            return Malformed(OcppRule.MalformedJson, Math.Min(i, json.Length));
        }

        _position = i;
        return true;
    }

    private static int CountDigits(ReadOnlySpan<byte> json, int start)
    {
        int i = start;
        while ((uint)i < (uint)json.Length && json[i] - (uint)'0' <= 9)
        {
            i++;
        }

        return i - start;
    }
}
