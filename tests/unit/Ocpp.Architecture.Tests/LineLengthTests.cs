using System.Text.RegularExpressions;

namespace Ocpp.Architecture.Tests;

/// <summary>A line has at most 120 columns, in what CSharpier does not break: literals, comments and names.</summary>
public sealed partial class LineLengthTests
{
    private const int MaxColumns = 120;

    /// <summary>Lines that may be longer, by what is on them: each with its folder and the reason.</summary>
    private static readonly (string Folder, Regex Line, string Reason)[] s_exceptions =
    [
        ("", Reference(), "a reference of a doc comment is one word to the compiler"),
        ("tests", TestName(), "the name of a test is a sentence"),
        ("tests", Literal(), "a text that a test sends or expects is found in one piece"),
    ];

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
                        .Where(line => !s_exceptions.Any(one => Allows(one, folder, line.Text)))
                        .Select(line => $"{Path.GetRelativePath(Repository.Folder, file)}:{line.Number}")
                ),
        ];

        Assert.Empty(faults);
    }

    [Fact]
    public void Each_exception_is_needed()
    {
        string[] lines =
        [
            .. Repository
                .SourceFiles("tests")
                .Concat(Repository.SourceFiles("src"))
                .Where(file => !IsSnapshot(file))
                .SelectMany(file => LongLines(File.ReadAllLines(file)).Select(line => line.Text)),
        ];

        Assert.All(s_exceptions, one => Assert.True(lines.Any(one.Line.IsMatch), one.Reason));
    }

    [Theory]
    [InlineData("/// <inheritdoc cref=\"A.B(C, D)\" path=\"/exception\"/>", true)]
    [InlineData("/// <inheritdoc cref=\"A\"/> and more", false)]
    [InlineData("\"a \\\" b\",", true)]
    [InlineData("+ $\"a {b} c\";", true)]
    [InlineData("\"\"\"[2,\"1\",\"Heartbeat\",{}]\"\"\",", true)]
    [InlineData("const string A = @\"a\\b\";", true)]
    [InlineData("Call(\"a\", \"b\");", false)]
    [InlineData("// a comment", false)]
    [InlineData("public async Task A_b_c()", true)]
    [InlineData("public async Task<int> ReadAsync(int a, int b)", false)]
    public void Exceptions_are_recognized(string line, bool isException) =>
        Assert.Equal(isException, s_exceptions.Any(one => Allows(one, "tests", "    " + line)));

    [Fact]
    public void Lines_of_a_raw_string_literal_may_be_longer_and_those_around_it_not()
    {
        string text = new('a', MaxColumns + 1);
        string[] lines = [text, "f(\"\"\"", text, "\"\"\");", text, "f(\"\"\"a\"\"\");", text];

        Assert.Equal([1, 5, 7], LongLines(lines).Select(line => line.Number));
    }

    private static bool Allows((string Folder, Regex Line, string Reason) exception, string folder, string line) =>
        (exception.Folder.Length == 0 || exception.Folder == folder) && exception.Line.IsMatch(line);

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
        "^ *///.* ?<(?:see|inheritdoc) cref=\"[^\"]+\"(?: path=\"[^\"]+\")?/>$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Reference();

    [GeneratedRegex(@"^ *public (async )?(Task|void) \w+\(", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(
        "^ *(return |=> |: |\\? |\\+ |const string \\w+ = )?[$@]*(\"{3}.*\"{3}|\"([^\"\\\\]|\\\\.)*\")[,;)]*$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Literal();
}
