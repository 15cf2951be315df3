using System.Text;
using System.Text.Json;
using Ocpp.Tests.Json;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>An invalid record can be built, but not written; and what is written our own reader takes.</summary>
public sealed class WritingTests
{
    [Fact]
    public void A_record_with_every_property_comes_back_equal()
    {
        var reading = new Reading
        {
            Count = 100,
            Level = -0.000001m,
            IsFinal = false,
            Time = new DateTimeOffset(2026, 1, 31, 12, 34, 56, 789, TimeSpan.FromHours(-3.5)),
            Any = JsonElement.Parse("[1,{\"a\":\"\\u00e9+<\"},null]"),
        };
        string json = Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(reading));
        Assert.StartsWith(
            "{\"count\":100,\"level\":-0.000001,\"final\":false,\"time\":\"2026-01-31T12:34:56.789-03:30\",\"any\":",
            json,
            StringComparison.Ordinal
        );
        Reading back = OcppJson.Parse<Reading>(Encoding.UTF8.GetBytes(json));
        Assert.True(JsonElement.DeepEquals(reading.Any.Value, back.Any!.Value));
        Assert.Equal(reading with { Any = null }, back with { Any = null });
    }

    [Fact]
    public void Every_rule_that_a_record_breaks_is_told_at_once()
    {
        var reading = new Reading
        {
            Count = 101,
            Level = -2,
            Names = ["a", null!, "abcdef", "b\uD800"],
            Parts = [new Reading { Count = -1 }, null!],
            Any = default(JsonElement),
            Others = new Dictionary<string, JsonElement>
            {
                ["count"] = JsonElement.Parse("1"),
                ["x/y"] = default,
                ["\uDE00"] = JsonElement.Parse("1"),
            },
        };
        OcppViolation[] expected =
        [
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Maximum, "/count", 100),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Minimum, "/level", -1),
            new(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.MaxItems, "/names", 3, 4),
            new(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/names/1"),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/names/2", 5, 6),
            new(OcppErrorCode.FormatViolation, OcppRule.InvalidText, "/names/3"),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Minimum, "/parts/0/count", 0),
            new(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/parts/1"),
            new(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/any"),
            new(OcppErrorCode.FormatViolation, OcppRule.DuplicateProperty, "/count"),
            new(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/x~1y"),
            new(OcppErrorCode.FormatViolation, OcppRule.InvalidText, "/\uFFFD"),
        ];
        Assert.Equal(expected, reading.Validate());
        var output = new ExactBufferWriter();
        Assert.Equal(
            expected,
            Assert.Throws<OcppValidationException>(() => OcppJson.Write(output, reading)).Violations
        );
        Assert.Equal(0, output.Advances);
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", OcppRule.DuplicateProperty)]
    [InlineData("\"\\uD83D\"", OcppRule.InvalidText)]
    [InlineData("{\"\\uD83D\":1}", OcppRule.InvalidText)]
    [InlineData("[\"\\uDE00\\uD83D\"]", OcppRule.InvalidText)]
    public void JSON_that_our_reader_refuses_is_not_written(string json, OcppRule rule)
    {
        AssertNotWritten(JsonElement.Parse(json), rule);
        using JsonDocument document = JsonDocument.Parse(json);
        AssertNotWritten(document.RootElement, rule);
    }

    [Fact]
    public void JSON_with_bytes_that_are_no_UTF8_is_not_written_or_made_whole()
    {
        byte[] json = [.. "[\"a"u8, 0xFF, .. "b\"]"u8];
        using JsonDocument document = JsonDocument.Parse(json);
        var reading = new Reading { Count = 1, Any = document.RootElement };
        if (reading.Validate().Count > 0)
        {
            AssertNotWritten(document.RootElement, OcppRule.InvalidText);
        }
        else
        {
            Assert.True(OcppJson.TryParse(OcppJson.ToUtf8Bytes(reading), out Reading? _, out _));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(70)]
    public void What_is_written_our_own_reader_takes_however_deep_it_is_nested(int depth)
    {
        JsonElement nested = JsonElement.Parse(
            new string('[', depth) + new string(']', depth),
            new JsonDocumentOptions { MaxDepth = 1000 }
        );
        var request = new SignCertificateRequest
        {
            Csr = "c",
            CustomData = new CustomDataType
            {
                VendorId = "v",
                AdditionalProperties = new Dictionary<string, JsonElement> { ["x"] = nested },
            },
        };
        var output = new ExactBufferWriter();
        if (request.Validate().Count == 0)
        {
            OcppJson.Write(output, request);
            Assert.True(
                OcppJson.TryParse(output.Written, out SignCertificateRequest? back, out OcppViolation violation),
                violation.ToString()
            );
            Assert.Equal(request, back);
        }
        else
        {
            Assert.True(depth > 40, "Some of the 64 levels are kept for the types around the value; not this many.");
            Assert.Throws<OcppValidationException>(() => OcppJson.Write(output, request));
            Assert.Equal(0, output.Advances);
        }
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>("output", () => OcppJson.Write(null!, new Reading { Count = 1 }));
        Assert.Throws<ArgumentNullException>("value", () => OcppJson.Write<Reading>(new ExactBufferWriter(), null!));
        Assert.Throws<ArgumentNullException>("value", () => OcppJson.ToUtf8Bytes<Reading>(null!));
    }

    private static void AssertNotWritten(JsonElement element, OcppRule rule)
    {
        var reading = new Reading
        {
            Count = 1,
            Any = element,
            Others = new Dictionary<string, JsonElement> { ["x"] = element },
        };
        OcppViolation[] expected =
        [
            new(OcppErrorMap.Default[rule], rule, "/any"),
            new(OcppErrorMap.Default[rule], rule, "/x"),
        ];
        Assert.Equal(expected, reading.Validate());
        var output = new ExactBufferWriter();
        Assert.Equal(
            expected,
            Assert.Throws<OcppValidationException>(() => OcppJson.Write(output, reading)).Violations
        );
        Assert.Equal(0, output.Advances);
    }
}
