using System.Globalization;
using System.Text;

namespace Ocpp.Schemas.CSharp;

/// <summary>String literals of C#.</summary>
internal static class CSharpLiteral
{
    /// <summary>
    /// The literal of a string, on one line. What is invisible or changes how the text around it is displayed is
    /// escaped.
    /// </summary>
    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i) && !IsEscaped(CharUnicodeInfo.GetUnicodeCategory(text, i)))
            {
                literal.Append(text, i++, 2);
            }
            else
            {
                literal.Append(Escape(text[i]));
            }
        }

        return literal.Append('"').ToString();
    }

    private static string Escape(char c) =>
        c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\0' => "\\0",
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            _ when IsEscaped(char.GetUnicodeCategory(c)) => "\\u"
                + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
            _ => c.ToString(),
        };

    private static bool IsEscaped(UnicodeCategory category) =>
        category
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned;
}
