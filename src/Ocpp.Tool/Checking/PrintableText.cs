using System.Globalization;
using System.Text;

namespace Ocpp.Tool.Checking;

/// <summary>
/// Text from outside, fit for a terminal: whoever writes a message id must not be able to move the cursor, turn the direction
/// of the text or forge a line.
/// </summary>
internal static class PrintableText
{
    /// <summary>Replaces what can't be seen by its escape, such as <c>\u001B</c>.</summary>
    public static string Of(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        var printable = new StringBuilder();
        foreach (char c in text)
        {
            _ = IsPlain(c) ? printable.Append(c) : printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return printable.ToString();
    }

    private static bool IsPlain(char c) =>
        char.IsAscii(c)
            ? !char.IsControl(c)
            : char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned);
}
