using System.Security;

namespace Ocpp.Generators.Emitting;

/// <summary>Doc comments.</summary>
internal static class DocComment
{
    private const int MaxWidth = 110;

    /// <summary>
    /// Takes the place of the beginning of a reference while lines are broken: no line ends at its space.
    /// </summary>
    private const string SeeCref = "<see\u00A0cref=";

    /// <summary>The element <c>summary</c> with XML in it.</summary>
    public static SourceCode Summary(string xml) => Element("summary", xml);

    /// <summary>The element <c>remarks</c> with XML in it; nothing if there is none.</summary>
    public static SourceCode Remarks(string xml) => SourceCode.If(xml.Length > 0, Element("remarks", xml));

    /// <summary>Plain text as XML.</summary>
    public static string Escape(string text) =>
        SecurityElement.Escape(text)!.Replace("&apos;", "'").Replace("&quot;", "\"");

    private static SourceCode Element(string name, string xml)
    {
        string line = $"<{name}>{xml}</{name}>";
        if (line.Length <= MaxWidth)
        {
            return $"/// {line}";
        }

        return $"""
            /// <{name}>
            {SourceCode.Lines(Wrap(xml), static line => $"/// {line}")}
            /// </{name}>
            """;
    }

    private static IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in text.Replace("<see cref=", SeeCref).Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > MaxWidth)
            {
                yield return line.Replace(SeeCref, "<see cref=");
                line = "";
            }

            line = line.Length == 0 ? word : line + " " + word;
        }

        yield return line.Replace(SeeCref, "<see cref=");
    }
}
