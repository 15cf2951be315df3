using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>What a violation says: where, which rule, which limit and size; and never what stood there.</summary>
public sealed class ViolationTests
{
    private const string Secret = "S3CRET";

    [Theory]
    [InlineData(OcppRule.MalformedJson, null, 17L, "/a: invalid JSON at byte 17.")]
    [InlineData(OcppRule.InvalidText, null, 17L, "/a: invalid UTF-8 or an unpaired surrogate.")]
    [InlineData(OcppRule.Depth, 64L, null, "/a: exceeds the maximum depth of 64.")]
    [InlineData(OcppRule.DuplicateProperty, null, null, "/a: duplicate property.")]
    [InlineData(OcppRule.PayloadNotObject, null, null, "/a: must be a JSON object.")]
    [InlineData(OcppRule.UnknownProperty, null, null, "/a: unknown property.")]
    [InlineData(OcppRule.Required, null, null, "/a: required property is missing.")]
    [InlineData(OcppRule.MinItems, 1L, 0L, "/a: has 0 items; the minimum is 1.")]
    [InlineData(OcppRule.MaxItems, 4L, 5L, "/a: has 5 items; the maximum is 4.")]
    [InlineData(OcppRule.Type, null, null, "/a: invalid JSON type.")]
    [InlineData(OcppRule.Null, null, null, "/a: must not be null; omit the property instead.")]
    [InlineData(OcppRule.DateTime, null, null, "/a: must be an RFC 3339 date and time.")]
    [InlineData(OcppRule.NumberRange, null, null, "/a: number out of range.")]
    [InlineData(OcppRule.Enum, null, null, "/a: value is not defined in the enumeration.")]
    [InlineData(OcppRule.MaxLength, 5500L, 6012L, "/a: has 6012 characters; the maximum is 5500.")]
    [InlineData(OcppRule.Minimum, -1L, null, "/a: is less than the minimum of -1.")]
    [InlineData(OcppRule.Minimum, null, null, "/a: is less than the minimum.")]
    [InlineData(OcppRule.Maximum, 100L, null, "/a: is greater than the maximum of 100.")]
    [InlineData(OcppRule.Maximum, null, null, "/a: is greater than the maximum.")]
    [InlineData(OcppRule.UnknownAction, null, null, "Unknown action.")]
    [InlineData(OcppRule.UnhandledAction, null, null, "The action is not supported.")]
    [InlineData(OcppRule.MaxUntypedValues, 9L, null, "/a: has more than 9 values without a type in the schema.")]
    [InlineData(OcppRule.HandlerFailed, null, null, "The request handler failed.")]
    [InlineData(OcppRule.InvalidFrame, null, null, "The structure of the message is invalid.")]
    [InlineData(OcppRule.UnreadableFrame, null, null, "The message type or message id is missing or invalid.")]
    [InlineData(OcppRule.UnknownMessageType, null, null, "The message type is not supported.")]
    [InlineData(OcppRule.InvalidHandlerResponse, null, null, "The response is invalid.")]
    [InlineData(OcppRule.InvalidSignedMessage, null, null, "/a: the signed message is invalid or not supported.")]
    [InlineData(OcppRule.SignatureMismatch, null, null, "/a: the signature is that of another message.")]
    [InlineData(OcppRule.UnknownSignatureCertificate, null, null, "The certificate of the signature is unknown.")]
    [InlineData(OcppRule.InvalidSignature, null, null, "The signature is invalid.")]
    [InlineData(OcppRule.UnsignedResponse, null, null, "The response to a signed request must be signed.")]
    public void A_violation_is_a_sentence_in_every_culture(OcppRule rule, long? limit, long? actual, string message)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            var violation = new OcppViolation(OcppErrorCode.SecurityError, rule, "/a", limit, actual);
            Assert.Equal(message, violation.Message);
            Assert.Equal($"SecurityError: {message}", violation.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_empty_path_is_the_payload()
    {
        Assert.Equal(
            "The payload: must be a JSON object.",
            new OcppViolation(default, OcppRule.PayloadNotObject, "").Message
        );
        Assert.StartsWith("The payload: ", default(OcppViolation).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"S3CRET\"", OcppRule.PayloadNotObject, "")]
    [InlineData("{S3CRET}", OcppRule.MalformedJson, "")]
    [InlineData("{\"count\":1} S3CRET", OcppRule.MalformedJson, "")]
    [InlineData("{\"count\":S3CRET}", OcppRule.MalformedJson, "/count")]
    [InlineData("{\"count\":\"S3CRET\"}", OcppRule.Type, "/count")]
    [InlineData("{\"count\":null,\"v\":\"S3CRET\"}", OcppRule.Null, "/count")]
    [InlineData("{\"count\":7654,\"v\":\"S3CRET\"}", OcppRule.Maximum, "/count")]
    [InlineData("{\"count\":-7654,\"v\":\"S3CRET\"}", OcppRule.Minimum, "/count")]
    [InlineData("{\"count\":76543333333,\"v\":\"S3CRET\"}", OcppRule.NumberRange, "/count")]
    [InlineData("{\"count\":7654.3,\"v\":\"S3CRET\"}", OcppRule.Type, "/count")]
    [InlineData("{\"count\":1,\"time\":\"S3CRET\"}", OcppRule.DateTime, "/time")]
    [InlineData("{\"count\":1,\"names\":[\"S3CRET\"]}", OcppRule.MaxLength, "/names/0")]
    [InlineData("{\"count\":1,\"names\":[],\"v\":\"S3CRET\"}", OcppRule.MinItems, "/names")]
    [InlineData("{\"count\":1,\"names\":[\"a\",\"b\",\"c\",\"S3\"]}", OcppRule.MaxItems, "/names")]
    [InlineData("{\"count\":1,\"any\":\"S3CRET\\uD800\"}", OcppRule.InvalidText, "/any")]
    [InlineData("{\"count\":1,\"any\":{\"a\":\"S3CRET\",\"a\":\"S3CRET\"}}", OcppRule.DuplicateProperty, "/any")]
    [InlineData("{\"any\":\"S3CRET\"}", OcppRule.Required, "/count")]
    [InlineData("{\"count\":1,\"any\":\"S3CRET\",\"any\":\"S3CRET\"}", OcppRule.DuplicateProperty, "/any")]
    [InlineData("{\"count\":1,\"parts\":[{\"count\":1},{\"count\":\"S3CRET\"}]}", OcppRule.Type, "/parts/1/count")]
    public void No_value_of_the_payload_is_in_its_violation(string payload, OcppRule rule, string path)
    {
        Assert.False(OcppJson.TryParse(Encoding.UTF8.GetBytes(payload), out Reading? _, out OcppViolation violation));
        Assert.Equal((rule, path), (violation.Rule, violation.Path));
        IEnumerable<string> texts = OcppJson
            .Check<Reading>(Encoding.UTF8.GetBytes(payload))
            .SelectMany(found => (string[])[found.Message, found.ToString(), found.Path])
            .Append(new OcppValidationException([violation]).ToString())
            .Append(new OcppInvalidResponseException(violation).ToString());
        Assert.All(texts, text => Assert.DoesNotContain("S3", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain("7654", text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_value_of_the_payload_is_in_the_violations_of_a_message()
    {
        string[] payloads =
        [
            $"{{\"csr\":\"{new string('c', 5494)}{Secret}x\"}}",
            $"{{\"csr\":\"{Secret}\",\"certificateType\":\"{Secret}\"}}",
            $"{{\"csr\":[\"{Secret}\"]}}",
            $"{{\"csr\":\"{Secret}\u0001\"}}",
            $"{{\"csr\":\"{Secret}\",\"customData\":{{\"x\":\"{Secret}\"}}}}",
            $"{{\"csr\":\"{Secret}\",\"x\":\"{Secret}\"}}",
            $"{{\"csr\":\"{Secret}\",\"customData\":\"{Secret}\"}}",
        ];
        foreach (string payload in payloads)
        {
            IReadOnlyList<OcppViolation> violations = OcppJson.Check<SignCertificateRequest>(
                Encoding.UTF8.GetBytes(payload)
            );
            Assert.NotEmpty(violations);
            Assert.All(
                violations,
                violation => Assert.DoesNotContain(Secret, violation.ToString(), StringComparison.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("a/b", "/a~1b")]
    [InlineData("a~b", "/a~0b")]
    [InlineData("~1", "/~01")]
    [InlineData("", "/")]
    [InlineData("\\n\\u0085\\u2028\\u202E", "/\\u000A\\u0085\\u2028\\u202E")]
    [InlineData("caf\\u00e9", "/café")]
    public void An_unknown_name_is_a_pointer_segment_that_forges_no_log_line(string name, string path)
    {
        byte[] payload = Encoding.UTF8.GetBytes($"{{\"csr\":\"c\",\"{name}\":1}}");
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out OcppViolation violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, path), violation);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void An_unknown_name_is_cut_to_64_characters(string character)
    {
        byte[] payload = Encoding.UTF8.GetBytes(
            $"{{\"csr\":\"c\",\"{string.Concat(Enumerable.Repeat(character, 10_000))}\":1}}"
        );
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out OcppViolation violation));
        Assert.Equal(OcppRule.UnknownProperty, violation.Rule);
        Assert.InRange(violation.Path.Length, 2, 65);
    }

    [Fact]
    public void An_exception_is_a_JsonException_that_names_its_first_violation()
    {
        OcppViolation first = new(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/csr", 5500, 5501);
        OcppViolation second = new(OcppErrorCode.TypeConstraintViolation, OcppRule.Enum, "/certificateType");
        var one = new OcppValidationException([first]);
        Assert.IsAssignableFrom<JsonException>(one);
        Assert.Equal("PropertyConstraintViolation: /csr: has 5501 characters; the maximum is 5500.", one.Message);
        Assert.Equal(
            (OcppErrorCode.PropertyConstraintViolation, "/csr", "/csr"),
            (one.ErrorCode, one.Path, ((JsonException)one).Path)
        );
        Assert.Equal([first], one.Violations);

        var two = new OcppValidationException([second, first]);
        Assert.Equal(
            "TypeConstraintViolation: /certificateType: value is not defined in the enumeration. (1 more)",
            two.Message
        );
        Assert.Equal([second, first], two.Violations);
    }

    [Fact]
    public void An_exception_has_at_least_one_violation()
    {
        var exception = Assert.Throws<ArgumentException>("violations", () => new OcppValidationException([]));
        Assert.StartsWith("At least one violation is required.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("violations", () => new OcppValidationException(null!));
    }
}
