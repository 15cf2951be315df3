using System.Text.RegularExpressions;

namespace Ocpp.Architecture.Tests;

/// <summary>
/// A line has at most 120 columns, also in what CSharpier does not break: literals, comments and names. Longer are only
/// lines of raw string literals, and JSON and PEM that a test sends or expects, which are found in one piece.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int MaxColumns = 120;

    [Theory]
    [InlineData("generators")]
    [InlineData("samples")]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_line_has_at_most_120_columns(string folder)
    {
        string[] faults =
        [
            .. Repository
                .SourceFiles(folder)
                .Where(file => !IsSnapshot(file))
                .SelectMany(file =>
                    LongLines(File.ReadAllLines(file))
                        .Where(line => folder != "tests" || !WireText().IsMatch(line.Text))
                        .Select(line => $"{Path.GetRelativePath(Repository.Folder, file)}:{line.Number}")
                ),
        ];

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(""" "{\"a \\\" b\":1}",""", true)]
    [InlineData(""" + $"{{\"a\":{b},\"c\":1}}";""", true)]
    [InlineData(""" const string A = @"-----BEGIN CERTIFICATE-----\nMIIB";""", true)]
    [InlineData(""" "a \"b\" c",""", false)]
    [InlineData(""" Call("{\"a\":1}", "b");""", false)]
    [InlineData(""" // {"a":1}""", false)]
    [InlineData(""" public async Task A_b_c()""", false)]
    public void A_line_of_wire_text_is_a_single_literal_with_JSON_or_PEM(string line, bool isWireText) =>
        Assert.Equal(isWireText, WireText().IsMatch(line));

    [Fact]
    public void A_line_of_wire_text_may_be_a_raw_string_literal() =>
        Assert.Matches(WireText(), "    \"\"\"[2,\"1\",\"Heartbeat\",{\"a\":1}]\"\"\",");

    [Fact]
    public void Lines_of_a_raw_string_literal_may_be_longer_and_those_around_it_not()
    {
        string text = new('a', MaxColumns + 1);
        string[] lines = [text, "f(\"\"\"", text, "\"\"\");", text, "f(\"\"\"a\"\"\");", text];

        Assert.Equal([1, 5, 7], LongLines(lines).Select(line => line.Number));
    }

    private static bool IsSnapshot(string file) => file.EndsWith(".verified.cs", StringComparison.Ordinal);

    // What is in a raw string literal is output, wire text or a query, line by line.
    private static IEnumerable<(int Number, string Text)> LongLines(string[] lines)
    {
        bool isRaw = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!isRaw && lines[i].Length > MaxColumns)
            {
                yield return (i + 1, lines[i]);
            }

            isRaw ^= RawQuotes().Count(lines[i]) % 2 != 0;
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    [GeneratedRegex(
        "^ *(return |=> |: |\\? |\\+ |const string \\w+ = )?[$@]*"
            + "(?=.*(\\{\\\\?\"|-----BEGIN))(\"{3}.*\"{3}|\"([^\"\\\\]|\\\\.)*\")[,;)]*$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex WireText();
}
