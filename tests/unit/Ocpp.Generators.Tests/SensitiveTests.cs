using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests;

/// <summary>The keyword that keeps what a property holds out of wire logs; OCPP's own files lack it.</summary>
public class SensitiveTests
{
    [Fact]
    public void Sensitive_properties_of_payloads_and_definitions_reach_the_registry_each_name_once_in_ordinal_order()
    {
        string registry = Generation
            .Of(
                new SchemaText(
                    "PingRequest.json",
                    """
                    {
                      "definitions": {
                        "Text": {"type": "string"},
                        "Card": {"type": "object", "properties": {
                          "uid": {"x-sensitive": true, "type": "string"}, "kind": {"type": "string"} } }
                      },
                      "type": "object",
                      "properties": {
                        "card": {"$ref": "#/definitions/Card"},
                        "pin": {"x-sensitive": true, "type": "integer"},
                        "Words": {"x-sensitive": true, "type": "array", "items": {"type": "string"} },
                        "secret": {"x-sensitive": true, "$ref": "#/definitions/Text"}
                      }
                    }
                    """
                ),
                new SchemaText(
                    "PingResponse.json",
                    """{"type": "object", "properties": {"pin": {"x-sensitive": true, "type": "integer"} } }"""
                )
            )
            .Compiles()
            .SourceOf("Acme.Charging.Acme10Protocol.g.cs");

        Assert.Contains(
            """
                /// <inheritdoc/>
                public override global::System.Collections.Generic.IReadOnlyCollection<string> SensitiveProperties { get; } = new[]
                {
                    "Words",
                    "pin",
                    "secret",
                    "uid",
                };
            """,
            registry,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_registry_without_sensitive_properties_says_nothing_of_them() =>
        Assert.DoesNotContain(
            "SensitiveProperties",
            Generation
                .Of(new SchemaText("Ping.json", """{"type": "object"}"""))
                .SourceOf("Acme.Charging.Acme10Protocol.g.cs"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("false")]
    [InlineData("\"true\"")]
    public void Sensitive_is_true_or_absent(string value) =>
        AssertDefect(
            $$$"""{"type": "object", "properties": {"a": {"x-sensitive": [|{{{value}}}|], "type": "string"} } }""",
            "OCPP014",
            "x-sensitive",
            "it must be true"
        );

    [Theory]
    [InlineData("\"type\": \"object\"")]
    [InlineData("\"$ref\": \"#/definitions/A\"")]
    [InlineData("\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/A\"}")]
    public void An_object_is_not_sensitive_but_its_properties_are(string schema) =>
        AssertDefect(
            $$$"""{"definitions": {"A": {"type": "object"} }, "type": "object", "properties": {"a": {"x-sensitive": [|true|], {{{schema}}}} } }""",
            "OCPP014",
            "x-sensitive",
            "the properties of the object are to be marked instead"
        );

    [Theory]
    [InlineData("""{[|"x-sensitive"|]: true, "type": "object"}""")]
    [InlineData("""{"definitions": {"A": {[|"x-sensitive"|]: true, "type": "string"} }, "type": "object"}""")]
    [InlineData(
        """{"type": "object", "properties": {"a": {"type": "array", "items": {[|"x-sensitive"|]: true, "type": "string"} } } }"""
    )]
    public void Sensitive_stands_on_a_property_only(string marked) => AssertDefect(marked, "OCPP003", "x-sensitive");

    [Fact]
    public void A_definition_is_as_sensitive_in_every_file()
    {
        const string Form =
            """{"definitions": {"A": {"type": "object", "properties": {"b": {MARK"type": "string"} } } }, "type": "object"}""";
        Generation generation = Generation.Of(
            new SchemaText("Bar.json", Form.Replace("MARK", "", StringComparison.Ordinal)),
            new SchemaText("Foo.json", Form.Replace("MARK", "\"x-sensitive\": true, ", StringComparison.Ordinal))
        );
        Assert.Equal("OCPP006", Assert.Single(generation.Diagnostics).Id);
    }

    [Fact]
    public void What_is_marked_in_these_schemas_is_told_by_its_name_where_marks_are_missing()
    {
        Generation marked = Generation.Of(OfficialSchemas.All);
        Generation published = Generation.Of(OfficialSchemas.All.Select(PublishedForm.Of));

        Assert.Empty(marked.Diagnostics);
        Diagnostic diagnostic = Assert.Single(published.Diagnostics);
        Assert.Equal("OCPP020", diagnostic.Id);
        Assert.Contains("\"idToken\",", Names(marked), StringComparison.Ordinal);
        Assert.Equal(Names(marked), Names(published));

        static string Names(Generation generation) =>
            generation.SourceOf("Ocpp.V201.Ocpp201Protocol.g.cs").Split(" SensitiveProperties ")[1];
    }

    [Fact]
    public void Secrets_are_told_by_their_names_once_a_set_at_the_first_type_with_one()
    {
        MarkedSchema login = Parse(
            """
            {"type": "object",
             "definitions": {[|"LoginType"|]: {"type": "object", "properties": {
               "password": {"type": "string"}, "apnPassword": {"type": "array", "items": {"type": "string"} }, "simPin": {"type": "integer"},
               "csr": {}, "KEY": {"type": "string"}, "foreignKey": {"type": "string"}, "pinned": {"type": "string"}, "spin": {"type": "string"},
               "hasPassword": {"type": "boolean"}, "idToken": {"$ref": "#/definitions/TokenType"}, "certificateType": {"type": "string"},
               "keyCertificate": {"type": "string", "enum": ["a"]} } },
              "TokenType": {"type": "object", "properties": {"idToken": {"type": "string"} } } } }
            """,
            "Login"
        );
        Generation generation = Generation.Of(
            login.Schema,
            Parse("""{"type": "object", "properties": {"secret": {"type": "string"} } }""", "Other").Schema
        );

        AssertDiagnostics(
            generation,
            login.Describe(0, "OCPP020", "Acme.Charging", "KEY, apnPassword, csr, idToken, password, secret, simPin")
        );
        foreach (string name in new[] { "KEY", "apnPassword", "csr", "idToken", "password", "secret", "simPin" })
        {
            Assert.Contains(
                $"\"{name}\",\n",
                generation.Sources["Acme.Charging.Acme10Protocol.g.cs"],
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void One_mark_in_a_set_and_names_decide_nothing()
    {
        Generation generation = Generation.Of(
            Parse("""{"type": "object", "properties": {"password": {"type": "string"} } }""", "First").Schema,
            Parse(
                """{"type": "object", "properties": {"hint": {"type": "string", "x-sensitive": true} } }""",
                "Second"
            ).Schema
        );

        Assert.Empty(generation.Diagnostics);
        string registry = generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs");
        Assert.Contains("\"hint\",\n", registry, StringComparison.Ordinal);
        Assert.DoesNotContain("password", registry, StringComparison.Ordinal);
    }

    [Fact]
    public void By_item_metadata_names_decide_beside_marks_and_nothing_is_said()
    {
        Generation generation = Generation.Of(
            With("""{"type": "object", "properties": {"password": {"type": "string"} } }""", "First"),
            With("""{"type": "object", "properties": {"hint": {"type": "string", "x-sensitive": true} } }""", "Second")
        );

        Assert.Empty(generation.Diagnostics);
        string registry = generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs");
        Assert.Contains("\"hint\",\n", registry, StringComparison.Ordinal);
        Assert.Contains("\"password\",\n", registry, StringComparison.Ordinal);

        static SchemaText With(string text, string name) =>
            new($"/schemas/{name}.json", text)
            {
                Metadata = SchemaText.Describe("Acme.Charging", "acme1.0", secrets: "ByName"),
            };
    }
}
