using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>OCPP001: what is no JSON of RFC 8259, however many readers take it.</summary>
public class MalformedJsonTests
{
    [Theory]
    [InlineData("[||]", "a value is expected, but the file ends")]
    [InlineData(" \r\n\t[||]", "a value is expected, but the file ends")]
    [InlineData("\uFEFF[||]", "a value is expected, but the file ends")]
    [InlineData("{[||]", "a key in double quotes is expected, but the file ends")]
    [InlineData("{\"type\"[||]", "a colon is expected, but the file ends")]
    [InlineData("{\"type\":[||]", "a value is expected, but the file ends")]
    [InlineData("{\"type\": \"object\"[||]", "a comma or '}' is expected, but the file ends")]
    [InlineData("{\"type\": \"object\",\n[||]", "a key in double quotes is expected, but the file ends")]
    [InlineData("{\"type\": \"obj[||]", "the end of the text is expected, but the file ends")]
    [InlineData("{\"enum\": [[||]", "a value is expected, but the file ends")]
    [InlineData("{\"enum\": [\"a\"[||]", "a comma or ']' is expected, but the file ends")]
    [InlineData("{\"minimum\": -[||]", "a digit is expected, but the file ends")]
    [InlineData("{\"title\": \"\\[||]", "an escape is expected, but the file ends")]
    [InlineData("{\"type\": [|t|]ru", "a value is expected, but there is U+0074")]
    public void A_truncated_file(string marked, string problem) => AssertMalformed(marked, problem);

    [Theory]
    [InlineData("[|/|]/ a schema\n{\"type\": \"object\"}", "a value is expected, but there is U+002F")]
    [InlineData("{ [|/|]* a key */ \"type\": \"object\"}", "a key in double quotes is expected, but there is U+002F")]
    [InlineData("{\n  \"type\": \"object\" [|/|]/ why\n}", "a comma or '}' is expected, but there is U+002F")]
    [InlineData("{\"type\": \"object\"} [|#|] end", "the end of the file is expected, but there is U+0023")]
    public void A_comment(string marked, string problem) => AssertMalformed(marked, problem);

    [Theory]
    [InlineData("{[|'|]type': \"object\"}", "a key in double quotes is expected, but there is U+0027")]
    [InlineData("{\"type\": [|'|]object'}", "a value is expected, but there is U+0027")]
    [InlineData("{[|t|]ype: \"object\"}", "a key in double quotes is expected, but there is U+0074")]
    [InlineData("{\"type\": [|o|]bject}", "a value is expected, but there is U+006F")]
    [InlineData("{\"type\": [|\u201C|]object\u201D}", "a value is expected, but there is U+201C")]
    public void Other_quotes_or_none(string marked, string problem) => AssertMalformed(marked, problem);

    [Theory]
    [InlineData("{\"type\": \"object\",[|}|]", "a key in double quotes is expected, but there is U+007D")]
    [InlineData("{\"enum\": [\"a\", [|]|]}", "a value is expected, but there is U+005D")]
    [InlineData("{\"enum\": [[|,|] \"a\"]}", "a value is expected, but there is U+002C")]
    [InlineData("{\"type\": \"object\"[|;|]}", "a comma or '}' is expected, but there is U+003B")]
    [InlineData("{\"a\": 1 [|\"|]b\": 2}", "a comma or '}' is expected, but there is U+0022")]
    [InlineData("{\"a\" [|=|] 1}", "a colon is expected, but there is U+003D")]
    [InlineData("{\"a\": [1[|}|]}", "a comma or ']' is expected, but there is U+007D")]
    [InlineData("{\"a\": {[|]|]}", "a key in double quotes is expected, but there is U+005D")]
    [InlineData("{[|\u00A0|]}", "a key in double quotes is expected, but there is U+00A0")]
    public void A_comma_bracket_or_space_that_JSON_lacks(string marked, string problem) =>
        AssertMalformed(marked, problem);

    [Theory]
    [InlineData("{\"a\": [|N|]aN}", "a value is expected, but there is U+004E")]
    [InlineData("{\"a\": -[|I|]nfinity}", "a digit is expected, but there is U+0049")]
    [InlineData("{\"a\": [|+|]1}", "a value is expected, but there is U+002B")]
    [InlineData("{\"a\": [|.|]5}", "a value is expected, but there is U+002E")]
    [InlineData("{\"a\": 0[|1|]}", "a comma or '}' is expected, but there is U+0031")]
    [InlineData("{\"a\": 0[|x|]1}", "a comma or '}' is expected, but there is U+0078")]
    [InlineData("{\"a\": 1.[|}|]", "a digit is expected, but there is U+007D")]
    [InlineData("{\"a\": 1e+[|}|]", "a digit is expected, but there is U+007D")]
    [InlineData("{\"a\": -[|-|]1}", "a digit is expected, but there is U+002D")]
    [InlineData("{\"a\": 1[|_|]000}", "a comma or '}' is expected, but there is U+005F")]
    [InlineData("{\"a\": [|T|]rue}", "a value is expected, but there is U+0054")]
    [InlineData("{\"a\": [|u|]ndefined}", "a value is expected, but there is U+0075")]
    [InlineData("{\"a\": true[|1|]}", "a comma or '}' is expected, but there is U+0031")]
    public void A_number_or_literal_that_JSON_lacks(string marked, string problem) => AssertMalformed(marked, problem);

