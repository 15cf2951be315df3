using Microsoft.CodeAnalysis;
using Ocpp.Generators.Tests.Driving;
using Xunit;

namespace Ocpp.Generators.Tests.Constants;

/// <summary>OCPP101 to OCPP104: constants that the validation would refuse.</summary>
public class ConstantAnalyzerTests
{
    private static readonly SchemaText s_schema = new(
        "/schemas/Reading.json",
        """
        {
          "definitions": {
            "Site": {
              "type": "object",
              "properties": {
                "city": { "type": "string", "maxLength": 4 },
                "zones": { "type": "array", "items": { "type": "integer", "maximum": 9 }, "minItems": 1, "maxItems": 2 }
              },
              "required": ["city"]
            }
          },
          "type": "object",
          "properties": {
            "label": { "type": "string", "maxLength": 5 },
            "note": { "type": "string" },
            "phase": { "type": "integer", "minimum": 1, "maximum": 3 },
            "power": { "type": "number", "minimum": -1.5, "maximum": 1000 },
            "step": { "type": "number", "multipleOf": 0.1 },
            "tags": { "type": "array", "items": { "type": "string", "maxLength": 3 }, "minItems": 1, "maxItems": 2 },
            "free": { "type": "array", "items": { "type": "string", "maxLength": 3 } },
            "grid": {
              "type": "array", "minItems": 1,
              "items": { "type": "array", "items": { "type": "integer", "maximum": 5 }, "maxItems": 3 }
            },
            "site": { "$ref": "#/definitions/Site" },
            "sites": { "type": "array", "items": { "$ref": "#/definitions/Site" }, "maxItems": 1 },
            "at": { "type": "string", "format": "date-time" }
          }
        }
        """
    );

    private static readonly MetadataReference s_messages = MarkedCode.Compile(s_schema);

    [Theory]
    [InlineData("""Label = [|"123456"|]""", "Label has at most 5 characters, the text has 6")]
    [InlineData("""Label = [|"12" + "3456"|]""", "Label has at most 5 characters, the text has 6")]
    [InlineData("""Label = [|TooLong|]""", "Label has at most 5 characters, the text has 7")]
    [InlineData("""Label = ([|"123456"|])""", "Label has at most 5 characters, the text has 6")]
    [InlineData("""Label = flag ? "1" : [|"123456"|]""", "Label has at most 5 characters, the text has 6")]
    [InlineData("""Label = text ?? [|"123456"|]""", "Label has at most 5 characters, the text has 6")]
    [InlineData(
        """Label = number switch { 1 => "1", _ => [|"123456"|] }""",
        "Label has at most 5 characters, the text has 6"
    )]
    [InlineData(
        """Label = [|"\U0001F50C\U0001F50C\U0001F50C123"|]""",
        "Label has at most 5 characters, the text has 6"
    )]
    public Task A_text_that_is_too_long(string assignment, string message) =>
        AssertAsync(assignment, "OCPP101: Reading." + message);

    [Theory]
    [InlineData("Phase = [|0|]", "Phase is at least 1, the number is 0")]
    [InlineData("Phase = [|4|]", "Phase is at most 3, the number is 4")]
    [InlineData("Phase = [|-1|]", "Phase is at least 1, the number is -1")]
    [InlineData("Phase = [|(int)4L|]", "Phase is at most 3, the number is 4")]
    [InlineData("Power = [|-1.6m|]", "Power is at least -1.5, the number is -1.6")]
    [InlineData("Power = [|1001|]", "Power is at most 1000, the number is 1001")]
    [InlineData("Power = flag ? null : [|1000.5m|]", "Power is at most 1000, the number is 1000.5")]
    public Task A_number_out_of_bounds(string assignment, string message) =>
        AssertAsync(assignment, "OCPP102: Reading." + message);

