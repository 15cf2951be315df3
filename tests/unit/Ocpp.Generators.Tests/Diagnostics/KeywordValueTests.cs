using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>OCPP010, OCPP014 and OCPP015: values of keywords.</summary>
public class KeywordValueTests
{
    private const string Count = "it must be an integer from 0 to 2147483647";
    private const string Bound = "it must be a number that fits into a decimal";
    private const string Int32Bound = "an integer has 32 bits, so it must be a number from -2147483648 to 2147483647";
    private const string DefaultValue = "it must be a boolean, number or text that the property itself would take";
    private const string PlainName =
        "a name has 1 to 255 characters, and no quotes, backslashes, control characters, format characters and line "
        + "separators";
    private const string PlainValue =
        "a value is 1 to 255 ASCII characters without quotes, backslashes and control characters";

    [Theory]
    [InlineData("""{"type": "number", "minimum": [|2|], "maximum": 1}""", "minimum", "maximum")]
    [InlineData("""{"type": "integer", "maximum": -1, "minimum": [|0|]}""", "minimum", "maximum")]
    [InlineData("""{"type": "number", "minimum": [|1.0000000001|], "maximum": 1}""", "minimum", "maximum")]
    [InlineData("""{"type": "array", "items": {}, "minItems": [|2|], "maxItems": 1}""", "minItems", "maxItems")]
    public void Bounds_that_no_value_can_meet(string property, string lower, string upper)
    {
        AssertDefect(InProperty(property), "OCPP010", lower, upper);
        AssertDefect($$$"""{"type": "object", "definitions": {"A": {{{property}}} } }""", "OCPP010", lower, upper);
    }

