using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Ocpp.Generators.Emitting;
using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests;

/// <summary>No text of a schema, and none that the build says of it, becomes code.</summary>
public class InjectionTests
{
    private const string Code = "public class Injected { }";

    /// <summary>
    /// What ends a line, and so a comment, in C#; and what ends a text, a comment or an element of XML.
    /// </summary>
    private static readonly string[] s_ends =
    [
        "\n",
        "\r",
        "\r\n",
        "\u0085",
        "\u2028",
        "\u2029",
        "\"; ",
        "*/ ",
        "</summary>",
        "\" + ",
        "{}",
        "\\",
    ];

    /// <summary>Each keyword that takes any text, and each place of a name or value.</summary>
    private static readonly string[] s_places =
    [
        """{"type": "object", "description": TEXT}""",
        """{"type": "object", "title": TEXT, "javaType": TEXT, "$comment": TEXT, "comment": TEXT, "$id": TEXT, "$schema": TEXT}""",
        """{"type": "object", "properties": {"a": {"type": "string", "description": TEXT} } }""",
        """{"type": "object", "properties": {"a": {"type": "string", "default": TEXT} } }""",
        """{"type": "object", "properties": {TEXT: {"type": "string"} } }""",
        """{"type": "object", "properties": {"a": {"type": "string", "enum": [TEXT]} } }""",
        """{"type": "object", "properties": {"a": {"$ref": "#/definitions/A"} }, "definitions": {"A": {"type": "object", "description": TEXT} } }""",
        """{"type": "object", "definitions": {TEXT: {"type": "object"} } }""",
        """{"type": "object", "definitions": {"A": {"type": "string", "enum": ["a"], "description": TEXT} } }""",
        """{"type": "object", "required": [TEXT]}""",
        """{"type": "object", "x-sender": TEXT}""",
        """{"type": "object", "properties": {"a": {"type": "string", "x-sensitive": TEXT} } }""",
        """{"type": "object", "properties": {"a": {"$ref": TEXT} } }""",
        """{"type": "object", TEXT: "a"}""",
    ];

    public static TheoryData<string> Ends => new(s_ends);

    public static TheoryData<string, string> EndsInPlaces
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string place in s_places)
            {
                foreach (string end in s_ends)
                {
                    all.Add(place, end);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(EndsInPlaces))]
    public void No_text_of_a_schema_becomes_code(string place, string end)
    {
        string text = JsonSerializer.Serialize("x" + end + Code + end);

        AssertHarmless(
            Generation.Of(new SchemaText("/schemas/Acme.json", place.Replace("TEXT", text, StringComparison.Ordinal)))
        );
    }

    [Fact]
    public void A_default_that_turns_the_direction_of_text_is_escaped() =>
        Assert.Contains(
            "public const string ADefault = \"x\\u202E\\u2066\\u2028\\r\\u200By\";\n",
            Generation
                .Of(
                    Parse(
                        """{"type": "object", "properties": {"a": {"type": "string", "default": "x\u202E\u2066\u2028\r\u200By"} } }"""
                    ).Schema
                )
                .Compiles()
                .SourceOf("Acme.Charging.Acme.g.cs"),
            StringComparison.Ordinal
        );

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_file_name_does_not_become_code(string end)
    {
        SchemaText[] action = new[] { "Request", "Response", "" }
            .Select(suffix => new SchemaText($"/schemas/x{end}{Code}{suffix}.json", "{\"type\": \"object\"}"))
            .ToArray();

        Generation generation = Generation.Of(action);

        AssertHarmless(generation);
        Assert.Equal(["OCPP016", "OCPP016", "OCPP016"], generation.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Empty(generation.HintNames);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_namespace_and_a_protocol_do_not_become_code(string end)
    {
        foreach (
            (string @namespace, string protocol) in new[]
            {
                ("Acme" + end + Code, "acme1.0"),
                ("Acme", "acme1.0" + end + Code),
            }
        )
        {
            Generation generation = Generation.Of(
                new SchemaText("/schemas/A.json", "{\"type\": \"object\"}")
                {
                    Metadata = SchemaText.Describe(@namespace, protocol),
                }
            );

            AssertHarmless(generation);
            Assert.Single(generation.Diagnostics);
            Assert.Empty(generation.HintNames);
        }
    }

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("", "")]
    [InlineData("-a", "-a")]
    [InlineData("<c>", "<c>")]
    [InlineData("a\"b", "a\"b")]
    [InlineData("a\u2028b", "aU+2028b")]
    [InlineData("a\u202Eb", "aU+202Eb")]
    [InlineData("a\u001B[2Jb", "aU+001B[2Jb")]
    [InlineData("a\U0001F600", "a\U0001F600")]
    public void A_file_name_out_of_form_is_reported_at_the_beginning_of_the_file(string name, string shown)
    {
        MarkedSchema start = Parse("[||]{\"type\": \"object\"}");
        MarkedSchema file = Parse("[||]{\"type\": \"object\"}", name);

        Generation generation = Generation.Of(file.Schema, start.Schema);

        AssertDiagnostics(generation, file.Describe(0, "OCPP016", shown));
        Assert.Equal(4, generation.HintNames.Count());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void Text_inserted_into_code_must_not_contain_a_line_terminator(string terminator)
    {
        string text = "a" + terminator + "b";

        Assert.Throws<ArgumentException>(() => Written($"{text}"));
        Assert.Throws<ArgumentException>(() => Written($"// {text}"));
        Assert.Throws<ArgumentException>(() => Written(SourceCode.Lines([text], static item => $"// {item}")));
        Assert.Throws<ArgumentException>(() => Written(SourceCode.Paragraphs([text], static item => $"// {item}")));
        Assert.Throws<ArgumentException>(() => Written(DocComment.Summary(text)));
        Assert.Throws<ArgumentException>(() => Written(DocComment.Summary(text + " " + new string('a', 200))));
        Assert.Throws<ArgumentException>(() => Written(DocComment.Remarks(text)));

        static string Written(SourceCode code) => code.ToFile();
    }

    /// <summary>
    /// That no diagnostic and no line of code holds what ends lines, and that the class is declared nowhere.
    /// </summary>
    private static void AssertHarmless(Generation generation)
    {
        foreach (Diagnostic diagnostic in generation.Diagnostics)
        {
            string message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
            Assert.DoesNotContain(message, c => char.IsControl(c) || c is '\u2028' or '\u2029');
        }

        foreach (string source in generation.Sources.Values)
        {
            Assert.DoesNotContain(source, c => c is '\r' or '\u0085' or '\u2028' or '\u2029');
        }

        Assert.DoesNotContain(
            generation.Result.GeneratedSources.SelectMany(source => source.SyntaxTree.GetRoot().DescendantNodes()),
            node =>
                node is BaseTypeDeclarationSyntax { Identifier.Text: "Injected" }
                || (node is IdentifierNameSyntax { Identifier.Text: "Injected" })
        );
    }
}
