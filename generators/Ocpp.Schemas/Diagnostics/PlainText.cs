using System.Globalization;
using System.Text;

namespace Ocpp.Schemas.Diagnostics;

/// <summary>
/// Text of a schema within a diagnostic. A build's output goes to terminals and logs, where it must neither move the
/// cursor, turn the direction of the text nor forge a line.
/// </summary>
internal static class PlainText
{
    private const int MaxLength = 300;

    /// <summary>
    /// Replaces what can't be seen by its code point, such as <c>U+2028</c>, and cuts what is too long to be read.
    /// </summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < text.Length && plain.Length < MaxLength; i++)
        {
            if (char.IsSurrogatePair(text, i) && !IsHidden(CharUnicodeInfo.GetUnicodeCategory(text, i)))
            {
                plain.Append(text, i++, 2);
            }
            else if (IsHidden(char.GetUnicodeCategory(text[i])))
            {
                plain.Append("U+").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.Length < MaxLength ? plain.ToString() : plain.Append('…').ToString();
    }

    private static bool IsHidden(UnicodeCategory category) =>
        category
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
}
