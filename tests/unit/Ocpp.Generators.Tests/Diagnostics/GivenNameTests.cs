using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>OCPP006, OCPP008 and OCPP014: names that are given to types in place.</summary>
public class GivenNameTests
{
    private const string Place = "it belongs on an object or enumeration that is declared in a property or in items";
    private const string PlainName =
        "a name has 1 to 255 characters, and no quotes, backslashes, control characters, format characters and line "
        + "separators";

    [Theory]
    [InlineData("""{[|"x-name"|]: "A", "type": "object"}""")]
    [InlineData("""{"definitions": {"A": {[|"x-name"|]: "B", "type": "object"} }, "type": "object"}""")]
    [InlineData("""{"definitions": {"A": {[|"x-name"|]: "B", "type": "string", "enum": ["a"]} }, "type": "object"}""")]
    [InlineData("""{"type": "object", "properties": {"a": {[|"x-name"|]: "A", "type": "string"} } }""")]
    [InlineData("""{"type": "object", "properties": {"a": {[|"x-name"|]: "A"} } }""")]
    [InlineData(
        """{"type": "object", "properties": {"a": {[|"x-name"|]: "A", "type": "array", "items": {"type": "object"} } } }"""
    )]
    public void A_name_is_given_to_a_type_in_place_only(string marked) =>
        AssertDefect(marked, "OCPP014", "x-name", Place);

    [Fact]
    public void A_name_beside_a_reference_has_no_effect() =>
        AssertDefect(
            """{"definitions": {"A": {"type": "object"} }, "type": "object", "properties": {"a": {[|"x-name"|]: "B", "$ref": "#/definitions/A"} } }""",
            "OCPP014",
            "x-name",
            "beside a $ref it has no effect"
        );

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"A\\u2028class Evil { }\"")]
    [InlineData("\"A\\\"\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void A_name_that_is_none(string name) =>
        AssertDefect(
            $$$"""{"type": "object", "properties": {"a": {"x-name": [|{{{name}}}|], "type": "object"} } }""",
            "OCPP014",
            "x-name",
            PlainName
        );

    [Fact]
    public void A_name_that_is_given_becomes_a_name_in_CSharp_by_the_rule_for_all()
    {
        Generation generation = Generation
            .Of(
                Parse(
                    """
                    {"type": "object", "properties": {
                      "a": {"x-name": "site-type", "type": "object", "properties": {"kind": {"type": "string", "enum": ["x"]} } },
                      "b": {"type": "array", "items": {"x-name": "Unit; class Evil { }", "type": "string", "enum": ["y"]} } } }
                    """
                ).Schema
            )
            .Compiles();

        Assert.Equal(
            ["Acme.g.cs", "SiteType.g.cs", "SiteTypeKind.g.cs", "UnitClassEvil.g.cs"],
            generation
                .HintNames.Select(name => name["Acme.Charging.".Length..])
                .Where(name => !name.StartsWith("Acme10", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_name_that_is_given_to_two_shapes_in_two_files()
    {
        MarkedSchema first = Parse(
            """{"type": "object", "properties": {"a": {"x-name": "Site", "type": "object"} } }""",
            "First"
        );
        MarkedSchema second = Parse(
            """{"type": "object", "properties": {"a": {"x-name": [|"Site"|], "type": "object", "additionalProperties": false} } }""",
            "Second"
        );

        AssertDiagnostics(
            Generation.Of(second.Schema, first.Schema),
            second.Describe(0, "OCPP006", "Site", "Second.json", "First.json", "/additionalProperties", "false", "true")
        );
    }

    [Fact]
    public void A_name_that_is_given_to_two_shapes_in_one_file()
    {
        MarkedSchema schema = Parse(
            """
            {"type": "object", "properties": {
              "a": {"x-name": "Mode", "type": "string", "enum": ["x"]},
              "b": {"x-name": [|"Mode"|], "type": "string", "enum": ["y"]} } }
            """
        );

        AssertDiagnostics(
            Generation.Of(schema.Schema),
            schema.Describe(0, "OCPP006", "Mode", "Acme.json", "line 2 of it", "/enum/0", "'y'", "'x'")
        );
    }

    [Fact]
    public void A_name_that_is_given_and_that_of_a_definition_are_one_type_if_the_shapes_are_equal()
    {
        const string Definition =
            """{"definitions": {"Mode": {"type": "string", "enum": ["x"]} }, "type": "object", "properties": {"a": {"$ref": "#/definitions/Mode"} } }""";
        MarkedSchema other = Parse(
            """{"type": "object", "properties": {"a": {"x-name": [|"Mode"|], "type": "string", "enum": ["y"]} } }""",
            "Other"
        );
        SchemaText same = Parse(
            """{"type": "object", "properties": {"a": {"x-name": "Mode", "type": "string", "enum": ["x"]} } }""",
            "Same"
        ).Schema;

        Generation generation = Generation.Of(Parse(Definition).Schema, same).Compiles();

        Assert.Single(generation.HintNames, name => name == "Acme.Charging.Mode.g.cs");
        AssertDiagnostics(
            Generation.Of(Parse(Definition).Schema, other.Schema),
            other.Describe(0, "OCPP006", "Mode", "Other.json", "Acme.json", "/enum/0", "'y'", "'x'")
        );
    }

    [Fact]
    public void Names_of_types_in_place_that_differ_only_in_case()
    {
        MarkedSchema schema = Parse(
            """
            {"type": "object", "properties": {
              "a": {"x-name": "Site", "type": "object"},
              "b": {"x-name": [|"SITE"|], "type": "object"} } }
            """
        );

        AssertDiagnostics(Generation.Of(schema.Schema), schema.Describe(0, "OCPP008", "SITE", "Site", "SITE"));
    }
}
