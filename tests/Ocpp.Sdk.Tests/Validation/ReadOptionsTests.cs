using System.Text;
using System.Text.Json;
using Ocpp.V201;

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
            Assert.False(OcppJson.TryParse("{\"csr\":\"c\",\"x\":1}"u8, out SignCertificateRequest? _, out OcppViolation violation, options));
            Assert.Equal(new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/x"), violation);
        }
    }

    [Fact]
    public void Lenient_skips_unknown_properties()
    {
        byte[] payload = Utf8("{\"x\":{\"csr\":[1,\"]}\"]},\"csr\":\"c\",\"y\":null,\"customData\":{\"vendorId\":\"v\",\"z\":1}}");
        Assert.True(OcppJson.TryParse(payload, out SignCertificateRequest? request, out OcppViolation violation, OcppReadOptions.Lenient));
        Assert.Equal(default, violation);
        Assert.Equal("c", request.Csr);
        Assert.Equal(1, request.CustomData!.AdditionalProperties!["z"].GetInt32());
    }

    [Fact]
    public void Lenient_takes_null_for_an_optional_property_as_absent()
    {
        byte[] payload = Utf8("{\"csr\":\"c\",\"certificateType\":null,\"customData\":null}");
        Assert.Equal(new SignCertificateRequest { Csr = "c" }, OcppJson.Parse<SignCertificateRequest>(payload, OcppReadOptions.Lenient));

        Reading reading = OcppJson.Parse<Reading>(
            Utf8("{\"level\":null,\"final\":null,\"time\":null,\"names\":null,\"numbers\":null,\"parts\":null,\"count\":7}"), OcppReadOptions.Lenient);
        Assert.Equal(new Reading { Count = 7 }, reading);
    }

    [Fact]
    public void Lenient_keeps_what_is_beyond_a_limit()
    {
        Reading reading = OcppJson.Parse<Reading>(
            Utf8("{\"count\":101,\"level\":-1.5,\"names\":[\"abcdef\",\"b\",\"c\",\"d\"]}"), OcppReadOptions.Lenient);
        Assert.Equal((101, -1.5m), (reading.Count, reading.Level));
        Assert.Equal(["abcdef", "b", "c", "d"], reading.Names);
        Assert.Equal([], OcppJson.Parse<Reading>(Utf8("{\"count\":1,\"names\":[]}"), OcppReadOptions.Lenient).Names);

        // What was read so can't be written again.
        Assert.Equal(
            [(OcppRule.Maximum, "/count"), (OcppRule.Minimum, "/level"), (OcppRule.MaxItems, "/names"), (OcppRule.MaxLength, "/names/0")],
            Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading)).Violations.Select(v => (v.Rule, v.Path)));
    }

    [Theory]
    [InlineData("", OcppRule.MalformedJson, "")]
    [InlineData("[]", OcppRule.PayloadNotObject, "")]
    [InlineData("null", OcppRule.PayloadNotObject, "")]
    [InlineData("{}", OcppRule.Required, "/count")]
    [InlineData("{\"count\":null}", OcppRule.Null, "/count")]
    [InlineData("{\"count\":\"1\"}", OcppRule.Type, "/count")]
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
            Utf8("{\"count\":1,\"level\":\"x\",\"final\":0,\"time\":\"now\",\"names\":{},\"numbers\":[1,\"2\"],\"parts\":[{}]}"), s_all);
        Assert.Equal(new Reading { Count = 1 }, reading);

        SignCertificateRequest request = OcppJson.Parse<SignCertificateRequest>(
            Utf8("{\"csr\":\"c\",\"certificateType\":\"Nonsense\",\"customData\":{\"x\":1}}"), s_all);
        Assert.Equal(new SignCertificateRequest { Csr = "c" }, request);
    }

    [Fact]
    public void Of_a_property_that_stands_twice_the_last_value_counts()
    {
        Reading reading = OcppJson.Parse<Reading>(Utf8("{\"count\":1,\"level\":0,\"count\":2,\"x\":1,\"level\":0.5,\"x\":2}"), s_all);
        Assert.Equal((2, 0.5m, 2), (reading.Count, reading.Level, reading.Others!["x"].GetInt32()));
    }

    [Fact]
    public void JSON_within_which_a_property_stands_twice_can_be_accepted_and_is_there()
    {
        Reading reading = OcppJson.Parse<Reading>(Utf8("{\"count\":1,\"any\":{\"a\":1,\"a\":2},\"x\":{\"a\":1,\"a\":2}}"), s_all);
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
        Assert.False(OcppJson.TryParse(request, out SignCertificateRequest? _, out OcppViolation violation, OcppReadOptions.Lenient));
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/csr"), violation);
        AssertRefused("{\"names\":[],\"count\":null,\"level\":null,\"time\":null}", OcppReadOptions.Lenient, OcppRule.Null, "/count");
        AssertRefused("{\"names\":[],\"count\":\"1\",\"level\":\"1\"}", s_all, OcppRule.Type, "/count");
    }

    [Fact]
    public void Accepted_deviations_are_reported_once_the_payload_is_accepted()
    {
        var reported = new List<OcppViolation>();
        OcppReadOptions options = OcppReadOptions.Lenient with { DeviationAccepted = reported.Add };
        Assert.NotNull(OcppJson.Parse<SignCertificateRequest>("{\"csr\":\"c\"}"u8, options));
        Assert.Empty(reported);

        Assert.False(OcppJson.TryParse(Utf8("{\"x\":1,\"csr\":7}"), out SignCertificateRequest? _, out _, options));
        Assert.Empty(reported);

        Assert.NotNull(OcppJson.Parse<SignCertificateRequest>(Utf8("{\"x\":1,\"csr\":\"c\",\"certificateType\":null}"), options));
        Assert.Equal(
            [
                new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/x"),
                new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Null, "/certificateType"),
            ],
            reported);
    }

    [Fact]
    public void Each_relaxation_stands_for_itself()
    {
        const string Unknown = "{\"reasonCode\":\"r\",\"x\":1}";
        const string Null = "{\"reasonCode\":\"r\",\"additionalInfo\":null}";
        const string TooLong = "{\"reasonCode\":\"123456789012345678901\"}";
        foreach ((OcppReadOptions options, string accepted) in ((OcppReadOptions, string)[])
            [
                (new OcppReadOptions { IgnoreUnknownProperties = true }, Unknown),
                (new OcppReadOptions { NullAsAbsent = true }, Null),
                (new OcppReadOptions { IgnoreLimits = true }, TooLong),
            ])
        {
            foreach (string payload in (string[])[Unknown, Null, TooLong])
            {
                Assert.Equal(payload == accepted, OcppJson.TryParse(Utf8(payload), out StatusInfoType? _, out _, options));
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
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void No_more_violations_are_listed_than_were_asked_for(int maximum)
    {
        byte[] payload = Utf8($"{{\"count\":1,\"numbers\":[{string.Join(',', Enumerable.Repeat("\"x\"", 1_000))}]}}");
        IReadOnlyList<OcppViolation> violations = OcppJson.Check<Reading>(payload, new OcppReadOptions { MaxViolations = maximum });
        Assert.Equal(
            Enumerable.Range(0, maximum).Select(i => new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, $"/numbers/{i}")),
            violations);
    }

    [Fact]
    public void A_payload_with_more_violations_than_are_listed_is_refused_although_each_is_accepted()
    {
        byte[] payload = Utf8($"{{\"csr\":\"c\",{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"x{i}\":{i}"))}}}");
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out OcppViolation violation, OcppReadOptions.Lenient));
        Assert.Equal(OcppRule.UnknownProperty, violation.Rule);
        Assert.True(OcppJson.TryParse(payload, out SignCertificateRequest? _, out _, OcppReadOptions.Lenient with { MaxViolations = 101 }));
    }

    [Fact]
    public void Parse_throws_what_TryParse_says()
    {
        OcppValidationException exception =
            Assert.Throws<OcppValidationException>(() => OcppJson.Parse<SignCertificateRequest>("{\"csr\":7}"u8));
        Assert.Equal([new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/csr")], exception.Violations);
        Assert.IsAssignableFrom<JsonException>(exception);
    }

    private static void AssertRefused(string payload, OcppReadOptions? options, OcppRule rule, string path)
    {
        Assert.False(OcppJson.TryParse(Utf8(payload), out Reading? reading, out OcppViolation violation, options));
        Assert.Null(reading);
        Assert.Equal((OcppErrorMap.Default[rule], rule, path), (violation.ErrorCode, violation.Rule, violation.Path));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