    [Theory]
    [InlineData("Tags = [|[]|]", "Tags has at least 1 item, the list has 0")]
    [InlineData("""Tags = [|["a", "b", "c"]|]""", "Tags has at most 2 items, the list has 3")]
    [InlineData("""Tags = [|["a", "b", "c", .. texts]|]""", "Tags has at most 2 items, the list has more")]
    [InlineData("""Tags = [|new[] { "a", "b", "c" }|]""", "Tags has at most 2 items, the list has 3")]
    [InlineData("""Tags = [|new string[0]|]""", "Tags has at least 1 item, the list has 0")]
    [InlineData("""Tags = [|new List<string>()|]""", "Tags has at least 1 item, the list has 0")]
    [InlineData("""Tags = [|new List<string>(3) { "a", "b", "c" }|]""", "Tags has at most 2 items, the list has 3")]
    [InlineData("""Tags = [|Array.Empty<string>()|]""", "Tags has at least 1 item, the list has 0")]
    [InlineData("Grid = [[1], [|[1, 2, 3, 4]|]]", "Grid has at most 3 items, the list has 4")]
    [InlineData(
        """Sites = [|[new Site { City = "a" }, new Site { City = "b" }]|]""",
        "Sites has at most 1 item, the list has 2"
    )]
    public Task A_list_with_too_few_or_too_many_items(string assignment, string message) =>
        AssertAsync(assignment, "OCPP103: Reading." + message);

    [Theory]
    [InlineData("Step = [|0.15m|]", "Step is a multiple of 0.1, the number is 0.15")]
    [InlineData("Step = [|-0.01m|]", "Step is a multiple of 0.1, the number is -0.01")]
    public Task A_number_that_is_not_a_multiple(string assignment, string message) =>
        AssertAsync(assignment, "OCPP104: Reading." + message);

    [Theory]
    [InlineData("""Tags = ["a", [|"bcde"|]]""", "OCPP101: Reading.Tags has at most 3 characters, the text has 4")]
    [InlineData(
        """Free = new List<string> { "a", [|"bcde"|] }""",
        "OCPP101: Reading.Free has at most 3 characters, the text has 4"
    )]
    [InlineData("""Free = [.. texts, [|"bcde"|]]""", "OCPP101: Reading.Free has at most 3 characters, the text has 4")]
    [InlineData("Grid = [[1, [|6|]]]", "OCPP102: Reading.Grid is at most 5, the number is 6")]
    public Task An_item_is_checked_where_it_is(string assignment, string message) => AssertAsync(assignment, message);

    [Theory]
    [InlineData(
        """Site = new Site { City = [|"Zurich"|] }""",
        "OCPP101: Site.City has at most 4 characters, the text has 6"
    )]
    [InlineData(
        """Site = new() { City = "Bern", Zones = [1, [|10|]] }""",
        "OCPP102: Site.Zones is at most 9, the number is 10"
    )]
    [InlineData(
        """Sites = [new() { City = [|"Zurich"|] }]""",
        "OCPP101: Site.City has at most 4 characters, the text has 6"
    )]
    public Task A_constant_of_a_type_within_a_message(string assignment, string message) =>
        AssertAsync(assignment, message);

    [Fact]
    public Task Each_constant_of_an_initializer_is_reported() =>
        AssertAsync(
            """Label = [|"123456"|], Phase = [|0|], Step = 0.2m, Tags = [|["a", "b", "c"]|]""",
            "OCPP101: Reading.Label has at most 5 characters, the text has 6",
            "OCPP102: Reading.Phase is at least 1, the number is 0",
            "OCPP103: Reading.Tags has at most 2 items, the list has 3"
        );

