using System.Net;
using System.Text;
using System.Xml;

namespace Ocpp.Generators.Parsing;

/// <summary>Descriptions as plain text: published schemas carry line breaks, tabs, HTML entities and links in them.</summary>
internal static class Description
{
    public static string Clean(string? description)
    {
        string text = WebUtility.HtmlDecode(description ?? "").Replace("<<", "").Replace(">>", "");
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
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

    /// <summary>Whether all of it can stand in a doc comment: no half of a surrogate pair, nothing that XML has no place for.</summary>
    public static bool IsText(string text) => Enumerable.Range(0, text.Length).All(i => IsTextAt(text, i));

    private static bool IsTextAt(string text, int i) =>
        XmlConvert.IsXmlChar(text[i])
        || (i + 1 < text.Length && char.IsSurrogatePair(text, i))
        || (i > 0 && char.IsSurrogatePair(text, i - 1));
}
