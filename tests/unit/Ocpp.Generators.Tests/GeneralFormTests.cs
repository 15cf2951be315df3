using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Acme.Charging;
using Ocpp.Rpc;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.Generators.Tests;

/// <summary>
/// Forms that the official schemas do not use, in schemas of this project's own that the generator compiles into it.
/// </summary>
public class GeneralFormTests
{
    private const string FullJson = """
        {"id":7,"grid":[[1,-5],[2,3,5]],"tags":["a","bcd"],"power":12.50,"phase":3,"label":"\"é","enabled":false,
        "measurand":"L1-N","sensor":[{"serial":"s1","parts":[{"serial":"s2"}],"x":{"y":[1,null]},"z":true}],
        "site":{"city":"Zürich","kind":"out-door"},"mode":"Fast","extra":null,"extras":[1,"a",{"b":[]}],
        "at":"2025-01-02T03:04:05.678Z","times":["2025-01-02T03:04:05Z","2025-06-07T08:09:10Z"],"step":21.4,"link":"ftp://a.b/c"}
        """;

    private const string MinimalJson = """{"id":1,"grid":[[0,0]],"tags":[]}""";

    private static readonly string s_full = FullJson.ReplaceLineEndings("");

    private static ReadingsRequest Minimal =>
        new()
        {
            Id = 1,
            Grid =
            [
                [0, 0],
            ],
            Tags = [],
        };