    [Theory]
    [InlineData("{\"title\": \"a[|\t|]b\"}", "the end of the text is expected, but there is U+0009")]
    [InlineData("{\"title\": \"a[|\n|]b\"}", "the end of the text is expected, but there is U+000A")]
    [InlineData("{\"title\": \"a[|\0|]b\"}", "the end of the text is expected, but there is U+0000")]
    [InlineData("{[|\0|]}", "a key in double quotes is expected, but there is U+0000")]
    [InlineData("{\"title\": \"\\[|x|]41\"}", "an escape is expected, but there is U+0078")]
    [InlineData("{\"title\": \"\\[|'|]\"}", "an escape is expected, but there is U+0027")]
    [InlineData("{\"title\": \"\\[|u|]12G4\"}", "an escape is expected, but there is U+0075")]
    [InlineData("{\"title\": \"\\[|u|] 123\"}", "an escape is expected, but there is U+0075")]
    [InlineData("{\"title\": \"\\[|U|]0041\"}", "an escape is expected, but there is U+0055")]
    public void A_control_character_or_an_escape_that_JSON_lacks(string marked, string problem) =>
        AssertMalformed(marked, problem);

    [Theory]
    [InlineData("{\"type\": \"object\"} [|{|]}", "the end of the file is expected, but there is U+007B")]
    [InlineData("{\"type\": \"object\"}[|,|]", "the end of the file is expected, but there is U+002C")]
    [InlineData("{\"type\": \"object\"}[|}|]", "the end of the file is expected, but there is U+007D")]
    [InlineData("{\"type\": \"object\"}\n[|\uFEFF|]", "the end of the file is expected, but there is U+FEFF")]
    public void Something_behind_the_value(string marked, string problem) => AssertMalformed(marked, problem);

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Nesting_deeper_than_64_levels(string open, string close)
    {
        string tooDeep = Repeat(open, 63) + $"[|{open[..1]}|]{open[1..]}0{close}" + Repeat(close, 63);
        string deepest = Repeat(open, 63) + "0" + Repeat(close, 63);

        AssertDefect("{\"const\": " + tooDeep + "}", "OCPP001", "The schema is nested deeper than 64 levels");
        AssertDefect("{\"type\": \"object\", [|\"const\"|]: " + deepest + "}", "OCPP003", "const");
    }

    [Fact]
    public void An_endless_nesting_does_not_end_the_compiler() =>
        AssertDefect(
            Repeat("[", 64) + "[|[|]" + Repeat("[", 100_000),
            "OCPP001",
            "The schema is nested deeper than 64 levels"
        );

    [Fact]
    public void A_file_that_can_not_be_read()
    {
        MarkedSchema start = Parse("[||]");

        AssertDiagnostics(
            Generation.Of(new SchemaText("/schemas/Acme.json", (string?)null)),
            start.Describe(0, "OCPP001", "The file can't be read")
        );
    }

    [Fact]
    public void Nothing_is_generated_for_it_and_the_other_files_are_as_ever()
    {
        Generation generation = Generation.Of(
            OfficialSchemas.Make("Broken", "{"),
            OfficialSchemas.Get("SignCertificateRequest")
        );

        Assert.Equal(["OCPP001"], generation.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(generation.CompilerDiagnostics());
        Assert.Contains("Ocpp.V201.SignCertificateRequest.g.cs", generation.HintNames);
        Assert.DoesNotContain("Ocpp.V201.Broken.g.cs", generation.HintNames);
    }

    [Fact]
    public void Lines_and_columns_are_counted_from_zero()
    {
        Generation generation = Generation.Of(
            new SchemaText("/schemas/Acme.json", "{\n  \"type\": \"object\",\n  \"title\": oops\n}")
        );

        FileLinePositionSpan place = Assert.Single(generation.Diagnostics).Location.GetLineSpan();

        Assert.Equal("/schemas/Acme.json", place.Path);
        Assert.Equal(
            (2, 11, 2, 12),
            (
                place.StartLinePosition.Line,
                place.StartLinePosition.Character,
                place.EndLinePosition.Line,
                place.EndLinePosition.Character
            )
        );
    }

    private static void AssertMalformed(string marked, string problem) =>
        AssertDefect(marked, "OCPP001", "Malformed JSON: " + problem);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
