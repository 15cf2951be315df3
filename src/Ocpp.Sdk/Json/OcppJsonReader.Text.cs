using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Ocpp.Validation;

namespace Ocpp.Json;

// Texts. Nearly all are plain ASCII without escapes: one search for the closing quote, one widening copy. PEM is ASCII
// with simple escapes: it is searched and unescaped at once, into a pooled buffer. The rest is searched first, and
// decoded then.
public ref partial struct OcppJsonReader
{
    private static readonly SearchValues<byte> s_quoteBackslashOrControl = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"u8
            + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F"u8
    );

    /// <summary>Reads a string.</summary>
    /// <param name="maxLength">The maximum length in code points.</param>
    /// <returns>The string, or <see langword="null"/> if it is missing or invalid.</returns>
    /// <remarks>Not inlined: a reader of many texts would hold all of this as many times, and be no faster.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public string? ReadString(int maxLength = int.MaxValue)
    {
        ReadOnlySpan<byte> json = _json;
        if ((uint)_position >= (uint)json.Length || json[_position] != '"')
        {
            return ReadStringSlow(maxLength);
        }

        int start = _position + 1;
        int end = AsciiText.IndexOfSpecial(json, start);
        if ((uint)end >= (uint)json.Length || json[end] != '"')
        {
            return ReadUnusualString(start, end, maxLength);
        }

        _position = end + 1;
        if (end - start > maxLength)
        {
            TooLong(maxLength, end - start);
        }

        ReadOnlySpan<byte> text = json[start..end];
        return text.Length is > 0 and <= ShortTexts.MaxLength ? ShortTexts.Get(text) : AsciiText.ToString(text);
    }

    /// <summary>Reads a string that must be an absolute URI.</summary>
    /// <returns>The string, or <see langword="null"/> if it is missing or not a string.</returns>
    public string? ReadUri(int maxLength = int.MaxValue)
    {
        string? text = ReadString(maxLength);
        if (text is not null && !AbsoluteUri.IsValid(text))
        {
            Violate(OcppRule.Uri);
        }

        return text;
    }

    /// <summary>
    /// Reads the name of an enumeration's value: its bytes, without escapes. Empty if it is missing or invalid.
    /// </summary>
    public ReadOnlySpan<byte> ReadName()
    {
        if (!BeginsWith((byte)'"'))
        {
            return default;
        }

        return ReadRawText(out ReadOnlySpan<byte> text, out _) ? text : default;
    }

    /// <summary>The name that was just read is not defined in the enumeration.</summary>
    public void UnknownName()
    {
        if (!_valueLost && !IsStopped)
        {
            Lose(OcppRule.Enum);
        }
    }

    /// <summary>Reads a string after white space, or a number in its place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private string? ReadStringSlow(int maxLength)
    {
        SkipWhiteSpace();
        int start = _position;
        int first = Peek();
        if (first == '"')
        {
            return ReadString(maxLength);
        }

        if (Options is not { TextFromNumbers: true } || first is not ('-' or (>= '0' and <= '9')))
        {
            WrongType(OcppRule.Type);
            return null;
        }

        if (!SkipNumber())
        {
            return null;
        }

        Tolerate(OcppRule.Type);
        if (_position - start > maxLength)
        {
            TooLong(maxLength, _position - start);
        }

        return Encoding.ASCII.GetString(_json[start.._position]);
    }

    /// <summary>Finds the end of a string, from its first special byte on, and steps behind it.</summary>
    private bool ScanText(int start, int special, out ReadOnlySpan<byte> raw)
    {
        ReadOnlySpan<byte> json = _json;
        raw = default;
        int i = special;
        bool isAscii = true;
        while ((uint)i < (uint)json.Length)
        {
            byte b = json[i];
            if (b == '"')
            {
                raw = json[start..i];
                _position = i + 1;
                return true;
            }

            if (b == '\\')
            {
                byte next = (uint)(i + 1) < (uint)json.Length ? json[i + 1] : (byte)0;
                if (AsciiText.Unescape(next) != 0)
                {
                    i += 2;
                }
                else if (next == 'u' && json.Length - i >= 6 && TryParseHex(json.Slice(i + 2, 4), out _))
                {
                    i += 6;
                }
                else
                {
                    return Malformed(OcppRule.MalformedJson, i);
                }
            }
            else if (b < ' ')
            {
                return Malformed(OcppRule.MalformedJson, i);
            }
            else
            {
                isAscii = false;
                i++;
            }

            i = isAscii ? AsciiText.IndexOfSpecial(json, i) : IndexOfSpecialBeyondAscii(json, i);
        }

        return Malformed(OcppRule.MalformedJson, json.Length);
    }

    private static int IndexOfSpecialBeyondAscii(ReadOnlySpan<byte> json, int start)
    {
        int found = json[start..].IndexOfAny(s_quoteBackslashOrControl);
        return found < 0 ? json.Length : start + found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string? ReadUnusualString(int start, int special, int maxLength)
    {
        // A string has no more characters than bytes, and of a string that is too long only the length matters.
        ReadOnlySpan<byte> json = _json;
        int most = json.Length - start;
        char[] rented = ArrayPool<char>.Shared.Rent(most <= maxLength ? most : maxLength + Vector128<byte>.Count);
        int end = start;
        int length = AsciiText.Unescape(json, ref end, rented);
        string? text;
        if ((uint)end < (uint)json.Length && json[end] == '"')
        {
            _position = end + 1;
            if (length > maxLength)
            {
                TooLong(maxLength, length);
            }

            text = new string(rented, 0, length);
            ArrayPool<char>.Shared.Return(rented);
            return text;
        }

        ArrayPool<char>.Shared.Return(rented);
        return ScanText(start, special, out ReadOnlySpan<byte> raw) ? DecodeText(raw, start, maxLength) : null;
    }

    /// <summary>Decodes a string with characters beyond ASCII, and counts its code points.</summary>
    private string? DecodeText(ReadOnlySpan<byte> raw, int start, int maxLength)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(raw.Length);
        if (!TryDecode(raw, rented, out int length))
        {
            ArrayPool<char>.Shared.Return(rented);
            Lose(OcppRule.InvalidText, actual: start);
            return null;
        }

        ReadOnlySpan<char> text = rented.AsSpan(0, length);
        if (length > maxLength && CodePoints.Count(text) is int count && count > maxLength)
        {
            TooLong(maxLength, count);
        }

        string result = text.ToString();
        ArrayPool<char>.Shared.Return(rented);
        return result;
    }

    /// <summary>Decodes UTF-8 with escapes. Refuses bytes that are not UTF-8, and unpaired surrogates.</summary>
    private static bool TryDecode(ReadOnlySpan<byte> raw, Span<char> text, out int length)
    {
        length = 0;
        bool needsLow = false;
        while (!raw.IsEmpty)
        {
            if (raw[0] != '\\')
            {
                int plain = raw.IndexOf((byte)'\\');
                ReadOnlySpan<byte> run = plain < 0 ? raw : raw[..plain];
                if (
                    needsLow
                    || Utf8.ToUtf16(run, text[length..], out _, out int written, replaceInvalidSequences: false)
                        != OperationStatus.Done
                )
                {
                    return false;
                }

                length += written;
                raw = raw[run.Length..];
            }
            else if (raw[1] != 'u')
            {
                if (needsLow)
                {
                    return false;
                }

                text[length++] = (char)AsciiText.Unescape(raw[1]);
                raw = raw[2..];
            }
            else
            {
                if (!TryParseHex(raw.Slice(2, 4), out char unit) || needsLow != char.IsLowSurrogate(unit))
                {
                    return false;
                }

                needsLow = char.IsHighSurrogate(unit);
                text[length++] = unit;
                raw = raw[6..];
            }
        }

        return !needsLow;
    }

    /// <summary>Reads a string as bytes, with its escapes resolved. The position is at its quote.</summary>
    private bool ReadRawText(out ReadOnlySpan<byte> text, out bool hasEscapes)
    {
        ReadOnlySpan<byte> json = _json;
        int start = _position + 1;
        int end = AsciiText.IndexOfSpecial(json, start);
        hasEscapes = false;
        if ((uint)end < (uint)json.Length && json[end] == '"')
        {
            text = json[start..end];
            _position = end + 1;
            return true;
        }

        return ReadUnusualRawText(start, end, out text, out hasEscapes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ReadUnusualRawText(int start, int special, out ReadOnlySpan<byte> text, out bool hasEscapes)
    {
        text = default;
        hasEscapes = false;
        if (!ScanText(start, special, out ReadOnlySpan<byte> raw))
        {
            return false;
        }

        text = raw;
        hasEscapes = raw.Contains((byte)'\\');
        if (!hasEscapes)
        {
            return Utf8.IsValid(text) || Malformed(OcppRule.InvalidText, start);
        }

        char[] rented = ArrayPool<char>.Shared.Rent(text.Length);
        bool isValid = TryDecode(text, rented, out int length);
        if (isValid)
        {
            text = Encoding.UTF8.GetBytes(rented, 0, length);
        }

        ArrayPool<char>.Shared.Return(rented);
        return isValid || Malformed(OcppRule.InvalidText, start);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TooLong(int maxLength, int actual) => Violate(OcppRule.MaxLength, limit: maxLength, actual: actual);

    private static bool TryParseHex(ReadOnlySpan<byte> digits, out char unit)
    {
        int value = 0;
        unit = '\0';
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        unit = (char)value;
        return true;
    }
}
