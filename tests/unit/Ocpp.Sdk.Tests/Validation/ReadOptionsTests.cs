using System.Text;
using System.Text.Json;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>What a relaxed reader takes, what it reports, and what it can't take whatever it is told.</summary>
public sealed class ReadOptionsTests
{
    private static readonly OcppReadOptions s_all = new() { Accept = static _ => true };

    [Fact]
    public void Strict_is_what_is_used_when_nothing_is_said()
    {
        Assert.Equal(new OcppReadOptions(), OcppReadOptions.Strict);
        foreach (OcppReadOptions? options in (OcppReadOptions?[])[null, OcppReadOptions.Strict, new OcppReadOptions()])
        {
            AssertRefused("{\"count\":1,\"names\":null}", options, OcppRule.Null, "/names");
            AssertRefused("{\"count\":101}", options, OcppRule.Maximum, "/count");
            Assert.False(
                OcppJson.TryParse(
                    "{\"csr\":\"c\",\"x\":1}"u8,
                    out SignCertificateRequest? _,
                    out OcppViolation violation,
                    options
                )
            );
            Assert.Equal(new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/x"), violation);
        }
    }

    [Fact]
    public void Lenient_skips_unknown_properties()
    {
        byte[] payload = Utf8(
            "{\"x\":{\"csr\":[1,\"]}\"]},\"csr\":\"c\",\"y\":null,\"customData\":{\"vendorId\":\"v\",\"z\":1}}"
        );
        Assert.True(
            OcppJson.TryParse(
                payload,
                out SignCertificateRequest? request,
                out OcppViolation violation,
                OcppReadOptions.Lenient
            )
        );
        Assert.Equal(default, violation);
        Assert.Equal("c", request.Csr);
        Assert.Equal(1, request.CustomData!.AdditionalProperties!["z"].GetInt32());
    }

    [Fact]
    public void Lenient_takes_null_for_an_optional_property_as_absent()
    {
        byte[] payload = Utf8("{\"csr\":\"c\",\"certificateType\":null,\"customData\":null}");
        Assert.Equal(
            new SignCertificateRequest { Csr = "c" },
            OcppJson.Parse<SignCertificateRequest>(payload, OcppReadOptions.Lenient)
        );

        Reading reading = OcppJson.Parse<Reading>(
            Utf8(
                "{\"level\":null,\"final\":null,\"time\":null,\"names\":null,\"numbers\":null,\"parts\":null,\"count\":7}"
            ),
            OcppReadOptions.Lenient
        );
        Assert.Equal(new Reading { Count = 7 }, reading);
    }

    [Fact]
    public void Lenient_keeps_what_is_beyond_a_limit()
    {
        Reading reading = OcppJson.Parse<Reading>(
            Utf8("{\"count\":101,\"level\":-1.5,\"names\":[\"abcdef\",\"b\",\"c\",\"d\"]}"),
            OcppReadOptions.Lenient
        );
        Assert.Equal((101, -1.5m), (reading.Count, reading.Level));
        Assert.Equal(["abcdef", "b", "c", "d"], reading.Names);
        Assert.Equal([], OcppJson.Parse<Reading>(Utf8("{\"count\":1,\"names\":[]}"), OcppReadOptions.Lenient).Names);

        // What was read so can't be written again.
        Assert.Equal(
            [
                (OcppRule.Maximum, "/count"),
                (OcppRule.Minimum, "/level"),
                (OcppRule.MaxItems, "/names"),
                (OcppRule.MaxLength, "/names/0"),
            ],
            Assert
                .Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading))
                .Violations.Select(v => (v.Rule, v.Path))
        );
    }

    [Theory]
    [InlineData("", OcppRule.MalformedJson, "")]
    [InlineData("[]", OcppRule.PayloadNotObject, "")]
    [InlineData("null", OcppRule.PayloadNotObject, "")]
    [InlineData("{}", OcppRule.Required, "/count")]
    [InlineData("{\"count\":null}", OcppRule.Null, "/count")]
    [InlineData("{\"count\":\"one\"}", OcppRule.Type, "/count")]
    [InlineData("{\"count\":1.5}", OcppRule.Type, "/count")]
    [InlineData("{\"count\":1e99}", OcppRule.NumberRange, "/count")]
    [InlineData("{\"count\":1,}", OcppRule.MalformedJson, "")]
    [InlineData("{\"count\":1}}", OcppRule.MalformedJson, "")]
    [InlineData("{\"count\":1,\"names\":[\"a\"}", OcppRule.MalformedJson, "/names")]
    [InlineData("{\"count\":1,\"any\":\"\\uD800\"}", OcppRule.InvalidText, "/any")]
    [InlineData("{\"count\":1,\"names\":[\"\\uD800\"]}", OcppRule.InvalidText, "/names/0")]
    [InlineData("{\"count\":1,\"x\":x}", OcppRule.MalformedJson, "/x")]
    public void What_leaves_no_value_or_is_no_JSON_stays_refused(string payload, OcppRule rule, string path)
    {
        AssertRefused(payload, s_all, rule, path);
        AssertRefused(payload, OcppReadOptions.Lenient, rule, path);
    }

    [Fact]
    public void Every_broken_optional_property_can_be_accepted_and_is_then_absent()
    {
        Reading reading = OcppJson.Parse<Reading>(
            Utf8(
                "{\"count\":1,\"level\":\"x\",\"final\":0,\"time\":\"now\",\"names\":{},\"numbers\":[1,\"2\"],\"parts\":[{}]}"
            ),
            s_all
        );
        Assert.Equal(new Reading { Count = 1 }, reading);

        SignCertificateRequest request = OcppJson.Parse<SignCertificateRequest>(
            Utf8("{\"csr\":\"c\",\"certificateType\":\"Nonsense\",\"customData\":{\"x\":1}}"),
            s_all
        );
        Assert.Equal(new SignCertificateRequest { Csr = "c" }, request);
    }

    [Fact]
    public void Of_a_property_that_stands_twice_the_last_value_counts()
    {
        Reading reading = OcppJson.Parse<Reading>(
            Utf8("{\"count\":1,\"level\":0,\"count\":2,\"x\":1,\"level\":0.5,\"x\":2}"),
            s_all
        );
        Assert.Equal((2, 0.5m, 2), (reading.Count, reading.Level, reading.Others!["x"].GetInt32()));
    }

    [Fact]
    public void JSON_within_which_a_property_stands_twice_can_be_accepted_and_is_there()
    {
        Reading reading = OcppJson.Parse<Reading>(
            Utf8("{\"count\":1,\"any\":{\"a\":1,\"a\":2},\"x\":{\"a\":1,\"a\":2}}"),
            s_all
        );
        Assert.Equal(2, reading.Any!.Value.GetProperty("a").GetInt32());
        Assert.Equal(2, reading.Others!["x"].GetProperty("a").GetInt32());
        Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading));
    }

    [Fact]
    public void One_field_can_be_accepted_and_no_other()
    {
        var options = new OcppReadOptions { Accept = static v => v is { Path: "/names/0", Rule: OcppRule.MaxLength } };
        Assert.Equal(["abcdef"], OcppJson.Parse<Reading>(Utf8("{\"count\":1,\"names\":[\"abcdef\"]}"), options).Names);
        AssertRefused("{\"count\":1,\"names\":[\"abcdef\",\"ghijkl\"]}", options, OcppRule.MaxLength, "/names/1");
        AssertRefused("{\"count\":101,\"names\":[\"abcdef\"]}", options, OcppRule.Maximum, "/count");
        AssertRefused("{\"names\":[\"abcdef\"]}", options, OcppRule.Required, "/count");
    }

    [Fact]
    public void A_required_value_that_is_lost_is_named_although_other_violations_are_accepted()
    {
        var request = "{\"csr\":null,\"x\":1}"u8;
        Assert.False(
            OcppJson.TryParse(
                request,
                out SignCertificateRequest? _,
                out OcppViolation violation,
                OcppReadOptions.Lenient
            )
        );
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/csr"), violation);
        AssertRefused(
            "{\"names\":[],\"count\":null,\"level\":null,\"time\":null}",
            OcppReadOptions.Lenient,
            OcppRule.Null,
            "/count"
        );
        AssertRefused("{\"names\":[],\"count\":\"1\",\"level\":\"1\"}", s_all, OcppRule.Type, "/count");
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/csr")],
            OcppJson.Check<SignCertificateRequest>(request, OcppReadOptions.Lenient)
        );
    }

    [Fact]
    public void Accepted_deviations_are_reported_once_the_payload_is_accepted()
    {
        var reported = new List<OcppViolation>();
        OcppReadOptions options = OcppReadOptions.Lenient with { DeviationAccepted = reported.Add };
        Assert.NotNull(OcppJson.Parse<SignCertificateRequest>("{\"csr\":\"c\"}"u8, options));
        Assert.Empty(reported);

        Assert.False(OcppJson.TryParse(Utf8("{\"x\":1,\"csr\":[]}"), out SignCertificateRequest? _, out _, options));
        Assert.Empty(reported);

        Assert.NotNull(
            OcppJson.Parse<SignCertificateRequest>(Utf8("{\"x\":1,\"csr\":\"c\",\"certificateType\":null}"), options)
        );
        Assert.Equal(
            [
                new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/x"),
                new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/certificateType"),
            ],
            reported
        );
    }

    [Fact]
    public void Each_relaxation_stands_for_itself()
    {
        const string Unknown = "{\"reasonCode\":\"r\",\"x\":1}";
        const string Null = "{\"reasonCode\":\"r\",\"additionalInfo\":null}";
        const string TooLong = "{\"reasonCode\":\"123456789012345678901\"}";
        const string Number = "{\"reasonCode\":17}";
        foreach (
            (OcppReadOptions options, string accepted) in ((OcppReadOptions, string)[])
                [
                    (new OcppReadOptions { IgnoreUnknownProperties = true }, Unknown),
                    (new OcppReadOptions { NullAsAbsent = true }, Null),
                    (new OcppReadOptions { IgnoreLimits = true }, TooLong),
                    (new OcppReadOptions { TextFromNumbers = true }, Number),
                ]
        )
        {
            foreach (string payload in (string[])[Unknown, Null, TooLong, Number])
            {
                Assert.Equal(
                    payload == accepted,
                    OcppJson.TryParse(Utf8(payload), out StatusInfoType? _, out _, options)
                );
                Assert.Equal(payload == accepted ? 0 : 1, OcppJson.Check<StatusInfoType>(Utf8(payload), options).Count);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void At_least_one_violation_is_listed(int maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppReadOptions { MaxViolations = maximum });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void At_least_one_value_without_a_type_can_be_read(int maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppReadOptions { MaxUntypedValues = maximum });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void No_more_violations_are_listed_than_were_asked_for(int maximum)
    {
        byte[] payload = Utf8($"{{\"count\":1,\"numbers\":[{string.Join(',', Enumerable.Repeat("\"x\"", 1_000))}]}}");
        IReadOnlyList<OcppViolation> violations = OcppJson.Check<Reading>(
            payload,
            new OcppReadOptions { MaxViolations = maximum }
        );
        Assert.Equal(
            Enumerable
                .Range(0, maximum)
                .Select(i => new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, $"/numbers/{i}")),
            violations
        );
    }

    [Theory]
    [InlineData(99, 99, 0)]
    [InlineData(100, 100, 0)]
    [InlineData(101, 100, 1)]
    [InlineData(50_000, 100, 49_900)]
    public void A_payload_with_more_deviations_than_are_listed_is_accepted_and_the_rest_is_counted(
        int count,
        int listed,
        int unlisted
    )
    {
        byte[] payload = Utf8(
            $"{{\"csr\":\"c\",{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"x{i}\":{i}"))}}}"
        );
        foreach (OcppReadOptions options in (OcppReadOptions[])[OcppReadOptions.Lenient, s_all])
        {
            var reported = new List<OcppViolation>();
            int more = 0;
            OcppReadOptions reporting = options with
            {
                DeviationAccepted = reported.Add,
                UnlistedDeviationsAccepted = n => more += n,
            };
            Assert.Equal("c", OcppJson.Parse<SignCertificateRequest>(payload, reporting).Csr);
            Assert.Equal(
                Enumerable
                    .Range(0, listed)
                    .Select(i => new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, $"/x{i}")),
                reported
            );
            Assert.Equal(unlisted, more);
            Assert.Empty(OcppJson.Check<SignCertificateRequest>(payload, options));
        }
    }

    [Fact]
    public void What_is_refused_behind_many_accepted_deviations_is_found()
    {
        string names = string.Join(',', Enumerable.Repeat("\"abcdef\"", 5_000));
        byte[] payload = Utf8($"{{\"names\":[{names},\"a\"],\"x\":{{\"a\":1,\"a\":2}},\"count\":null}}");
        OcppViolation[] expected =
        [
            new(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/count"),
            new(OcppErrorCode.FormatViolation, OcppRule.DuplicateProperty, "/x"),
        ];
        Assert.Equal(expected, OcppJson.Check<Reading>(payload, OcppReadOptions.Lenient));
        Assert.False(OcppJson.TryParse(payload, out Reading? _, out OcppViolation violation, OcppReadOptions.Lenient));
        Assert.Equal(expected[1], violation);
    }

    [Fact]
    public void Within_one_property_up_to_10000_violations_can_be_accepted_by_their_path()
    {
        byte[] Payload(int count) =>
            Utf8($"{{\"count\":1,\"names\":[{string.Join(',', Enumerable.Repeat("\"abcdef\"", count))}]}}");
        var options = new OcppReadOptions
        {
            Accept = static violation => violation.Rule is OcppRule.MaxLength or OcppRule.MaxItems,
        };
        Assert.Equal(9_999, OcppJson.Parse<Reading>(Payload(9_999), options).Names!.Count);
        Assert.False(OcppJson.TryParse(Payload(10_001), out Reading? _, out OcppViolation violation, options));
        Assert.Equal((OcppRule.MaxLength, "/names/10000"), (violation.Rule, violation.Path));
        Assert.Equal(10_001, OcppJson.Parse<Reading>(Payload(10_001), OcppReadOptions.Lenient).Names!.Count);
    }

    [Theory]
    [InlineData("2026-01-31T12:34:56", "2026-01-31T12:34:56Z")]
    [InlineData("2026-01-31T12:34:56.5", "2026-01-31T12:34:56.500Z")]
    public void A_time_without_a_zone_can_be_taken_as_UTC(string text, string expected) =>
        AssertTime(text, expected, new OcppReadOptions { AssumeUtc = true });

    [Theory]
    [InlineData("2026-01-31T12:34:56+0100", "2026-01-31T12:34:56+01:00")]
    [InlineData("2026-01-31T12:34:56-0330", "2026-01-31T12:34:56-03:30")]
    [InlineData("2026-01-31T12:34:56.25+01", "2026-01-31T12:34:56.250+01:00")]
    [InlineData("2026-01-31 12:34:56Z", "2026-01-31T12:34:56Z")]
    [InlineData("2026-01-31 12:34:56,123+01:00", "2026-01-31T12:34:56.123+01:00")]
    [InlineData("2026-01-31T12:34Z", "2026-01-31T12:34:00Z")]
    [InlineData("2026-01-31 12:34-0100", "2026-01-31T12:34:00-01:00")]
    public void Other_forms_of_ISO_8601_can_be_taken(string text, string expected) =>
        AssertTime(text, expected, new OcppReadOptions { OtherDateTimeForms = true });

    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")]
    [InlineData("2017-01-01T00:59:60.25+01:00", "2017-01-01T01:00:00.250+01:00")]
    public void A_leap_second_can_be_taken_as_the_second_behind_it(string text, string expected) =>
        AssertTime(text, expected, new OcppReadOptions { LeapSeconds = true });

    [Fact]
    public void Lenient_takes_all_forms_of_time_at_once() =>
        AssertTime("2016-12-31 23:59:60", "2017-01-01T00:00:00Z", OcppReadOptions.Lenient);

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-31")]
    [InlineData("2026-01-31T12")]
    [InlineData("2026-01-31T12:34.5Z")]
    [InlineData("2026-01-31T12:34:61Z")]
    [InlineData("2026-01-31T12:60:00Z")]
    [InlineData("2026-02-30T12:34:56")]
    [InlineData("2026-01-31T12:34:56+1:00")]
    [InlineData("2026-01-31T12:34:56+01000")]
    [InlineData("2026-01-31T12:34:56+1500")]
    [InlineData("2026-01-31T12:34:56 Z")]
    [InlineData("31.01.2026 12:34:56")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("2026-01-31T12:34:56.,5")]
    [InlineData("1769862896")]
    public void What_can_only_be_guessed_is_no_time(string text)
    {
        AssertRefused(
            $"{{\"count\":1,\"parts\":[{{\"count\":1,\"time\":\"{text}\"}}]}}",
            OcppReadOptions.Lenient,
            OcppRule.DateTime,
            "/parts/0/time"
        );
    }

    [Theory]
    [InlineData("\"17\"", 17)]
    [InlineData("\"-0\"", 0)]
    [InlineData("\"7.0\"", 7)]
    [InlineData("\"7\\u0030\"", 70)]
    [InlineData(" \"1e1\"", 10)]
    public void A_number_written_as_text_can_be_taken(string number, int expected)
    {
        var reported = new List<OcppViolation>();
        var options = new OcppReadOptions { NumbersFromText = true, DeviationAccepted = reported.Add };
        Reading reading = OcppJson.Parse<Reading>(
            Utf8($"{{\"count\":{number},\"level\":\"0.125\",\"numbers\":[{number}]}}"),
            options
        );
        Assert.Equal((expected, 0.125m, expected), (reading.Count, reading.Level, reading.Numbers![0]));
        Assert.Equal(
            [(OcppRule.Type, "/count"), (OcppRule.Type, "/level"), (OcppRule.Type, "/numbers/0")],
            reported.Select(violation => (violation.Rule, violation.Path))
        );
        AssertRefused(
            $"{{\"count\":{number}}}",
            new OcppReadOptions { TextFromNumbers = true },
            OcppRule.Type,
            "/count"
        );
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"01\"")]
    [InlineData("\"+1\"")]
    [InlineData("\"1.\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"0x1\"")]
    [InlineData("\"1.5\"")]
    [InlineData("\"1-1\"")]
    [InlineData("\"99999999999\"")]
    [InlineData("[1]")]
    [InlineData("true")]
    public void A_text_that_is_not_the_number_is_refused(string number) =>
        AssertRefused($"{{\"count\":{number}}}", OcppReadOptions.Lenient, OcppRule.Type, "/count");

    [Fact]
    public void A_number_written_as_text_keeps_to_its_bounds() =>
        AssertRefused(
            "{\"count\":\"101\"}",
            new OcppReadOptions { NumbersFromText = true },
            OcppRule.Maximum,
            "/count"
        );

    [Theory]
    [InlineData("17")]
    [InlineData("-0.50")]
    [InlineData("1E+2")]
    public void A_text_written_as_number_can_be_taken_with_each_of_its_characters(string number)
    {
        var reported = new List<OcppViolation>();
        var options = new OcppReadOptions { TextFromNumbers = true, DeviationAccepted = reported.Add };
        StatusInfoType status = OcppJson.Parse<StatusInfoType>(Utf8($"{{\"reasonCode\": {number} }}"), options);
        Assert.Equal(number, status.ReasonCode);
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/reasonCode")],
            reported
        );
    }

    [Fact]
    public void Lenient_takes_numbers_written_as_text_and_texts_written_as_numbers()
    {
        Assert.Equal(17, OcppJson.Parse<Reading>(Utf8("{\"count\":\"17\"}"), OcppReadOptions.Lenient).Count);
        Assert.Equal(
            "17",
            OcppJson.Parse<StatusInfoType>(Utf8("{\"reasonCode\":17}"), OcppReadOptions.Lenient).ReasonCode
        );
    }

    [Fact]
    public void A_text_written_as_number_keeps_to_its_limit()
    {
        var options = new OcppReadOptions { TextFromNumbers = true };
        Assert.False(
            OcppJson.TryParse(
                Utf8($"{{\"reasonCode\":{new string('1', 21)}}}"),
                out StatusInfoType? _,
                out OcppViolation violation,
                options
            )
        );
        Assert.Equal(
            new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/reasonCode", 20, 21),
            violation
        );
    }

    [Fact]
    public void Tolerant_takes_null_as_absent_and_nothing_else()
    {
        Assert.Equal(new OcppReadOptions { NullAsAbsent = true }, OcppReadOptions.Tolerant);
        Assert.Equal(1, OcppJson.Parse<Reading>("{\"count\":1,\"names\":null}"u8, OcppReadOptions.Tolerant).Count);
        AssertRefused("{\"count\":\"1\"}", OcppReadOptions.Tolerant, OcppRule.Type, "/count");
    }

    [Fact]
    public void Parse_throws_what_TryParse_says()
    {
        OcppValidationException exception = Assert.Throws<OcppValidationException>(() =>
            OcppJson.Parse<SignCertificateRequest>("{\"csr\":7}"u8)
        );
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/csr")],
            exception.Violations
        );
        Assert.IsAssignableFrom<JsonException>(exception);
    }

    private static void AssertTime(string text, string expected, OcppReadOptions options)
    {
        string json = $"{{\"count\":1,\"time\":\"{text}\"}}";
        var reported = new List<OcppViolation>();
        Reading reading = OcppJson.Parse<Reading>(Utf8(json), options with { DeviationAccepted = reported.Add });
        Assert.Equal(
            $"{{\"count\":1,\"time\":\"{expected}\"}}",
            Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(reading))
        );
        Assert.Equal([new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.DateTime, "/time")], reported);
        AssertRefused(json, OcppReadOptions.Tolerant, OcppRule.DateTime, "/time");
    }

    private static void AssertRefused(string payload, OcppReadOptions? options, OcppRule rule, string path)
    {
        Assert.False(OcppJson.TryParse(Utf8(payload), out Reading? reading, out OcppViolation violation, options));
        Assert.Null(reading);
        Assert.Equal((OcppErrorMap.Default[rule], rule, path), (violation.ErrorCode, violation.Rule, violation.Path));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
