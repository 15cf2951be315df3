using System.Text.RegularExpressions;

namespace Ocpp.Tool;

/// <summary>Text as Markdown: nothing in it is taken for a mark.</summary>
internal static partial class Markdown
{
    /// <summary>Text to be read as it is.</summary>
    public static string Text(string text) => BlockMark().Replace(InlineMark().Replace(text, @"\$0"), @"$1\$2");

    /// <summary>Text as code.</summary>
    public static string Code(string text)
    {
        int longest = Backticks().Matches(text).Select(match => match.Length).DefaultIfEmpty().Max();
        var fence = new string('`', longest + 1);
        return longest == 0 ? $"`{text}`" : $"{fence} {text} {fence}";
    }

    /// <summary>A row of a table.</summary>
    public static string Row(params IEnumerable<string> cells) =>
        "| " + string.Join(" | ", cells.Select(cell => cell.Replace("|", @"\|", StringComparison.Ordinal))) + " |";

    [GeneratedRegex(@"[\\`*_\[\]<>&~$]")]
    private static partial Regex InlineMark();

    /// <summary>What begins a heading, a list or a rule, where a paragraph begins with it.</summary>
    [GeneratedRegex(@"^(\d*)([-+=#.)])")]
    private static partial Regex BlockMark();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
