using System.Globalization;
using System.Text;

namespace Ocpp.Tool.Checking;

/// <summary>
/// Text that a log writes within quotes: a field of a JSON object, a quoted field of <c>key="value"</c>, or a field of
/// CSV, in which quotes are doubled.
/// </summary>
internal static class QuotedText
{
    /// <summary>Takes away one level of escapes, to the quote that ends the text.</summary>
    /// <param name="text">The text, from somewhere behind its opening quote on.</param>
    /// <param name="plain">
    /// Gets what it means; as long as <paramref name="text"/> at least, and it may not overlap.
    /// </param>
    /// <param name="read">How many bytes of <paramref name="text"/> were read, with the quote at its end.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> plain, out int read)
    {
        int first = text.IndexOfAny((byte)'"', (byte)'\\');
        return first >= 0 && text[first] == '"'
            ? DecodeDoubled(text, plain, out read)
            : DecodeBackslashes(text, plain, out read);
    }

    private static int DecodeDoubled(ReadOnlySpan<byte> text, Span<byte> plain, out int read)
    {
        int written = 0;
        for (read = 0; read < text.Length; )
        {
            int length = LengthUntil(text[read..].IndexOf((byte)'"'), text.Length - read);
            Copy(text.Slice(read, length), plain, ref written);
            read += length;
            if (read == text.Length)
            {
                break;
            }

            read++;
            if (read == text.Length || text[read] != '"')
            {
                break;
            }

            plain[written++] = (byte)'"';
            read++;
        }

        return written;
    }

    private static int DecodeBackslashes(ReadOnlySpan<byte> text, Span<byte> plain, out int read)
    {
        int written = 0;
        for (read = 0; read < text.Length; )
        {
            int length = LengthUntil(text[read..].IndexOfAny((byte)'"', (byte)'\\'), text.Length - read);
            Copy(text.Slice(read, length), plain, ref written);
            read += length;
            if (read == text.Length)
            {
                break;
            }

            if (text[read] == '"')
            {
                read++;
                break;
            }

            read += DecodeEscape(text[read..], plain[written..], out int count);
            written += count;
        }

        return written;
    }

    /// <summary>Decodes one escape, which begins with a backslash. What is none stays as it is.</summary>
    private static int DecodeEscape(ReadOnlySpan<byte> text, Span<byte> plain, out int written)
    {
        written = 1;
        switch (text.Length > 1 ? text[1] : 0)
        {
            case (byte)'"' or (byte)'\'' or (byte)'\\' or (byte)'/':
                plain[0] = text[1];
                return 2;
            case (byte)'n':
                plain[0] = (byte)'\n';
                return 2;
            case (byte)'r':
                plain[0] = (byte)'\r';
                return 2;
            case (byte)'t':
                plain[0] = (byte)'\t';
                return 2;
            case (byte)'b':
                plain[0] = (byte)'\b';
                return 2;
            case (byte)'f':
                plain[0] = (byte)'\f';
                return 2;
            case (byte)'x' when TryReadHex(text, 2, 2, out int value):
                plain[0] = (byte)value;
                return 4;
            case (byte)'u' when TryReadHex(text, 2, 4, out int value):
                if (
                    char.IsHighSurrogate((char)value)
                    && text[6..] is [(byte)'\\', (byte)'u', ..]
                    && TryReadHex(text, 8, 4, out int low)
                    && char.IsLowSurrogate((char)low)
                )
                {
                    written = new Rune((char)value, (char)low).EncodeToUtf8(plain);
                    return 12;
                }

                written = (Rune.TryCreate(value, out Rune rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(plain);
                return 6;
            default:
                plain[0] = (byte)'\\';
                return 1;
        }
    }

    private static bool TryReadHex(ReadOnlySpan<byte> text, int start, int length, out int value)
    {
        value = 0;
        return text.Length >= start + length
            && int.TryParse(
                text.Slice(start, length),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out value
            );
    }

    private static int LengthUntil(int index, int all) => index < 0 ? all : index;

    private static void Copy(ReadOnlySpan<byte> text, Span<byte> plain, ref int written)
    {
        text.CopyTo(plain[written..]);
        written += text.Length;
    }
}
