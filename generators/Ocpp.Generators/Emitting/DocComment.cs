using System.Security;

namespace Ocpp.Generators.Emitting;

/// <summary>The text of doc comments.</summary>
internal static class DocComment
{
    public const int MaxWidth = 110;

    public static string Escape(string text) => SecurityElement.Escape(text)!.Replace("&apos;", "'").Replace("&quot;", "\"");

    public static IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
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
