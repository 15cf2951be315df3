using System.Security;

namespace Ocpp.Generators.Emitting;

/// <summary>The text of doc comments.</summary>
internal static class DocComment
{
    public const int MaxWidth = 110;

    /// <summary>Stands for the beginning of a reference while lines are broken: its space is no place for that.</summary>
    private const string SeeCref = "<see\u00A0cref=";

    public static string Escape(string text) => SecurityElement.Escape(text)!.Replace("&apos;", "'").Replace("&quot;", "\"");

    public static IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in text.Replace("<see cref=", SeeCref).Split(' ').Select(word => word.Replace(SeeCref, "<see cref=")))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > MaxWidth)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : line + " " + word;
        }

        yield return line;
    }
}
