using Ocpp.Generators.Emitting;
using Xunit;

namespace Ocpp.Generators.Tests;

public class SourceCodeTests
{
    private static readonly string[] s_none = [];

    [Fact]
    public void A_template_is_written_as_it_is_with_the_text_and_numbers_inserted()
    {
        string name = "Voltage";
        SourceCode code = $$"""
            public int {{name}} { get; } = {{-230}};

            // {{name}}
            """;

        AssertFile("public int Voltage { get; } = -230;\n\n// Voltage\n", code);
    }

    [Fact]
    public void Inserted_code_is_indented_like_the_line_that_it_is_inserted_into_and_blank_lines_stay_empty()
    {
        SourceCode body = $"""
            First();

                Second();
            """;
        SourceCode code = $$"""
            void Run()
            {
                {{body}}
                Last({{body}});
            }
            """;

        AssertFile(
            "void Run()\n{\n    First();\n\n        Second();\n    Last(First();\n\n        Second(););\n}\n",
            code
        );
    }

    [Fact]
    public void Inserted_code_that_is_empty_takes_its_line_away()
    {
        SourceCode code = $$"""
            First();
            {{SourceCode.Empty}}
            Second();
            {{SourceCode.If(false, $"Third();")}}
            """;

        AssertFile("First();\nSecond();\n", code);
    }

    [Fact]
    public void Inserted_code_that_is_empty_takes_the_blank_line_after_it_away()
    {
        SourceCode code = $$"""
            First();

            {{SourceCode.Lines(s_none, static name => $"{name}")}}

            Second();
            """;

        AssertFile("First();\n\nSecond();\n", code);
    }

    [Fact]
    public void Empty_code_before_a_closing_brace_takes_the_blank_line_before_it_away()
    {
        SourceCode code = $$"""
            {
                First();

                {{SourceCode.Empty}}
            }
            """;

        AssertFile("{\n    First();\n}\n", code);
    }

    [Fact]
    public void A_line_with_something_else_beside_empty_code_stays()
    {
        SourceCode code = $$"""
            {
                {{SourceCode.Empty}}First();{{SourceCode.Empty}}
                {{SourceCode.Empty}}{{"Second();"}}
            }
            """;

        AssertFile("{\n    First();\n    Second();\n}\n", code);
    }

    [Fact]
    public void Code_of_empty_code_is_empty()
    {
        SourceCode inner = $"""
            {SourceCode.Empty}
            {SourceCode.Empty}
            """;
        SourceCode code = $"""
            First();
            {inner}
            Second();
            """;

        AssertFile("First();\nSecond();\n", code);
    }

    [Fact]
    public void Lines_and_paragraphs_leave_out_empty_code_and_separate_the_rest()
    {
        string[] names = ["a", "", "b"];

        AssertFile("a,\nb\n", SourceCode.Lines(names, OfName, ","));
        AssertFile("a\nb\n", SourceCode.Lines(names, OfName));
        AssertFile("a\n\nb\n", SourceCode.Paragraphs(names, OfName));

        static SourceCode OfName(string name) => SourceCode.If(name.Length > 0, $"{name}");
    }

    [Fact]
    public void Line_breaks_of_a_template_are_line_feeds_however_its_file_was_checked_out()
    {
        var code = new SourceCode(0, 0);
        code.AppendLiteral("a\r\n    ");
        code.AppendFormatted(SourceCode.Empty);
        code.AppendLiteral("\r\n\r\nb");

        AssertFile("a\nb\n", code);
    }

    private static void AssertFile(string expected, SourceCode code) => Assert.Equal(expected, code.ToFile());
}