    [Theory]
    [InlineData("""{"type": "number", "minimum": 1, "maximum": 1.0}""")]
    [InlineData("""{"type": "array", "items": {}, "minItems": 0, "maxItems": 0}""")]
    public void Bounds_that_one_value_meets(string property) =>
        Generation.Of(Parse(InProperty(property)).Schema).Compiles();

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("5500.0")]
    [InlineData("1e2")]
    [InlineData("2147483648")]
    [InlineData("\"5\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void A_count_that_is_none(string value)
    {
        AssertValue($$"""{"type": "string", "maxLength": [|{{value}}|]}""", "maxLength", Count);
        AssertValue($$"""{"type": "array", "items": {}, "minItems": [|{{value}}|]}""", "minItems", Count);
        AssertValue($$"""{"type": "array", "items": {}, "maxItems": [|{{value}}|]}""", "maxItems", Count);
    }

    [Theory]
    [InlineData("1e40")]
    [InlineData("-1e40")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("\"1\"")]
    [InlineData("false")]
    [InlineData("null")]
    public void A_bound_that_no_decimal_can_be(string value)
    {
        AssertValue($$"""{"type": "number", "minimum": [|{{value}}|]}""", "minimum", Bound);
        AssertValue($$"""{"type": "number", "maximum": [|{{value}}|]}""", "maximum", Bound);
        AssertValue($$"""{"type": "integer", "maximum": [|{{value}}|]}""", "maximum", Bound);
    }

    [Theory]
    [InlineData("minimum", "-2147483649")]
    [InlineData("maximum", "2147483648")]
    [InlineData("maximum", "4294967295")]
    public void A_bound_of_an_integer_beyond_32_bits(string keyword, string value) =>
        AssertValue($$"""{"type": "integer", "{{keyword}}": [|{{value}}|]}""", keyword, Int32Bound);

    [Fact]
    public void Bounds_at_the_ends_of_their_types_compile() =>
        Generation
            .Of(
                Parse(
                    """
                    {"type": "object", "properties": {
                      "a": {"type": "integer", "minimum": -2147483648, "maximum": 2147483647},
                      "b": {"type": "number", "minimum": -79228162514264337593543950335, "maximum": 79228162514264337593543950335},
                      "c": {"type": "string", "maxLength": 2147483647},
                      "d": {"type": "array", "maxItems": 2147483647, "items": {"type": "string", "maxLength": 0}}
                    }}
                    """
                ).Schema
            )
            .Compiles();

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"string\"")]
    [InlineData("1")]
    public void A_schema_that_is_no_object(string schema)
    {
        AssertDefect(InProperty($"[|{schema}|]"), "OCPP014", "a schema", "it must be an object");
        AssertDefect(
            $$$"""{"type": "object", "definitions": {"A": [|{{{schema}}}|]}}""",
            "OCPP014",
            "a schema",
            "it must be an object"
        );
    }

    [Fact]
    public void Items_as_a_list_of_schemas() =>
        AssertDefect(
            InProperty("""{"type": "array", "items": [|[{"type": "string"}, {"type": "integer"}]|]}"""),
            "OCPP014",
            "a schema",
            "it must be an object"
        );

    [Theory]
    [InlineData("""{"type": [|["string", "null"]|]}""")]
    [InlineData("""{"type": [|null|]}""")]
    [InlineData("""{"type": [|{}|]}""")]
    public void A_type_that_is_no_name(string property) =>
        AssertValue(property, "type", "it must be the name of one type");

    [Theory]
    [InlineData("properties")]
    [InlineData("definitions")]
    public void Members_that_are_no_object(string keyword)
    {
        AssertDefect($$"""{"type": "object", "{{keyword}}": [|["a"]|]}""", "OCPP014", keyword, "it must be an object");
        AssertDefect($$"""{"type": "object", "{{keyword}}": [|true|]}""", "OCPP014", keyword, "it must be an object");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\\\"")]
    [InlineData("a\\\\b")]
    [InlineData("a\\nb")]
    [InlineData("a\\u0000")]
    [InlineData("a\\u0085")]
    [InlineData("a\\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\\ud800b")]
    [InlineData("a\\udc00\\ud800")]
    [InlineData("a\\uffff")]
    public void A_name_with_more_than_one_plain_form(string name)
    {
        AssertDefect(
            $$$"""{"type": "object", "properties": {[|"{{{name}}}"|]: {"type": "string"} } }""",
            "OCPP014",
            "properties",
            PlainName
        );
        AssertDefect(
            $$$"""{"type": "object", "definitions": {[|"{{{name}}}"|]: {"type": "object"} } }""",
            "OCPP014",
            "definitions",
            PlainName
        );
    }

    [Fact]
    public void More_properties_than_the_reader_can_mark()
    {
        string Properties(int count) =>
            string.Join(", ", Enumerable.Range(1, count).Select(i => $"\"p{i}\": {{\"type\": \"integer\"}}"));
        string Names(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"\"p{i}\""));

        Generation
            .Of(
                Parse(
                    $$"""{"type": "object", "properties": { {{Properties(63)}} }, "required": [{{Names(63)}}]}"""
                ).Schema
            )
            .Compiles();
        AssertDefect(
            $$"""{"type": "object", [|"properties"|]: { {{Properties(64)}} } }""",
            "OCPP014",
            "properties",
            "an object has at most 63 properties"
        );
    }

    [Theory]
    [InlineData("[|\"a\"|]", "it must be a list of names")]
    [InlineData("[|true|]", "it must be a list of names")]
    [InlineData("[|[1]|]", "it must be a list of names")]
    [InlineData("[[|\"b\"|]]", "'b' is none of the properties")]
    [InlineData("[\"a\", [|\"A\"|]]", "'A' is none of the properties")]
    [InlineData("[[|\"a\"|], [|\"a\"|]]", "'a' is duplicated")]
    public void Required_names_that_are_none(string required, string problem) =>
        AssertDefect(
            $$$"""{"type": "object", "properties": {"a": {"type": "string"}}, "required": {{{required}}} }""",
            "OCPP014",
            "required",
            problem
        );

    [Theory]
    [InlineData("[|[]|]", "it must be a list of at least one text")]
    [InlineData("[|\"a\"|]", "it must be a list of at least one text")]
    [InlineData("[\"a\", [|1|]]", "only texts are supported")]
    [InlineData("[[|null|]]", "only texts are supported")]
    [InlineData("[\"a\", \"b\", [|\"a\"|]]", "'a' is duplicated")]
    [InlineData("[[|\"\"|]]", PlainValue)]
    [InlineData("[[|\"ä\"|]]", PlainValue)]
    [InlineData("[[|\"a\\tb\"|]]", PlainValue)]
    [InlineData("[[|\"a\\\\b\"|]]", PlainValue)]
    [InlineData("[[|\"\\\"\"|]]", PlainValue)]
    [InlineData("[[|\"\\u007f\"|]]", PlainValue)]
    public void Enumeration_values_that_are_none(string values, string problem) =>
        AssertValue($$"""{"type": "string", "enum": {{values}} }""", "enum", problem);

    [Fact]
    public void An_enumeration_value_of_256_characters() =>
        AssertValue(
            $$"""{"type": "string", "enum": ["{{new string('a', 255)}}", [|"{{new string('b', 256)}}"|]]}""",
            "enum",
            PlainValue
        );

    [Theory]
    [InlineData(
        """{"type": "string", "format": [|"uri-reference"|]}""",
        "format",
        "only date-time and uri are supported"
    )]
    [InlineData(
        """{"type": "number", "multipleOf": [|0|]}""",
        "multipleOf",
        "it must be a number greater than zero that fits into a decimal"
    )]
    [InlineData(
        """{"type": "number", "multipleOf": [|-0.1|]}""",
        "multipleOf",
        "it must be a number greater than zero that fits into a decimal"
    )]
    [InlineData(
        """{"type": "number", "multipleOf": [|1e40|]}""",
        "multipleOf",
        "it must be a number greater than zero that fits into a decimal"
    )]
    [InlineData(
        """{"type": "number", "multipleOf": [|"0.1"|]}""",
        "multipleOf",
        "it must be a number greater than zero that fits into a decimal"
    )]
    [InlineData(
        """{"type": "integer", [|"multipleOf"|]: 2}""",
        "multipleOf",
        "it needs \"type\": \"number\" beside it"
    )]
    [InlineData(
        """{"type": "number", "multipleOf": 0.1, "default": [|0.25|]}""",
        "default",
        "it must be a boolean, number or text that the property itself would take"
    )]
    [InlineData("""{"type": "string", "format": [|"date"|]}""", "format", "only date-time and uri are supported")]
    [InlineData("""{"type": "string", "format": [|1|]}""", "format", "only date-time and uri are supported")]
    [InlineData(
        """{"type": "object", "additionalProperties": [|{"type": "string"}|]}""",
        "additionalProperties",
        "only true and false are supported"
    )]
    [InlineData(
        """{"type": "object", "additionalProperties": [|null|]}""",
        "additionalProperties",
        "only true and false are supported"
    )]
    [InlineData(
        """{"type": "array", "items": {}, "additionalItems": [|{}|]}""",
        "additionalItems",
        "only true and false are supported"
    )]
    [InlineData("""{"type": "string", "description": [|1|]}""", "description", "it must be a text")]
    [InlineData("""{"type": "string", "title": [|["a"]|]}""", "title", "it must be a text")]
    [InlineData("""{"type": "string", "javaType": [|{}|]}""", "javaType", "it must be a text")]
    [InlineData("""{"type": "string", "$comment": [|null|]}""", "$comment", "it must be a text")]
    [InlineData("""{"type": "object", "$id": [|1|]}""", "$id", "it must be a text")]
    public void A_value_that_the_keyword_does_not_take(string property, string keyword, string problem) =>
        AssertValue(property, keyword, problem);

    [Theory]
    [InlineData("""{"type": "boolean", "default": [|"true"|]}""")]
    [InlineData("""{"type": "boolean", "default": [|null|]}""")]
    [InlineData("""{"type": "integer", "default": [|1.5|]}""")]
    [InlineData("""{"type": "integer", "default": [|2147483648|]}""")]
    [InlineData("""{"type": "integer", "minimum": 1, "default": [|0|]}""")]
    [InlineData("""{"type": "integer", "maximum": 1, "default": [|2|]}""")]
    [InlineData("""{"type": "integer", "default": [|"1"|]}""")]
    [InlineData("""{"type": "number", "default": [|1e40|]}""")]
    [InlineData("""{"type": "number", "maximum": 0.5, "default": [|0.51|]}""")]
    [InlineData("""{"type": "string", "default": [|1|]}""")]
    [InlineData("""{"type": "string", "maxLength": 2, "default": [|"abc"|]}""")]
    [InlineData("""{"type": "string", "enum": ["a"], "default": [|"A"|]}""")]
    [InlineData("""{"type": "string", "format": "date-time", "default": [|"2025-01-01T00:00:00Z"|]}""")]
    [InlineData("""{"type": "array", "items": {}, "default": [|[]|]}""")]
    [InlineData("""{"type": "object", "default": [|{}|]}""")]
    [InlineData("""{"default": [|1|]}""")]
    [InlineData("""{"$ref": "#/definitions/Mode", "default": [|"Medium"|]}""")]
    [InlineData("""{"$ref": "#/definitions/Alias", "default": [|"Medium"|]}""")]
    public void A_default_that_the_property_would_not_take(string property) =>
        AssertValue(property, "default", DefaultValue);

    [Theory]
    [InlineData("""{"type": "integer", "default": 1.0}""", "const int ADefault = 1;")]
    [InlineData("""{"type": "integer", "default": -1e2}""", "const int ADefault = -100;")]
    [InlineData("""{"type": "number", "default": 1e-7}""", "const decimal ADefault = 0.0000001m;")]
    [InlineData(
        """{"type": "string", "maxLength": 1, "default": "\ud83d\ude00"}""",
        "const string ADefault = \"\U0001F600\";"
    )]
    [InlineData(
        """{"type": "string", "default": "2025-01-01T00:00:00Z"}""",
        "const string ADefault = \"2025-01-01T00:00:00Z\";"
    )]
    [InlineData("""{"type": "string", "default": "\u2028\"\\\n"}""", "const string ADefault = \"\\u2028\\\"\\\\\\n\";")]
    [InlineData("""{"$ref": "#/definitions/Alias", "default": "Slow"}""", "const Mode ADefault = Mode.Slow;")]
    [InlineData("""{"$ref": "#/definitions/Level"}""", "const Level ADefault = Level.Low;")]
    [InlineData("""{"$ref": "#/definitions/Level", "default": "High"}""", "const Level ADefault = Level.High;")]
    [InlineData(
        """{"type": "number", "minimum": 0.12345678901234567891}""",
        "const decimal AMinimum = 0.12345678901234567891m;"
    )]
    public void A_value_becomes_a_constant_exactly(string property, string constant)
    {
        Generation generation = Generation.Of(Parse(InProperty(property)).Schema).Compiles();

        Assert.Contains("public " + constant, generation.SourceOf("Acme.Charging.Acme.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_default_of_a_definition_says_nothing_about_a_required_property()
    {
        string schema = InProperty("""{"$ref": "#/definitions/Level"}""");
        schema = schema[..schema.LastIndexOf('}')] + ", \"required\": [\"a\"]}";

        Assert.DoesNotContain(
            "ADefault",
            Generation.Of(Parse(schema).Schema).Compiles().SourceOf("Acme.Charging.Acme.g.cs"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("maxLength", "1")]
    [InlineData("type", "\"string\"")]
    [InlineData("minimum", "1")]
    [InlineData("properties", "{}")]
    public void A_keyword_beside_a_reference(string keyword, string value) =>
        AssertDefect(
            InProperty($$"""{"$ref": "#/definitions/Mode", [|"{{keyword}}"|]: {{value}} }"""),
            "OCPP014",
            keyword,
            "beside a $ref it has no effect"
        );

    [Fact]
    public void Keywords_that_demand_nothing_may_stand_beside_a_reference() =>
        Generation
            .Of(
                Parse(
                    InProperty(
                        """{"$ref": "#/definitions/Mode", "description": "a", "comment": "b", "$comment": "c", "title": "d", "javaType": "e"}"""
                    )
                ).Schema
            )
            .Compiles();

    [Theory]
    [InlineData("""{"type": "integer", [|"maxLength"|]: 1}""", "maxLength", "string")]
    [InlineData("""{"type": "string", [|"minimum"|]: 1}""", "minimum", "number")]
    [InlineData("""{"type": "string", [|"maximum"|]: 1}""", "maximum", "number")]
    [InlineData("""{"type": "object", [|"items"|]: {}}""", "items", "array")]
    [InlineData("""{"type": "string", [|"minItems"|]: 1}""", "minItems", "array")]
    [InlineData("""{[|"maxItems"|]: 1}""", "maxItems", "array")]
    [InlineData("""{"type": "string", [|"properties"|]: {}}""", "properties", "object")]
    [InlineData("""{"type": "array", "items": {}, [|"required"|]: []}""", "required", "object")]
    [InlineData("""{[|"enum"|]: ["a"]}""", "enum", "string")]
    [InlineData("""{"type": "number", [|"format"|]: "date-time"}""", "format", "string")]
    public void A_keyword_of_another_type(string property, string keyword, string type) =>
        AssertValue(property, keyword, $"it needs \"type\": \"{type}\" beside it");

    [Theory]
    [InlineData("""{"type": [|"array"|]}""", "type", "an array needs items")]
    [InlineData(
        """{"type": "string", "maxLength": 1, [|"enum"|]: ["a"]}""",
        "enum",
        "it takes no maxLength or format beside it"
    )]
    [InlineData(
        """{"type": "string", "format": "date-time", [|"enum"|]: ["a"]}""",
        "enum",
        "it takes no maxLength or format beside it"
    )]
    [InlineData(
        """{"type": "string", "format": "date-time", [|"maxLength"|]: 30}""",
        "maxLength",
        "a date-time has none"
    )]
    public void Keywords_that_do_not_go_together(string property, string keyword, string problem) =>
        AssertValue(property, keyword, problem);

    [Theory]
    [InlineData("""{"A": {"$ref": "#/definitions/A"}}""", "InvalidOperationException: Cyclic references detected.")]
    [InlineData(
        """{"A": {"$ref": "#/definitions/B"}, "B": {"$ref": "#/definitions/A"}}""",
        "InvalidOperationException: Cyclic references detected."
    )]
    [InlineData(
        """{"A": {"type": "array", "items": {"$ref": "#/definitions/A"}}}""",
        "InvalidOperationException: An array can't hold itself."
    )]
    [InlineData(
        """{"A": {"type": "array", "items": {"type": "object", "properties": {"a": {"$ref": "#/definitions/A"}}}}}""",
        "InvalidOperationException: An array can't hold itself."
    )]
    public void A_schema_that_goes_in_a_circle(string definitions, string problem) =>
        AssertDefect(
            $$$"""[|{|]"type": "object", "definitions": {{{definitions}}}, "properties": {"a": {"$ref": "#/definitions/A"} } }""",
            "OCPP015",
            problem
        );

    [Fact]
    public void An_object_may_hold_itself() =>
        Generation
            .Of(
                Parse(
                    """
                    {"type": "object", "definitions": {"Node": {"type": "object", "properties": {
                      "next": {"$ref": "#/definitions/Node"}, "children": {"type": "array", "items": {"$ref": "#/definitions/Node"}}}}},
                    "properties": {"root": {"$ref": "#/definitions/Node"}}}
                    """
                ).Schema
            )
            .Compiles();

    private static string InProperty(string property) =>
        $$$"""
            {
              "definitions": {
                "Mode": {"type": "string", "enum": ["Fast", "Slow"]},
                "Alias": {"$ref": "#/definitions/Mode"},
                "Level": {"type": "string", "enum": ["High", "Low"], "default": "Low"}
              },
              "type": "object",
              "properties": {
                "a": {{{property}}}
              }
            }
            """;

    private static void AssertValue(string property, string keyword, string problem) =>
        AssertDefect(InProperty(property), "OCPP014", keyword, problem);
}
