using System.Globalization;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.Tests.Json;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>The violations that <see cref="OcppJsonWriter"/> lists: each limit to the number, each path.</summary>
public sealed class ViolationListTests
{
    private delegate void WriteValue(ref OcppJsonWriter writer);

    [Fact]
    public void A_required_property_without_a_value_is_missing()
    {
        Assert.Empty(Violations((ref OcppJsonWriter writer) => writer.WriteString("")));

        OcppViolation[] missing = [new(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/a")];
        Assert.Equal(missing, Violations((ref OcppJsonWriter writer) => writer.WriteString(null)));
        Assert.Equal(missing, Violations((ref OcppJsonWriter writer) => writer.WriteMissing()));
        Assert.Equal(missing, Violations((ref OcppJsonWriter writer) => writer.WriteArray<string>(null!, WriteString)));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234\U0001F50C")] // six UTF-16 units
    public void A_text_may_be_as_long_as_its_limit_in_code_points(string text)
    {
        Assert.Empty(Violations((ref OcppJsonWriter writer) => writer.WriteString(text, maxLength: 5)));
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/a", 4, 5)],
            Violations((ref OcppJsonWriter writer) => writer.WriteString(text, maxLength: 4))
        );
    }

    [Theory]
    [InlineData(-1, null, null)]
    [InlineData(100, null, null)]
    [InlineData(-2, OcppRule.Minimum, -1L)]
    [InlineData(101, OcppRule.Maximum, 100L)]
    public void An_integer_may_be_its_minimum_and_its_maximum(int value, OcppRule? rule, long? limit) =>
        Assert.Equal(
            rule is { } one ? [new OcppViolation(OcppErrorCode.PropertyConstraintViolation, one, "/a", limit)] : [],
            Violations((ref OcppJsonWriter writer) => writer.WriteInt32(value, -1, 100))
        );

    [Theory]
    [InlineData("-1", null, null)]
    [InlineData("100", null, null)]
    [InlineData("-1.000001", OcppRule.Minimum, -1L)]
    [InlineData("100.000001", OcppRule.Maximum, 100L)]
    public void A_number_may_be_its_minimum_and_its_maximum(string number, OcppRule? rule, long? limit)
    {
        decimal value = decimal.Parse(number, CultureInfo.InvariantCulture);

        Assert.Equal(
            rule is { } one ? [new OcppViolation(OcppErrorCode.PropertyConstraintViolation, one, "/a", limit)] : [],
            Violations((ref OcppJsonWriter writer) => writer.WriteDecimal(value, -1, 100))
        );
    }

    [Theory]
    [InlineData("https://example.com/log", null)]
    [InlineData("log.txt", OcppRule.Uri)]
    [InlineData("https://example.com/longer/than/it/may/be", OcppRule.MaxLength)]
    public void A_URI_is_absolute_and_no_longer_than_its_limit(string value, OcppRule? rule)
    {
        IReadOnlyList<OcppViolation> violations = Violations(
            (ref OcppJsonWriter writer) => writer.WriteUri(value, maxLength: 24)
        );

        Assert.Equal(rule is { } one ? [one] : [], violations.Select(violation => violation.Rule));
        Assert.All(violations, violation => Assert.Equal("/a", violation.Path));
    }

    [Fact]
    public void What_is_not_Unicode_is_reported_as_that_alone_where_a_URI_is_due()
    {
        OcppViolation[] expected = [new(OcppErrorCode.FormatViolation, OcppRule.InvalidText, "/a")];

        Assert.Equal(expected, Violations((ref OcppJsonWriter writer) => writer.WriteUri("\uD800")));
        Assert.Equal(
            expected,
            Violations((ref OcppJsonWriter writer) => writer.WriteUri("\uD800, once more \uDC00, too long", 10))
        );
    }

    [Theory]
    [InlineData("0.3", null, null)]
    [InlineData("100", null, null)]
    [InlineData("0.25", OcppRule.MultipleOf, null)]
    [InlineData("-0.1", OcppRule.Minimum, 0L)]
    [InlineData("100.1", OcppRule.Maximum, 100L)]
    public void A_multiple_is_exact_and_within_its_bounds(string number, OcppRule? rule, long? limit)
    {
        decimal value = decimal.Parse(number, CultureInfo.InvariantCulture);

        Assert.Equal(
            rule is { } one ? [new OcppViolation(OcppErrorCode.PropertyConstraintViolation, one, "/a", limit)] : [],
            Violations((ref OcppJsonWriter writer) => writer.WriteMultiple(value, 0.1m, 0, 100))
        );
    }

    [Theory]
    [InlineData(0, OcppRule.MinItems, 1L)]
    [InlineData(1, null, null)]
    [InlineData(3, null, null)]
    [InlineData(4, OcppRule.MaxItems, 3L)]
    public void A_list_may_have_as_few_and_as_many_items_as_its_limits(int count, OcppRule? rule, long? limit) =>
        Assert.Equal(
            rule is { } one
                ? [new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, one, "/a", limit, count)]
                : [],
            Violations(
                (ref OcppJsonWriter writer) =>
                    writer.WriteArray<string>([.. Enumerable.Repeat("1", count)], WriteString, 1, 3)
            )
        );

    [Fact]
    public void JSON_of_any_type_that_is_nested_too_deeply_is_reported_with_the_limit()
    {
        Assert.Empty(Violations((ref OcppJsonWriter writer) => writer.WriteAny(Nested(48))));
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "/a", 48)],
            Violations((ref OcppJsonWriter writer) => writer.WriteAny(Nested(49)))
        );
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":1,\"b\":", "}")]
    [InlineData("[1,", ",2]")]
    public void JSON_of_any_type_that_is_nested_deeper_than_any_writer_takes_is_reported_too(string open, string close)
    {
        foreach (int depth in (int[])[63, 64, 65, 66, 200])
        {
            string json =
                string.Concat(Enumerable.Repeat(open, depth)) + "0" + string.Concat(Enumerable.Repeat(close, depth));
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            JsonElement value = document.RootElement;

            Assert.Equal(
                [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "/a", 48)],
                Violations((ref OcppJsonWriter writer) => writer.WriteAny(value))
            );
        }
    }

    [Fact]
    public void JSON_of_any_type_that_breaks_another_rule_is_reported_without_a_limit() =>
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.DuplicateProperty, "/a")],
            Violations((ref OcppJsonWriter writer) => writer.WriteAny(JsonElement.Parse("{\"a\":1,\"a\":2}")))
        );

    [Fact]
    public void Each_violation_has_the_path_of_its_value_behind_any_other()
    {
        var reading = new Reading
        {
            Count = 101,
            Level = 2,
            Names = ["a\"]}", "too long", null!, "\\\"", "b"],
            Parts =
            [
                new Reading { Count = 1 },
                null!,
                new Reading { Count = -1, Parts = [new Reading { Count = 1, Names = [] }] },
            ],
            Any = JsonElement.Parse("""{"x":[1,{"y":"]},"}],"x":2}"""),
            Others = new Dictionary<string, JsonElement>
            {
                ["fine"] = JsonElement.Parse("[1,2]"),
                ["count"] = JsonElement.Parse("1"),
                ["a/b~\n"] = default,
                ["\uD800"] = JsonElement.Parse("1"),
                ["deep"] = Nested(49),
            },
        };

        (OcppRule, string, long?, long?)[] expected =
        [
            (OcppRule.Maximum, "/count", 100, null),
            (OcppRule.Maximum, "/level", 1, null),
            (OcppRule.MaxItems, "/names", 3, 5),
            (OcppRule.MaxLength, "/names/1", 5, 8),
            (OcppRule.Required, "/names/2", null, null),
            (OcppRule.Required, "/parts/1", null, null),
            (OcppRule.Minimum, "/parts/2/count", 0, null),
            (OcppRule.MinItems, "/parts/2/parts/0/names", 1, 0),
            (OcppRule.DuplicateProperty, "/any", null, null),
            (OcppRule.DuplicateProperty, "/count", null, null),
            (OcppRule.Type, "/a~1b~0\\u000A", null, null),
            (OcppRule.InvalidText, "/\uFFFD", null, null),
            (OcppRule.Depth, "/deep", 48, null),
        ];
        Assert.Equal(expected, reading.Validate().Select(Parts));
        Assert.Equal(expected, Refused(reading).Select(Parts));

        static (OcppRule, string, long?, long?) Parts(OcppViolation violation) =>
            (violation.Rule, violation.Path, violation.Limit, violation.Actual);
    }

    [Fact]
    public void The_only_property_of_an_object_without_required_ones_has_its_path() =>
        Assert.Equal(
            [(OcppRule.DuplicateProperty, "/a/own")],
            Violations(
                    (ref OcppJsonWriter writer) =>
                    {
                        int start = writer.Position;
                        writer.WriteOthers(
                            new Dictionary<string, JsonElement> { ["own"] = JsonElement.Parse("1") },
                            ["own"]
                        );
                        writer.EndObject(start);
                    }
                )
                .Select(violation => (violation.Rule, violation.Path))
        );

    [Fact]
    public void No_more_than_a_hundred_violations_are_listed()
    {
        var reading = new Reading { Count = 1, Parts = [.. Enumerable.Repeat(new Reading { Count = -1 }, 101)] };

        IReadOnlyList<OcppViolation> violations = reading.Validate();

        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"/parts/{i}/count"),
            violations.Select(violation => violation.Path)
        );
    }

    [Fact]
    public void The_list_of_a_large_record_is_made_beyond_the_first_buffer()
    {
        string[] names = [.. Enumerable.Repeat(new string('n', 5), 20_000), "too long"];

        Assert.Equal(
            [
                new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.MaxItems, "/names", 3, 20_001),
                new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/names/20000", 5, 8),
            ],
            new Reading { Count = 1, Names = names }.Validate()
        );
    }

    /// <summary>The violations of an object with one property, which is called "a".</summary>
    private static IReadOnlyList<OcppViolation> Violations(WriteValue write)
    {
        var output = new ExactBufferWriter();
        var writer = new OcppJsonWriter(output, listsViolations: true);
        writer.WriteRaw("{\"a\":"u8);
        write(ref writer);
        writer.WriteRaw("}"u8);
        bool isValid = !writer.IsInvalid && !writer.IsDeviating;
        IReadOnlyList<OcppViolation> violations = writer.CompleteList();

        // The writer that lists nothing refuses the same.
        Assert.Equal(isValid, violations.Count == 0);
        Assert.Equal(0, output.Advances);
        return violations;
    }

    private static IReadOnlyList<OcppViolation> Refused(Reading reading) =>
        Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading)).Violations;

    private static void WriteString(ref OcppJsonWriter writer, string item) => writer.WriteString(item);

    private static JsonElement Nested(int depth) => JsonElement.Parse(new string('[', depth) + new string(']', depth));
}