    [Theory]
    [InlineData("""Label = "12345", Note = "any length is taken", Phase = 1, Power = -1.5m, Step = 0.3m""")]
    [InlineData("""Label = "\U0001F50C\U0001F50C\U0001F50C\U0001F50C\U0001F50C", Phase = 3, Power = 1000, Step = -7""")]
    [InlineData("""Label = null, Phase = null, Power = null, Step = null, Tags = null""")]
    [InlineData("""Label = text, Phase = number, Power = number, Step = number * 0.15m, Tags = texts""")]
    [InlineData("""Label = text + "123456", Tags = [text!, text!]""")]
    [InlineData("""Tags = [.. texts]""")]
    [InlineData("""Tags = ["a", .. texts]""")]
    [InlineData("""Tags = new List<string>(texts), Free = []""")]
    [InlineData("""Tags = new string[number], Grid = [[]]""")]
    [InlineData("""Tags = new List<string> { "a", "b" }""")]
    [InlineData("""Site = new Site { City = "Bern", Zones = [9, 1] }, Sites = []""")]
    [InlineData("""At = DateTimeOffset.UnixEpoch""")]
    public Task What_the_validation_would_take_or_only_it_can_tell(string assignment) => AssertAsync(assignment);

    [Fact]
    public Task An_assignment_of_a_with_expression() =>
        MarkedCode.AssertAsync(
            s_messages,
            """
            using Acme.Charging;

            public static class User
            {
                public static Reading Use(Reading reading) => reading with { Phase = 2, Label = [|"123456"|] };
            }
            """,
            "OCPP101: Reading.Label has at most 5 characters, the text has 6"
        );

    [Fact]
    public Task Records_that_are_no_messages_are_left_alone() =>
        MarkedCode.AssertAsync(
            s_messages,
            """
            public sealed record Other
            {
                public const int LabelMaxLength = 1;
                public string? Label { get; set; }
            }

            public static class User
            {
                public static Other Use()
                {
                    var other = new Other { Label = "123456" };
                    other.Label = "123456";
                    return other with { Label = "123456" };
                }
            }
            """
        );

    [Fact]
    public async Task Messages_that_are_generated_in_the_same_project()
    {
        Compilation? output = null;
        await MarkedCode.AssertAsync(
            project => output = Generation.Of(project, [s_schema]).Output,
            Code("""Label = [|"123456"|]"""),
            "OCPP101: Reading.Label has at most 5 characters, the text has 6"
        );
        Assert.NotNull(output);
    }

    public static TheoryData<string> Versions => new("1.6", "2.0.1", "2.1");

    [Theory]
    [MemberData(nameof(Versions))]
    public Task A_constant_in_a_message_of_each_version_of_OCPP(string version)
    {
        IEnumerable<SchemaText> schemas = version switch
        {
            "1.6" => OfficialSchemas.All16,
            "2.0.1" => OfficialSchemas.All,
            _ => OfficialSchemas.All21,
        };
        string @namespace = "Ocpp.V" + version.Replace(".", "", StringComparison.Ordinal);

        return MarkedCode.AssertAsync(
            MarkedCode.Compile(
                schemas.Where(schema => schema.Path.Contains("/SignCertificate", StringComparison.Ordinal))
            ),
            $$"""
            using {{@namespace}};

            public static class User
            {
                public static SignCertificateRequest Use(bool flag) =>
                    new() { {{(version == "2.1" ? "RequestId = 1, " : "")}}Csr = flag ? "{{new string(
                'a',
                5500
            )}}" : [|"{{new string('a', 5501)}}"|] };
            }
            """,
            "OCPP101: SignCertificateRequest.Csr has at most 5500 characters, the text has 5501"
        );
    }

    [Fact]
    public Task A_project_without_the_SDK_is_not_looked_at() =>
        MarkedCode.AssertAsync(
            project => project.RemoveAllReferences().AddReferences(Projects.WithoutSdk.References),
            "public static class User { public static string Use() => \"123456\"; }"
        );

    private static Task AssertAsync(string assignment, params string[] expected) =>
        MarkedCode.AssertAsync(s_messages, Code(assignment), expected);

    private static string Code(string assignment) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using Acme.Charging;

            public static class User
            {
                private const string TooLong = "1234567";

                public static Reading Use(bool flag, string? text, int number, List<string> texts) =>
                    new() { {{assignment}} };
            }
            """;
}
