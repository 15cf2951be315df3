using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Ocpp.Schemas.Parsing;

/// <summary>
/// Descriptions as plain text: published schemas carry line breaks, tabs, HTML entities and links in them.
/// </summary>
internal static class Description
{
    private const int MaxDecodings = 8;

    /// <summary>
    /// A link of AsciiDoc, <c>&lt;&lt;id&gt;&gt;</c> or <c>&lt;&lt;id,text&gt;&gt;</c>: the text is what a reader sees.
    /// </summary>
    private static readonly Regex s_link = new(
        "<<(?!\\s)(?:[^<>,]*,(?!\\s*>>))?([^<>]*)>>",
        RegexOptions.CultureInvariant
    );

    /// <summary>An ampersand that was encoded once or more often.</summary>
    private static readonly Regex s_ampersand = new("&(?:(?:amp|#0*38|#[xX]0*26);)+", RegexOptions.CultureInvariant);

    public static string Clean(string? description)
    {
        string text = s_link.Replace(Decode(description ?? ""), "$1");
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (IsBidirectionalControl(c))
            {
                continue;
            }

            bool isSpace = char.IsWhiteSpace(c) || char.IsControl(c) || !IsTextAt(text, i);
            if (!isSpace)
            {
                clean.Append(c);
            }
            else if (clean.Length > 0 && clean[clean.Length - 1] != ' ')
            {
                clean.Append(' ');
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>
    /// Whether all of it is allowed in a doc comment: no unpaired surrogate, no character that XML forbids.
    /// </summary>
    public static bool IsText(string text) => Enumerable.Range(0, text.Length).All(i => IsTextAt(text, i));

    /// <summary>
    /// Decodes HTML entities, also those that were encoded again and again on their way: what was encoded more than
    /// once is an ampersand with the rest of others behind it, and is put right in one pass, however many they are.
    /// </summary>
    private static string Decode(string text)
    {
        // The letters of an entity may be encoded too; many levels of that are not a description.
        string encoded;
        int rounds = 0;
        do
        {
            encoded = text;
            text = WebUtility.HtmlDecode(s_ampersand.Replace(encoded, "&"));
        } while (text != encoded && ++rounds < MaxDecodings);
        return text;
    }

    /// <summary>
    /// What turns the direction of the text around it: a comment with it shows as something else than it is.
    /// </summary>
    private static bool IsBidirectionalControl(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsTextAt(string text, int i) =>
        XmlConvert.IsXmlChar(text[i])
        || (i + 1 < text.Length && char.IsSurrogatePair(text, i))
        || (i > 0 && char.IsSurrogatePair(text, i - 1));
}
