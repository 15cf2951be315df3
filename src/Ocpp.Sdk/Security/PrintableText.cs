using System.Globalization;
using System.Text;

namespace Ocpp.Security;

/// <summary>
/// Text of a peer, made safe for logs, terminals, exceptions and reports: it can't forge a line, move the cursor or
/// turn the direction of the text around it. Everything in this SDK that puts a peer's text into words uses it.
/// </summary>
public static class PrintableText
{
    /// <summary>The default for the most characters of a text.</summary>
    public const int DefaultMaxLength = 256;

    private const int EscapeLength = 6;
    private const char Ellipsis = '\u2026';

    /// <summary>
    /// Escapes what can't be seen as <c>\u001B</c>, one escape a UTF-16 code unit: control and format characters, line
    /// and paragraph separators, half surrogate pairs, private and unassigned characters. All else is kept, backslashes
    /// too: the result is for reading, and can't always be turned back.
    /// </summary>
    /// <param name="text">The text; <see langword="null"/> counts as empty.</param>
    /// <param name="maxLength">
    /// The most UTF-16 code units of the result, at least 1. A longer result is cut, and ends with an ellipsis
    /// (U+2026).
    /// </param>
    /// <returns>The same string if there is nothing to escape or to cut.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    public static string Of(string? text, int maxLength = DefaultMaxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        return text.Length <= maxLength && IsPrintable(text) ? text : Escape(text, maxLength);
    }

    /// <summary>Whether a text has nothing that <see cref="Of"/> escapes.</summary>
    public static bool IsPrintable(ReadOnlySpan<char> text)
    {
        int i = text.IndexOfAnyExceptInRange(' ', '~');
        while ((uint)i < (uint)text.Length)
        {
            if (!IsPrintableAt(text[i..], out int length))
            {
                return false;
            }

            i += length;
        }

        return true;
    }

    private static string Escape(string text, int maxLength)
    {
        var printable = new StringBuilder(Math.Min(text.Length, maxLength));
        int cut = 0; // where the last piece began that leaves room for the ellipsis
        for (int i = 0; i < text.Length; )
        {
            bool isPrintable = IsPrintableAt(text.AsSpan(i), out int length);
            if (printable.Length < maxLength)
            {
                cut = printable.Length;
            }

            if (printable.Length + (isPrintable ? length : length * EscapeLength) > maxLength)
            {
                printable.Length = cut;
                return printable.Append(Ellipsis).ToString();
            }

            foreach (char c in text.AsSpan(i, length))
            {
                _ = isPrintable
                    ? printable.Append(c)
                    : printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }

            i += length;
        }

        return printable.ToString();
    }

    private static bool IsPrintableAt(ReadOnlySpan<char> text, out int length)
    {
        char first = text[0];
        length = 1;
        if (char.IsAscii(first))
        {
            return !char.IsControl(first);
        }

        if (Rune.DecodeFromUtf16(text, out Rune rune, out length) != System.Buffers.OperationStatus.Done)
        {
            length = 1;
            return false;
        }

        return Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
    }
}
