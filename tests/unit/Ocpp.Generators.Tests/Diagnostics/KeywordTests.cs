using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>OCPP002 to OCPP005 and OCPP009: keys, types, references and the root.</summary>
public class KeywordTests
{
    [Theory]
    [InlineData("""{"type": "object", [|"type"|]: "object"}""", "type")]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "string"}, [|"a"|]: {"type": "string"}}}""", "a")]
    [InlineData(
        """{"type": "object", "properties": {"a": {"maxLength": 1, "type": "string", [|"maxLength"|]: 2}}}""",
        "maxLength"
    )]
    [InlineData("""{"type": "object", "definitions": {"A": {"type": "object"}, [|"A"|]: {"type": "object"}}}""", "A")]
    [InlineData("""{"type": "object", "title": "x", [|"\u0074itle"|]: "y"}""", "title")]
    public void A_key_that_stands_twice(string marked, string key) => AssertDefect(marked, "OCPP002", key);

    [Theory]
    [InlineData("pattern")]
    [InlineData("minLength")]
    [InlineData("const")]
    [InlineData("$defs")]
    [InlineData("if")]
    [InlineData("then")]
    [InlineData("else")]
    [InlineData("contains")]
    [InlineData("propertyNames")]
    [InlineData("uniqueItems")]
    [InlineData("oneOf")]
    [InlineData("anyOf")]
    [InlineData("allOf")]
    [InlineData("not")]
    [InlineData("minProperties")]
    [InlineData("maxProperties")]
    [InlineData("patternProperties")]
    [InlineData("exclusiveMinimum")]
    [InlineData("exclusiveMaximum")]
    [InlineData("dependencies")]
    [InlineData("unevaluatedProperties")]
    [InlineData("nullable")]
    [InlineData("MaxLength")]
    [InlineData("")]
    public void A_keyword_that_would_not_be_checked(string keyword)
    {
        AssertDefect($$"""{"type": "object", [|"{{keyword}}"|]: {"type": "oops"} }""", "OCPP003", keyword);
        AssertDefect(
            $$$"""{"type": "object", "properties": {"a": {"type": "string", [|"{{{keyword}}}"|]: []} } }""",
            "OCPP003",
            keyword
        );
        AssertDefect(
            $$$"""{"definitions": {"Unused": {[|"{{{keyword}}}"|]: 1}}, "type": "object"}""",
            "OCPP003",
            keyword
        );
        AssertDefect(
            $$$$"""{"type": "object", "properties": {"a": {"type": "array", "items": {"items": {[|"{{{{keyword}}}}"|]: true}, "type": "array"} } } }""",
            "OCPP003",
            keyword
        );
    }

    [Theory]
    [InlineData("strin")]
    [InlineData("String")]
    [InlineData("null")]
    [InlineData("any")]
    [InlineData("int")]
    [InlineData("")]
    public void A_type_that_there_is_not(string type)
    {
        AssertDefect($$$"""{"type": "object", "properties": {"a": {"type": [|"{{{type}}}"|]} } }""", "OCPP004", type);
        AssertDefect($$$"""{"type": "object", "definitions": {"A": {"type": [|"{{{type}}}"|]} } }""", "OCPP004", type);
    }

    [Theory]
    [InlineData("http://example.com/schema.json")]
    [InlineData("https://example.com/schema.json#/definitions/A")]
    [InlineData("B.json")]
    [InlineData("./B.json#/definitions/A")]
    [InlineData("file:///etc/passwd")]
    [InlineData("#/definitions/B")]
    [InlineData("#/definitions/a")]
    [InlineData("#/definitions/")]
    [InlineData("#/definitions/A/properties/b")]
    [InlineData("#/$defs/A")]
    [InlineData("#/properties/a")]
    [InlineData("#")]
    [InlineData("A")]
    [InlineData("")]
    public void A_reference_that_leads_nowhere(string reference) =>
        AssertDefect(
            $$$"""{"type": "object", "definitions": {"A": {"type": "object"}}, "properties": {"a": {"$ref": [|"{{{reference}}}"|]} } }""",
            "OCPP005",
            reference
        );

    [Fact]
    public void A_reference_that_is_no_text() =>
        AssertDefect("""{"type": "object", "properties": {"a": {"$ref": [|{"a": 1}|]}}}""", "OCPP005", "");

    [Fact]
    public void A_reference_within_a_definition_or_a_list()
    {
        AssertDefect(
            """{"type": "object", "definitions": {"A": {"$ref": [|"#/definitions/B"|]}}}""",
            "OCPP005",
            "#/definitions/B"
        );
        AssertDefect(
            """{"type": "object", "properties": {"a": {"type": "array", "items": {"$ref": [|"#/definitions/B"|]}}}}""",
            "OCPP005",
            "#/definitions/B"
        );
    }

    [Theory]
    [InlineData("[|[]|]")]
    [InlineData("[|\"object\"|]")]
    [InlineData("[|true|]")]
    [InlineData("[|null|]")]
    [InlineData("[|-1.5e3|]")]
    [InlineData("[|{|]}")]
    [InlineData("[|{|]\"properties\": {}}", "properties")]
    [InlineData("{\"type\": [|\"string\"|]}")]
    [InlineData("{\"type\": [|\"array\"|], \"items\": {}}")]
    [InlineData("\n  [|{|]\"description\": \"x\"}")]
    public void A_payload_that_is_no_object(string marked, string? needsObject = null)
    {
        MarkedSchema schema = Parse(
            needsObject is null
                ? marked
                : marked.Replace($"\"{needsObject}\"", $"[|\"{needsObject}\"|]", StringComparison.Ordinal)
        );
        string[] expected = needsObject is null
            ? [schema.Describe(0, "OCPP009")]
            :
            [
                schema.Describe(0, "OCPP009"),
                schema.Describe(1, "OCPP014", needsObject, "it needs \"type\": \"object\" beside it"),
            ];

        AssertDiagnostics(Generation.Of(schema.Schema), expected);
    }

    [Fact]
    public void All_defects_of_all_files_are_reported_at_once()
    {
        MarkedSchema first = Parse(
            """
            {
              "type": [|"strin"|],
              [|"properties"|]: {"a": {[|"pattern"|]: "x"}},
              "title": 1,
              [|"title"|]: [|2|]
            }
            """,
            "First"
        );
        MarkedSchema second = Parse("{[|'|]", "Second");

        AssertDiagnostics(
            Generation.Of(first.Schema, second.Schema),
            first.Describe(0, "OCPP009"),
            first.Describe(0, "OCPP004", "strin"),
            first.Describe(1, "OCPP014", "properties", "it needs \"type\": \"object\" beside it"),
            first.Describe(2, "OCPP003", "pattern"),
            first.Describe(3, "OCPP002", "title"),
            first.Describe(4, "OCPP014", "title", "it must be a text"),
            second.Describe(0, "OCPP001", "Malformed JSON: a key in double quotes is expected, but there is U+0027")
        );
    }
}
