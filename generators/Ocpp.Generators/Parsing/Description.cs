using System.Net;
using System.Text;

namespace Ocpp.Generators.Parsing;

/// <summary>Descriptions as plain text: published schemas carry line breaks, tabs, HTML entities and links in them.</summary>
internal static class Description
{
    public static string Clean(string? description)
    {
        string text = WebUtility.HtmlDecode(description ?? "").Replace("<<", "").Replace(">>", "");
        var clean = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool isSpace = char.IsWhiteSpace(c) || char.IsControl(c);
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
}