    [Fact]
    public void Every_form_of_property_is_read()
    {
        ReadingsRequest request = Parse<ReadingsRequest>(s_full);

        Assert.Equal(7, request.Id);
        Assert.Equal(
            [
                [1, -5],
                [2, 3, 5],
            ],
            request.Grid
        );
        Assert.Equal(["a", "bcd"], request.Tags);
        Assert.Equal(12.5m, request.Power);
        Assert.Equal(3, request.Phase);
        Assert.Equal("\"é", request.Label);
        Assert.False(request.Enabled);
        Assert.Equal(Measurand.L1_N, request.Measurand);
        Assert.Equal("s2", request.Sensor![0].Parts![0].Serial);
        Assert.Equal(new ReadingsRequestSite { City = "Zürich", Kind = ReadingsRequestSiteKind.OutDoor }, request.Site);
        Assert.Equal(ReadingsRequestMode.Fast, request.Mode);
        Assert.Equal(JsonValueKind.Null, request.Extra!.Value.ValueKind);
        Assert.Equal("[]", request.Extras![2].GetProperty("b").GetRawText());
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), request.At);
        Assert.Equal(new DateTimeOffset(2025, 6, 7, 8, 9, 10, TimeSpan.Zero), request.Times![1]);
        Assert.Equal(21.4m, request.Step);
        Assert.Equal("ftp://a.b/c", request.Link);
        Assert.Empty(request.Validate());
    }

    [Fact]
    public void Every_form_of_property_is_written_as_it_was_read() =>
        Assert.Equal(s_full, Write(Parse<ReadingsRequest>(s_full)));

    [Fact]
    public void Every_form_of_property_has_its_json_schema() =>
        AssertJson(
            """
            {
              "type": "object",
              "properties": {
                "id": {"type": "integer"},
                "power": {"type": "number", "minimum": -1.5, "maximum": 1000},
                "phase": {"type": "integer", "minimum": 1, "maximum": 3},
                "label": {"type": "string", "maxLength": 5},
                "enabled": {"type": "boolean"},
                "measurand": {"type": "string", "enum": ["Current.Export", "Current.Import", "L1-N", "s309-1P-16A", "sType2", "Power.Active.Import"]},
                "grid": {
                  "type": "array",
                  "items": {
                    "type": "array", "items": {"type": "integer", "minimum": -5, "maximum": 5}, "minItems": 2, "maxItems": 3
                  },
                  "minItems": 1
                },
                "tags": {"type": "array", "items": {"type": "string", "maxLength": 3}, "maxItems": 2},
                "sensor": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {"serial": {"type": "string", "maxLength": 4}, "parts": {"type": "array", "items": {}}},
                    "required": ["serial"]
                  }
                },
                "site": {
                  "type": "object",
                  "properties": {
                    "city": {"type": "string", "maxLength": 6}, "kind": {"type": "string", "enum": ["in door", "out-door"]}
                  },
                  "required": ["city"],
                  "additionalProperties": false
                },
                "mode": {"type": "string", "enum": ["Fast", "Slow"]},
                "extra": {},
                "extras": {"type": "array", "items": {}},
                "at": {"type": "string", "format": "date-time"},
                "times": {"type": "array", "items": {"type": "string", "format": "date-time"}},
                "step": {"type": "number", "minimum": -1, "multipleOf": 0.1},
                "link": {"type": "string", "format": "uri", "maxLength": 20}
              },
              "required": ["id", "grid", "tags"],
              "additionalProperties": false
            }
            """,
            Acme10JsonSchemas.Get(typeof(ReadingsRequest))
        );

    [Fact]
    public void A_type_of_another_protocol_has_no_json_schema()
    {
        Assert.Null(Acme10JsonSchemas.Get(typeof(string)));
        Assert.Null(Acme10JsonSchemas.Get(typeof(List<ReadingsRequest>)));
        Assert.Null(Acme10JsonSchemas.Get(typeof(Acme10JsonContext)));
    }

    [Fact]
    public void Absent_properties_stay_absent()
    {
        ReadingsRequest request = Parse<ReadingsRequest>(MinimalJson);

        Assert.Equal(Minimal, request);
        Assert.Null(request.Power);
        Assert.Null(request.Extra);
        Assert.Null(request.Enabled);
        Assert.Equal(MinimalJson, Write(request));
    }

    [Fact]
    public void The_serializer_reads_and_writes_the_same()
    {
        ReadingsRequest request = JsonSerializer.Deserialize(s_full, Acme10JsonContext.Default.ReadingsRequest)!;

        Assert.Equal(Parse<ReadingsRequest>(s_full), request);
        Assert.Equal(s_full, JsonSerializer.Serialize(request, Acme10JsonContext.Default.ReadingsRequest));
        Assert.Equal(
            "\"s309-1P-16A\"",
            JsonSerializer.Serialize(Measurand.S309_1P_16A, Acme10JsonContext.Default.Measurand)
        );
    }

    [Theory]
    [InlineData("power", "-1.51", OcppRule.Minimum, "/power", null, null)]
    [InlineData("power", "1000.001", OcppRule.Maximum, "/power", 1000L, null)]
    [InlineData("power", "\"1\"", OcppRule.Type, "/power", null, null)]
    [InlineData("phase", "0", OcppRule.Minimum, "/phase", 1L, null)]
    [InlineData("phase", "4", OcppRule.Maximum, "/phase", 3L, null)]
    [InlineData("phase", "1.5", OcppRule.Type, "/phase", null, null)]
    [InlineData("label", "\"abcdef\"", OcppRule.MaxLength, "/label", 5L, 6L)]
    [InlineData("enabled", "1", OcppRule.Type, "/enabled", null, null)]
    [InlineData("measurand", "\"current.Export\"", OcppRule.Enum, "/measurand", null, null)]
    [InlineData("mode", "\"Medium\"", OcppRule.Enum, "/mode", null, null)]
    [InlineData("grid", "[]", OcppRule.MinItems, "/grid", 1L, 0L)]
    [InlineData("grid", "[[1,2],[3]]", OcppRule.MinItems, "/grid/1", 2L, 1L)]
    [InlineData("grid", "[[1,2,3,4]]", OcppRule.MaxItems, "/grid/0", 3L, 4L)]
    [InlineData("grid", "[[1,6]]", OcppRule.Maximum, "/grid/0/1", 5L, null)]
    [InlineData("grid", "[[-6,1]]", OcppRule.Minimum, "/grid/0/0", -5L, null)]
    [InlineData("grid", "[null]", OcppRule.Null, "/grid/0", null, null)]
    [InlineData("tags", "[\"a\",\"b\",\"c\"]", OcppRule.MaxItems, "/tags", 2L, 3L)]
    [InlineData("tags", "[\"a\",\"bcde\"]", OcppRule.MaxLength, "/tags/1", 3L, 4L)]
    [InlineData("tags", "[1]", OcppRule.Type, "/tags/0", null, null)]
    [InlineData("sensor", "[{}]", OcppRule.Required, "/sensor/0/serial", null, null)]
    [InlineData(
        "sensor",
        "[{\"serial\":\"s\",\"parts\":[{\"serial\":\"abcde\"}]}]",
        OcppRule.MaxLength,
        "/sensor/0/parts/0/serial",
        4L,
        5L
    )]
    [InlineData("site", "{\"city\":\"a\",\"kind\":\"indoor\"}", OcppRule.Enum, "/site/kind", null, null)]
    [InlineData("site", "{\"city\":\"a\",\"zip\":1}", OcppRule.UnknownProperty, "/site/zip", null, null)]
    [InlineData("extra", "{\"a\":1,\"a\":2}", OcppRule.DuplicateProperty, "/extra", null, null)]
    [InlineData("at", "\"2025-13-01T00:00:00Z\"", OcppRule.DateTime, "/at", null, null)]
    [InlineData("times", "[\"2025-01-01\"]", OcppRule.DateTime, "/times/0", null, null)]
    [InlineData("step", "21.45", OcppRule.MultipleOf, "/step", null, null)]
    [InlineData("step", "0.1000000000000000000000000001", OcppRule.MultipleOf, "/step", null, null)]
    [InlineData("step", "-1.1", OcppRule.Minimum, "/step", -1L, null)]
    [InlineData("link", "\"a.b/c\"", OcppRule.Uri, "/link", null, null)]
    [InlineData("link", "\"/a.b/c\"", OcppRule.Uri, "/link", null, null)]
    [InlineData("link", "\"ftp://a.b/cdefghijklm\"", OcppRule.MaxLength, "/link", 20L, 21L)]
    [InlineData("link", "1", OcppRule.Type, "/link", null, null)]
    public void Each_limit_is_checked_in_reading(
        string name,
        string value,
        OcppRule rule,
        string path,
        long? limit,
        long? actual
    )
    {
        string json = $$"""{"id":1,"{{name}}":{{value}}""";
        json += name == "grid" ? "" : ",\"grid\":[[0,0]]";
        json += name == "tags" ? "}" : ",\"tags\":[]}";

        Assert.False(
            OcppJson.TryParse(Encoding.UTF8.GetBytes(json), out ReadingsRequest? request, out OcppViolation violation)
        );

        Assert.Null(request);
        Assert.Equal(new OcppViolation(OcppErrorMap.Default[rule], rule, path, limit, actual), violation);
    }

    [Fact]
    public void Each_limit_is_checked_by_Validate_and_in_writing()
    {
        ReadingsRequest request = Minimal with
        {
            Power = -1.51m,
            Phase = 4,
            Label = "abcdef",
            Measurand = (Measurand)99,
            Grid =
            [
                [1],
                [1, 6],
                null!,
            ],
            Tags = ["a", "bcde", null!],
            Sensor = [new Sensor { Serial = "abcde" }],
            Site = new ReadingsRequestSite { City = null! },
            Mode = (ReadingsRequestMode)(-1),
            Extra = default(JsonElement),
            Extras = [default],
            Step = 0.05m,
            Link = "a.b/c",
        };
        (OcppRule, string, long?, long?)[] expected =
        [
            // Required properties are written first.
            (OcppRule.MinItems, "/grid/0", 2, 1),
            (OcppRule.Maximum, "/grid/1/1", 5, null),
            (OcppRule.Required, "/grid/2", null, null),
            (OcppRule.MaxItems, "/tags", 2, 3),
            (OcppRule.MaxLength, "/tags/1", 3, 4),
            (OcppRule.Required, "/tags/2", null, null),
            (OcppRule.Minimum, "/power", null, null),
            (OcppRule.Maximum, "/phase", 3, null),
            (OcppRule.MaxLength, "/label", 5, 6),
            (OcppRule.Enum, "/measurand", null, null),
            (OcppRule.MaxLength, "/sensor/0/serial", 4, 5),
            (OcppRule.Required, "/site/city", null, null),
            (OcppRule.Enum, "/mode", null, null),
            (OcppRule.Type, "/extra", null, null),
            (OcppRule.Type, "/extras/0", null, null),
            (OcppRule.MultipleOf, "/step", null, null),
            (OcppRule.Uri, "/link", null, null),
        ];

        IReadOnlyList<OcppViolation> violations = request.Validate();
        OcppValidationException exception = Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(request));

        Assert.Equal(
            expected,
            violations.Select(violation => (violation.Rule, violation.Path, violation.Limit, violation.Actual))
        );
        Assert.Equal(violations, exception.Violations);
    }

    [Theory]
    [InlineData("0.3")]
    [InlineData("-0.7")]
    [InlineData("1e-1")]
    [InlineData("1000000.1")]
    [InlineData("7922816251426433759354395033.5")]
    [InlineData("79228162514264337593543950335")]
    public void A_multiple_is_found_exactly_where_binary_fractions_would_not(string number)
    {
        ReadingsRequest request = Parse<ReadingsRequest>($$"""{"id":1,"grid":[[0,0]],"tags":[],"step":{{number}}}""");

        Assert.Equal(decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture), request.Step);
        Assert.Empty(request.Validate());
        Assert.NotEmpty(OcppJson.ToUtf8Bytes(request));
    }

    [Fact]
    public void Limits_and_defaults_are_constants()
    {
        Assert.Equal(-1.5m, ReadingsRequest.PowerMinimum);
        Assert.Equal(1000m, ReadingsRequest.PowerMaximum);
        Assert.Equal(-0.25m, ReadingsRequest.PowerDefault);
        Assert.Equal(1, ReadingsRequest.PhaseMinimum);
        Assert.Equal(3, ReadingsRequest.PhaseMaximum);
        Assert.Equal(2, ReadingsRequest.PhaseDefault);
        Assert.Equal(5, ReadingsRequest.LabelMaxLength);
        Assert.Equal("\"<é>\\", ReadingsRequest.LabelDefault);
        Assert.True(ReadingsRequest.EnabledDefault);
        Assert.Equal(Measurand.CurrentExport, ReadingsRequest.MeasurandDefault);
        Assert.Equal(ReadingsRequestMode.Slow, ReadingsRequest.ModeDefault);
        Assert.Equal(1, ReadingsRequest.GridMinItems);
        Assert.Equal(2, ReadingsRequest.GridItemMinItems);
        Assert.Equal(3, ReadingsRequest.GridItemMaxItems);
        Assert.Equal(-5, ReadingsRequest.GridItemMinimum);
        Assert.Equal(5, ReadingsRequest.GridItemMaximum);
        Assert.Equal(2, ReadingsRequest.TagsMaxItems);
        Assert.Equal(3, ReadingsRequest.TagsMaxLength);
        Assert.Equal(4, Sensor.SerialMaxLength);
        Assert.Equal(6, ReadingsRequestSite.CityMaxLength);
        Assert.Equal(0.1m, ReadingsRequest.StepMultipleOf);
        Assert.Equal(-1m, ReadingsRequest.StepMinimum);
        Assert.Equal(0.3m, ReadingsRequest.StepDefault);
        Assert.Equal(20, ReadingsRequest.LinkMaxLength);
    }

    [Fact]
    public void Equal_texts_make_equal_records_with_equal_hashes()
    {
        ReadingsRequest left = Parse<ReadingsRequest>(s_full);
        ReadingsRequest right = Parse<ReadingsRequest>(s_full);

        Assert.NotSame(left, right);
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Fact]
    public void JSON_values_are_equal_whatever_their_spelling()
    {
        ReadingsRequest left = Parse<ReadingsRequest>(
            """{"id":1,"grid":[[0,0]],"tags":[],"extra":{"a":1.0,"b":"\u0061"},"extras":[10]}"""
        );
        ReadingsRequest right = Parse<ReadingsRequest>(
            """{"tags":[],"id":1,"grid":[[0,0]],"extras":[1e1],"extra":{"b":"a","a":1}}"""
        );

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    public static TheoryData<string, string> Edits =>
        new()
        {
            { "\"id\":7", "\"id\":8" },
            { "[1,-5]", "[1,-4]" },
            { "[2,3,5]", "[2,3]" },
            { "\"bcd\"", "\"bce\"" },
            { "12.50", "12.51" },
            { "\"phase\":3", "\"phase\":2" },
            { "\\\"é", "\\\"e" },
            { "\"enabled\":false", "\"enabled\":true" },
            { "L1-N", "sType2" },
            { "\"s2\"", "\"s3\"" },
            { "[1,null]", "[1,false]" },
            { "\"z\":true", "\"zz\":true" },
            { "Zürich", "Aarau" },
            { "out-door", "in door" },
            { "Fast", "Slow" },
            { "\"extra\":null,", "" },
            { "{\"b\":[]}", "{\"b\":[0]}" },
            { "05.678Z", "05.679Z" },
            { "09:10Z", "09:11Z" },
        };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Records_that_differ_anywhere_are_not_equal(string before, string after)
    {
        string edited = s_full.Replace(before, after, StringComparison.Ordinal);

        Assert.NotEqual(s_full, edited);
        Assert.NotEqual(Parse<ReadingsRequest>(s_full), Parse<ReadingsRequest>(edited));
    }

    [Fact]
    public void Further_properties_of_an_open_object_survive()
    {
        Sensor sensor = Parse<Sensor>("""{"x":1,"serial":"s","y":{"z":[]}}""");

        Assert.Equal(["x", "y"], sensor.AdditionalProperties!.Keys.Order());
        Assert.Equal(1, sensor.AdditionalProperties["x"].GetInt32());
        Assert.Equal("""{"serial":"s","x":1,"y":{"z":[]}}""", Write(sensor));
        Assert.Null(Parse<Sensor>("""{"serial":"s"}""").AdditionalProperties);
    }

    [Fact]
    public void A_further_property_can_not_take_the_name_of_a_declared_one()
    {
        var sensor = new Sensor
        {
            Serial = "s",
            AdditionalProperties = new Dictionary<string, JsonElement> { ["serial"] = JsonElement.Parse("1") },
        };

        OcppValidationException exception = Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(sensor));

        OcppViolation violation = Assert.Single(exception.Violations);
        Assert.Equal((OcppRule.DuplicateProperty, "/serial"), (violation.Rule, violation.Path));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"note":"n"}""")]
    [InlineData("""{"ratio":0.5}""")]
    [InlineData("""{"note":"n","count":-1,"ratio":2}""")]
    public void A_record_without_required_properties_makes_a_round_trip(string json)
    {
        ReadingsResponse response = Parse<ReadingsResponse>(json);

        Assert.Equal(json, Write(response));
        Assert.Equal(response, Parse<ReadingsResponse>(json));
    }

    [Fact]
    public void A_record_without_properties_takes_none()
    {
        Assert.Equal("{}", Write(Parse<Empty>("{ }")));
        Assert.Equal(new Empty(), new Empty());
        Assert.False(OcppJson.TryParse<Empty>("""{"a":1}"""u8, out _, out OcppViolation violation));
        Assert.Equal((OcppRule.UnknownProperty, "/a"), (violation.Rule, violation.Path));
    }

    [Fact]
    public void Names_that_CSharp_or_the_generated_code_uses_are_read_and_written()
    {
        const string Json = """
            {"class":"a","event":1,"namespace":true,"and":"b","or":"c","var":2,"value":"d","valueValue":"e","reader":"f","writer":"g","seen":3,"start":4,"r":[[1,"x"],[]],"item":["h"],"type":"i","enum":"j","$id":"k","-":"l","half-way":"m","2nd":"n","a<b>&c":"o","größe":"p"}
            """;

        Keywords keywords = Parse<Keywords>(Json);

        Assert.Equal(Json, Write(keywords));
        Assert.Null(keywords.AdditionalProperties);
        Assert.Equal(("a", 1, true), (keywords.Class, keywords.Event, keywords.Namespace));
        Assert.Equal(("d", "e", "k", "l"), (keywords.Value, keywords.ValueValue, keywords.Id, keywords._));
        Assert.Equal(("m", "n", "o", "p"), (keywords.HalfWay, keywords._2nd, keywords.ABC, keywords.Größe));
        Assert.Equal(keywords, Parse<Keywords>(Json));
        Assert.Equal(keywords.GetHashCode(), Parse<Keywords>(Json).GetHashCode());
        Assert.NotEqual(keywords, Parse<Keywords>(Json.Replace("[1,\"x\"]", "[1,\"y\"]", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Measurand.CurrentExport, "Current.Export")]
    [InlineData(Measurand.CurrentImport, "Current.Import")]
    [InlineData(Measurand.L1_N, "L1-N")]
    [InlineData(Measurand.S309_1P_16A, "s309-1P-16A")]
    [InlineData(Measurand.SType2, "sType2")]
    [InlineData(Measurand.PowerActiveImport, "Power.Active.Import")]
    public void Enumeration_values_keep_their_names_on_the_wire(Measurand value, string name)
    {
        Assert.Equal(name, value.ToWireName());
        Assert.True(MeasurandNames.TryParse(Encoding.UTF8.GetBytes(name), out Measurand parsed));
        Assert.Equal(value, parsed);
        Assert.False(MeasurandNames.TryParse(Encoding.UTF8.GetBytes(name.ToUpperInvariant() + " "), out _));
    }

    [Fact]
    public void An_undeclared_enumeration_value_has_no_name() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Measurand)99).ToWireName());

    [Fact]
    public void The_registry_knows_the_actions_that_are_answered_and_those_that_are_not()
    {
        Assert.Equal("acme1.0", Acme10Protocol.Instance.Subprotocol);
        Assert.Equal(
            [
                ("Empty", typeof(Empty), null),
                ("Keywords", typeof(Keywords), null),
                ("Readings", typeof(ReadingsRequest), typeof(ReadingsResponse)),
            ],
            Acme10Protocol.Instance.Actions.Select(action => (action.Name, action.RequestType, action.ResponseType))
        );
        Assert.Same(Acme10Protocol.Instance.Actions[2], Acme10Protocol.Instance.FindAction("Readings"));
        Assert.Null(Acme10Protocol.Instance.FindAction("readings"));
    }

    [Fact]
    public void A_request_goes_in_a_CALL_and_a_message_without_a_response_in_a_SEND()
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall(output, "1", Minimal);
        Assert.Equal($"[2,\"1\",\"Readings\",{MinimalJson}]", Encoding.UTF8.GetString(output.WrittenSpan));

        output.Clear();
        OcppFrame.WriteSend(output, "2", new Empty());
        Assert.Equal("[6,\"2\",\"Empty\",{}]", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(output.WrittenSpan, out OcppFrame frame, out _));
        Assert.Equal(
            new Empty(),
            Acme10Protocol.Instance.FindAction(frame.Utf8Action)!.ReadRequest(frame.Payload, out _)
        );
    }

    private static T Parse<T>(string json)
        where T : class, IOcppPayload<T> => OcppJson.Parse<T>(Encoding.UTF8.GetBytes(json));

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private static string Write<T>(T value)
        where T : class, IOcppPayload<T> => Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(value));
}
