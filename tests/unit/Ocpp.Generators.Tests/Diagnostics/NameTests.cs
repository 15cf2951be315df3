using Ocpp.Generators.Tests.Driving;
using Xunit;
using static Ocpp.Generators.Tests.Driving.MarkedSchema;

namespace Ocpp.Generators.Tests.Diagnostics;

/// <summary>OCPP006, OCPP007 and OCPP008: names that do not go together.</summary>
public class NameTests
{
    private const string Object = """{"type": "object"}""";
    private const string Holder = "the type that holds it";
    private const string AnyMember = "a member of every record";

    [Theory]
    [InlineData(
        """{"type": "object"}""",
        """{"type": "object", "additionalProperties": false}""",
        "/additionalProperties",
        "false",
        "true"
    )]
    [InlineData(
        """{"type": "object"}""",
        """{"type": "string", "enum": ["a"]}""",
        "/type",
        "an enumeration",
        "an object"
    )]
    [InlineData(
        """{"type": "string", "enum": ["a", "b"]}""",
        """{"type": "string", "enum": ["b", "a"]}""",
        "/enum/0",
        "'b'",
        "'a'"
    )]
    [InlineData(
        """{"type": "string", "enum": ["a", "b"]}""",
        """{"type": "string", "enum": ["a"]}""",
        "/enum/1",
        "absent",
        "'b'"
    )]
    [InlineData(
        """{"type": "string", "enum": ["a"]}""",
        """{"type": "string", "enum": ["a", "b"]}""",
        "/enum/1",
        "'b'",
        "absent"
    )]
    [InlineData(
        """{PROPERTIES{"a": {}, "b": {} } }""",
        """{PROPERTIES{"b": {}, "a": {} } }""",
        "the order of /properties",
        "'b'",
        "'a'"
    )]
    [InlineData(
        """{PROPERTIES{"a": {} } }""",
        """{PROPERTIES{"a": {}, "~/": {} } }""",
        "/properties/~0~1",
        "declared",
        "absent"
    )]
    [InlineData("""{PROPERTIES{"a": {} } }""", """{PROPERTIES{} }""", "/properties/a", "absent", "declared")]
    [InlineData(
        """{PROPERTIES{"a": {"type": "string"} } }""",
        """{PROPERTIES{"a": {"type": "number"} } }""",
        "/properties/a/type",
        "number",
        "string"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "string", "maxLength": 1} } }""",
        """{PROPERTIES{"a": {"type": "string", "maxLength": 2} } }""",
        "/properties/a/maxLength",
        "2",
        "1"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "integer", "minimum": 1} } }""",
        """{PROPERTIES{"a": {"type": "integer"} } }""",
        "/properties/a/minimum",
        "absent",
        "1"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "number", "maximum": 1.5} } }""",
        """{PROPERTIES{"a": {"type": "number", "maximum": -1} } }""",
        "/properties/a/maximum",
        "-1",
        "1.5"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "array", "items": {} } } }""",
        """{PROPERTIES{"a": {"type": "array", "items": {}, "minItems": 1} } }""",
        "/properties/a/minItems",
        "1",
        "absent"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "array", "items": {}, "maxItems": 3} } }""",
        """{PROPERTIES{"a": {"type": "array", "items": {}, "maxItems": 4} } }""",
        "/properties/a/maxItems",
        "4",
        "3"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "array", "items": {"type": "string"} } } }""",
        """{PROPERTIES{"a": {"type": "array", "items": {"type": "string", "maxLength": 4} } } }""",
        "/properties/a/items/maxLength",
        "4",
        "absent"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "boolean"} } }""",
        """{PROPERTIES{"a": {"type": "boolean", "default": false} } }""",
        "/properties/a/default",
        "false",
        "absent"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "boolean"} } }""",
        """{PROPERTIES{"a": {"type": "boolean", "x-sensitive": true} } }""",
        "/properties/a/x-sensitive",
        "true",
        "absent"
    )]
    [InlineData(
        """{PROPERTIES{"a": {"type": "boolean"} } }""",
        """{PROPERTIES{"a": {"type": "boolean"} }, "required": ["a"]}""",
        "/properties/a",
        "required",
        "optional"
    )]
    public void A_name_with_two_shapes_names_both_files_and_what_differs(
        string first,
        string second,
        string path,
        string here,
        string there
    )
    {
        const string Properties = "\"type\": \"object\", \"properties\": ";
        first = first.Replace("PROPERTIES", Properties, StringComparison.Ordinal);
        second = second.Replace("PROPERTIES", Properties, StringComparison.Ordinal);
        SchemaText file = Parse($$$"""{"type": "object", "definitions": {"Shape": {{{first}}} } }""", "First").Schema;
        MarkedSchema other = Parse($$$"""{"type": "object", "definitions": {[|"Shape"|]: {{{second}}} } }""", "Second");
        string expected = other.Describe(0, "OCPP006", "Shape", "Second.json", "First.json", path, here, there);

        AssertDiagnostics(Generation.Of(file, other.Schema), expected);
        AssertDiagnostics(Generation.Of(other.Schema, file), expected);
    }

    [Theory]
    [InlineData(2, "B.json and 1 other file")]
    [InlineData(5, "B.json and 4 other files")]
    public void The_one_file_that_differs_from_many_is_the_one_that_was_edited(int others, string files)
    {
        MarkedSchema edited = Parse(
            """{"type": "object", "definitions": {[|"Shape"|]: {"type": "string", "enum": ["a", "b"]} } }""",
            "A"
        );
        SchemaText[] rest = Enumerable
            .Range(0, others)
            .Select(i =>
                Parse(
                    """{"type": "object", "definitions": {"Shape": {"type": "string", "enum": ["a"]} } }""",
                    $"{(char)('B' + i)}"
                ).Schema
            )
            .ToArray();

        AssertDiagnostics(
            Generation.Of([edited.Schema, .. rest]),
            edited.Describe(0, "OCPP006", "Shape", "A.json", files, "/enum/1", "'b'", "absent")
        );
    }

    [Fact]
    public void Each_file_that_differs_from_most_is_reported()
    {
        const string Form =
            """{"type": "object", "definitions": {[|"Shape"|]: {"type": "string", "enum": ["VALUE"]} } }""";
        MarkedSchema[] files = new[] { "a", "b", "c", "b", "c", "b" }
            .Select((value, i) => Parse(Form.Replace("VALUE", value, StringComparison.Ordinal), $"{(char)('A' + i)}"))
            .ToArray();

        AssertDiagnostics(
            Generation.Of(files.Select(file => file.Schema)),
            files[0].Describe(0, "OCPP006", "Shape", "A.json", "B.json and 2 other files", "/enum/0", "'a'", "'b'"),
            files[2].Describe(0, "OCPP006", "Shape", "C.json", "B.json and 2 other files", "/enum/0", "'c'", "'b'"),
            files[4].Describe(0, "OCPP006", "Shape", "E.json", "B.json and 2 other files", "/enum/0", "'c'", "'b'")
        );
    }

    [Fact]
    public void A_name_may_stand_in_two_files_with_different_descriptions()
    {
        SchemaText first = Parse(
            """{"type": "object", "definitions": {"Shape": {"type": "object", "description": "One."}}}""",
            "First"
        ).Schema;
        SchemaText second = Parse(
            """{"type": "object", "definitions": {"Shape": {"type": "object", "description": "Two."}}}""",
            "Second"
        ).Schema;

        Generation generation = Generation.Of(second, first).Compiles();

        Assert.Contains(
            "<summary>One.</summary>",
            generation.SourceOf("Acme.Charging.Shape.g.cs"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_payload_and_a_definition_can_not_share_a_name()
    {
        SchemaText first = Parse(
            """{"type": "object", "definitions": {"Second": {"type": "string", "enum": ["a"]}}}""",
            "First"
        ).Schema;
        MarkedSchema second = Parse("""[|{|]"type": "object"}""", "Second");

        AssertDiagnostics(
            Generation.Of(first, second.Schema),
            second.Describe(0, "OCPP006", "Second", "Second.json", "First.json", "/type", "an object", "an enumeration")
        );
    }

    [Fact]
    public void A_type_in_place_and_a_definition_can_not_share_a_name() =>
        AssertDefect(
            """
            {
              "definitions": {"AcmeMode": {"type": "object"}},
              "type": "object",
              "properties": {[|"mode"|]: {"type": "string", "enum": ["a"]}}
            }
            """,
            "OCPP006",
            "AcmeMode",
            "Acme.json",
            "line 2 of it",
            "/type",
            "an enumeration",
            "an object"
        );

    [Fact]
    public void A_response_without_a_request()
    {
        MarkedSchema response = Parse("[||]{\"type\": \"object\"}", "MeasureResponse");

        AssertDiagnostics(
            Generation.Of(response.Schema),
            response.Describe(0, "OCPP007", "MeasureResponse", "MeasureRequest")
        );
    }

    [Fact]
    public void A_response_without_a_request_that_is_named_as_its_action()
    {
        MarkedSchema response = Parse("[||]{\"type\": \"object\"}", "MeasureResponse");

        AssertDiagnostics(
            Generation.Of(NamedAsAction(response.Schema), NamedAsAction(Parse(Object, "Weigh").Schema)),
            response.Describe(0, "OCPP007", "MeasureResponse", "Measure")
        );
    }

    [Fact]
    public void A_request_that_is_named_as_its_action_is_one_by_item_metadata()
    {
        SchemaText[] files =
        [
            NamedAsAction(Parse(Object, "Measure").Schema),
            NamedAsAction(Parse(Object, "MeasureResponse").Schema),
            NamedAsAction(Parse(Object, "Weigh").Schema),
            Parse(Object, "Ping").Schema,
            NamedAsAction(Parse(Object, "TareRequest").Schema),
            Parse(Object, "TareResponse").Schema,
        ];

        Generation generation = Generation.Of(files).Compiles();

        string registry = generation.SourceOf("Acme.Charging.Acme10Protocol.g.cs");
        Assert.Equal(
            [
                "new global::Ocpp.Rpc.OcppAction<MeasureRequest, MeasureResponse>(),",
                "new global::Ocpp.Rpc.OcppOneWayAction<Ping>(),",
                "new global::Ocpp.Rpc.OcppAction<TareRequest, TareResponse>())",
            ],
            registry
                .Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("new global::Ocpp.Rpc", StringComparison.Ordinal))
        );
        Assert.Contains("Acme.Charging.WeighRequest.g.cs", generation.HintNames);
    }

    [Fact]
    public void A_request_that_is_there_under_both_names()
    {
        MarkedSchema twin = Parse("[||]{\"type\": \"object\"}", "MeasureRequest");

        AssertDiagnostics(
            Generation.Of(twin.Schema, NamedAsAction(Parse(Object, "Measure").Schema)),
            twin.Describe(0, "OCPP008", "MeasureRequest", "'Measure'", "MeasureRequest")
        );
    }

    [Fact]
    public void A_response_whose_request_is_spelled_otherwise()
    {
        MarkedSchema response = Parse("[||]{\"type\": \"object\"}", "MeasureResponse");
        SchemaText request = Parse("{\"type\": \"object\"}", "MeaSureRequest").Schema;

        AssertDiagnostics(
            Generation.Of(request, response.Schema),
            response.Describe(0, "OCPP007", "MeasureResponse", "MeasureRequest")
        );
    }

    [Fact]
    public void An_action_that_is_answered_and_goes_one_way()
    {
        MarkedSchema oneWay = Parse("[||]{\"type\": \"object\"}", "Measure");
        SchemaText[] others = new[] { "MeasureRequest", "MeasureResponse" }
            .Select(name => Parse("{\"type\": \"object\"}", name).Schema)
            .ToArray();

        Generation generation = Generation.Of([oneWay.Schema, .. others]);

        AssertDiagnostics(
            generation,
            oneWay.Describe(
                0,
                "OCPP006",
                "Measure",
                "Measure.json",
                "MeasureRequest.json",
                "the action",
                "one that nothing answers",
                "one with a response"
            )
        );
        Assert.Empty(generation.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("MeasureRequest")]
    [InlineData("MeasureResponse")]
    public void A_defect_in_one_file_of_an_action_is_not_reported_once_more_by_the_compiler(string broken)
    {
        MarkedSchema defect = Parse("""{"type": "object", "properties": {"a": {"type": [|"strin"|]}}}""", broken);
        string whole = broken == "MeasureRequest" ? "MeasureResponse" : "MeasureRequest";

        Generation generation = Generation.Of(defect.Schema, Parse("""{"type": "object"}""", whole).Schema);

        AssertDiagnostics(generation, defect.Describe(0, "OCPP004", "strin"));
        Assert.Empty(generation.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("foo-bar", "fooBar", "FooBar")]
    [InlineData("foo bar", "foo.bar", "FooBar")]
    [InlineData("fooBar", "FooBar", "FooBar")]
    [InlineData("a", "A", "A")]
    [InlineData("1-2", "1.2", "_1_2")]
    [InlineData("-", "+", "_")]
    public void Two_names_that_become_one(string first, string second, string name)
    {
        AssertDefect(
            $$$"""{"type": "object", "properties": {"{{{first}}}": {"type": "string"}, [|"{{{second}}}"|]: {"type": "string"} } }""",
            "OCPP008",
            second,
            $"'{first}'",
            name
        );
        AssertDefect(
            $$$"""{"type": "object", "properties": {"a": {"type": "string", "enum": ["{{{first}}}", [|"{{{second}}}"|]]} } }""",
            "OCPP008",
            second,
            $"'{first}'",
            name
        );
    }

    [Theory]
    [InlineData("acme", Holder)]
    [InlineData("Acme", Holder)]
    [InlineData("validate", AnyMember)]
    [InlineData("read", AnyMember)]
    [InlineData("write", AnyMember)]
    [InlineData("additionalProperties", AnyMember)]
    [InlineData("additional-properties", AnyMember)]
    [InlineData("equals", AnyMember)]
    [InlineData("getHashCode", AnyMember)]
    [InlineData("toString", AnyMember)]
    [InlineData("getType", AnyMember)]
    [InlineData("clone", AnyMember)]
    [InlineData("equalityContract", AnyMember)]
    [InlineData("printMembers", AnyMember)]
    [InlineData("memberwiseClone", AnyMember)]
    [InlineData("finalize", AnyMember)]
    [InlineData("referenceEquals", AnyMember)]
    public void A_property_that_can_not_have_its_name(string property, string other) =>
        AssertDefect(
            $$$"""{"type": "object", "properties": {[|"{{{property}}}"|]: {"type": "integer"} } }""",
            "OCPP008",
            property,
            other,
            Naming(property)
        );

    [Theory]
    [InlineData(
        """{"csrMaxLength": {"type": "integer"}, [|"csr"|]: {"type": "string", "maxLength": 5} }""",
        "csr",
        "csrMaxLength",
        "CsrMaxLength"
    )]
    [InlineData(
        """{"csr": {"type": "string", "maxLength": 5}, [|"csrMaxLength"|]: {"type": "integer"} }""",
        "csrMaxLength",
        "csr",
        "CsrMaxLength"
    )]
    [InlineData(
        """{"a": {"type": "integer", "default": 1}, [|"aDefault"|]: {"type": "integer"} }""",
        "aDefault",
        "a",
        "ADefault"
    )]
    [InlineData(
        """{"a": {"type": "integer", "minimum": 1}, [|"a-minimum"|]: {"type": "integer"} }""",
        "a-minimum",
        "a",
        "AMinimum"
    )]
    [InlineData(
        """{"a": {"type": "array", "items": {"type": "array", "minItems": 1, "items": {} } }, [|"aItem"|]: {"type": "array", "minItems": 1, "items": {} } }""",
        "aItem",
        "a",
        "AItemMinItems"
    )]
    public void A_constant_and_a_property_that_become_one(
        string properties,
        string second,
        string first,
        string name
    ) =>
        AssertDefect(
            $$$"""{"type": "object", "properties": {{{properties}}} }""",
            "OCPP008",
            second,
            $"'{first}'",
            name
        );

    [Fact]
    public void A_constant_that_is_named_as_its_type() =>
        AssertDefect(
            """{"type": "object", "definitions": {"CsrMaxLength": {"type": "object", "properties": {[|"csr"|]: {"type": "string", "maxLength": 5}}}}}""",
            "OCPP008",
            "csr",
            Holder,
            "CsrMaxLength"
        );

    [Theory]
    [InlineData("Default")]
    [InlineData("Options")]
    [InlineData("GetTypeInfo")]
    [InlineData("toString")]
    public void A_type_that_is_named_as_a_member_of_the_context(string definition) =>
        AssertDefect(
            $$$"""{"type": "object", "definitions": {[|"{{{definition}}}"|]: {"type": "object"} } }""",
            "OCPP008",
            Naming(definition),
            "a member of the serializer context",
            Naming(definition)
        );

    [Theory]
    [InlineData("Validate")]
    [InlineData("Read")]
    [InlineData("write")]
    [InlineData("AdditionalProperties")]
    [InlineData("Clone")]
    [InlineData("TryParse")]
    public void A_type_that_is_named_as_a_member_of_generated_types(string definition)
    {
        AssertDefect(
            $$$"""{"type": "object", "definitions": {[|"{{{definition}}}"|]: {"type": "object"} } }""",
            "OCPP008",
            Naming(definition),
            "a member of generated types",
            Naming(definition)
        );
        AssertDefect(
            $$$"""{"type": "object", "definitions": {[|"{{{definition}}}"|]: {"type": "string", "enum": ["a"]} } }""",
            "OCPP008",
            Naming(definition),
            "a member of generated types",
            Naming(definition)
        );
    }

    [Theory]
    [InlineData("Acme10JsonContext")]
    [InlineData("Acme10JsonSchemas")]
    [InlineData("Acme10Protocol")]
    public void A_type_that_is_named_as_a_class_of_the_protocol(string definition) =>
        AssertDefect(
            $$$"""{"type": "object", "definitions": {[|"{{{definition}}}"|]: {"type": "object"} } }""",
            "OCPP008",
            definition,
            "the generated class of the protocol",
            definition
        );

    [Theory]
    [InlineData("ModeNames")]
    [InlineData("ModeConverter")]
    public void A_type_that_is_named_as_a_class_of_an_enumeration(string definition)
    {
        AssertDefect(
            $$$"""{"type": "object", "definitions": {"Mode": {"type": "string", "enum": ["a"]}, [|"{{{definition}}}"|]: {"type": "object"} } }""",
            "OCPP008",
            definition,
            "a class of the enumeration Mode",
            definition
        );
        AssertDefect(
            $$$"""{"type": "object", "definitions": {[|"{{{definition}}}"|]: {"type": "object"}, "Mode": {"type": "string", "enum": ["a"]} } }""",
            "OCPP008",
            definition,
            "a class of the enumeration Mode",
            definition
        );
    }

    [Fact]
    public void Types_whose_names_differ_only_in_case()
    {
        SchemaText first = Parse(
            """{"type": "object", "definitions": {"EVType": {"type": "object"}}}""",
            "First"
        ).Schema;
        MarkedSchema second = Parse(
            """{"type": "object", "definitions": {[|"EvType"|]: {"type": "object"}}}""",
            "Second"
        );

        AssertDiagnostics(
            Generation.Of(first, second.Schema),
            second.Describe(0, "OCPP008", "EvType", "EVType", "EvType")
        );
    }

    [Fact]
    public void Two_files_of_one_payload()
    {
        MarkedSchema twin = Parse("[||]{\"type\": \"object\"}", "b/MeasureResponse");
        SchemaText[] others = new[] { "a/MeasureResponse", "a/MeasureRequest" }
            .Select(name => Parse("{\"type\": \"object\"}", name).Schema)
            .ToArray();
        string expected = twin.Describe(0, "OCPP008", "MeasureResponse", "another file", "MeasureResponse");

        AssertDiagnostics(Generation.Of([twin.Schema, .. others]), expected);
        AssertDiagnostics(Generation.Of([.. others, twin.Schema]), expected);
    }

    [Fact]
    public void Two_files_whose_names_become_one()
    {
        MarkedSchema request = Parse("[||]{\"type\": \"object\"}", "measureRequest");
        MarkedSchema response = Parse("[||]{\"type\": \"object\"}", "measureResponse");
        SchemaText[] others = new[] { "MeasureResponse", "MeasureRequest" }
            .Select(name => Parse("{\"type\": \"object\"}", name).Schema)
            .ToArray();

        AssertDiagnostics(
            Generation.Of([request.Schema, response.Schema, .. others]),
            request.Describe(0, "OCPP008", "measureRequest", "'MeasureRequest'", "MeasureRequest"),
            response.Describe(0, "OCPP008", "measureResponse", "'MeasureResponse'", "MeasureResponse")
        );
    }

    [Fact]
    public void Two_protocols_in_one_namespace()
    {
        var first = new SchemaText("/a/Shape.json", "{\"type\": \"object\"}")
        {
            Metadata = SchemaText.Describe("Acme.Charging", "acme1.0"),
        };
        MarkedSchema second = Parse("[||]{\"type\": \"object\"}", "Shape");
        var file = new SchemaText(second.Schema.Path, "{\"type\": \"object\"}")
        {
            Metadata = SchemaText.Describe("Acme.Charging", "acme2.0"),
        };

        AssertDiagnostics(
            Generation.Of(first, file),
            second.Describe(0, "OCPP008", "acme2.0", "'acme1.0'", "Acme.Charging")
        );
    }

    [Theory]
    [InlineData("""{"sensor": {"type": "array", "items": {"$ref": "#/definitions/Sensor"} } }""")]
    [InlineData("""{"sensor": {"$ref": "#/definitions/Sensor"} }""")]
    [InlineData("""{"sensor": {"type": "string"}, "main": {"$ref": "#/definitions/Sensor"} }""")]
    [InlineData("""{"mode": {"$ref": "#/definitions/Mode", "default": "Fast"}, "modeNames": {"type": "string"} }""")]
    [InlineData(
        """{"mode": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/definitions/Mode"} } } }"""
    )]
    public void A_property_may_be_named_as_a_type(string properties)
    {
        string schema = $$$"""
            {
              "definitions": {
                "Sensor": {"type": "object"},
                "Mode": {"type": "string", "enum": ["Fast"]}
              },
              "type": "object",
              "properties": {{{properties}}}
            }
            """;

        Generation.Of(Parse(schema).Schema).Compiles();
    }

    [Fact]
    public void A_file_may_be_named_with_letters_digits_and_a_few_signs() =>
        Generation
            .Of(
                new[] { "my_schema-v1.2", "class", "1st", "Größe", "a-bRequest", "a-bResponse" }.Select(name =>
                    Parse("{\"type\": \"object\"}", name).Schema
                )
            )
            .Compiles();

    private static string Naming(string name) => Ocpp.Schemas.CSharp.Naming.ToPascalCase(name);

    private static SchemaText NamedAsAction(SchemaText schema) =>
        new(schema.Path, schema.GetText())
        {
            Metadata = SchemaText.Describe("Acme.Charging", "acme1.0", requestFiles: "Action"),
        };
}
