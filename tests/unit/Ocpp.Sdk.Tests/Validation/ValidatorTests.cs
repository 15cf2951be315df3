using System.Text.Json;
using Ocpp.Json;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>What generated code asks of <see cref="OcppValidator"/>: each limit to the number.</summary>
public sealed class ValidatorTests
{
    [Fact]
    public void A_required_property_is_told_whether_it_has_a_value()
    {
        var validator = default(OcppValidator);

        Assert.True(validator.Required("", "a"));
        Assert.False(validator.Required(null, "b"));
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/b")],
            validator.Violations
        );
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234\U0001F50C")] // six UTF-16 units
    public void A_text_may_be_as_long_as_its_limit_in_code_points(string text)
    {
        var validator = default(OcppValidator);

        validator.Text(text, "a", maxLength: 5);
        Assert.Empty(validator.Violations);

        validator.Text(text, "a", maxLength: 4);
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/a", 4, 5)],
            validator.Violations
        );
    }

    [Fact]
    public void A_number_may_be_its_minimum_and_its_maximum()
    {
        var validator = default(OcppValidator);

        validator.Number(-1, "a", -1, 100);
        validator.Number(100, "a", -1, 100);
        Assert.Empty(validator.Violations);

        validator.Number(-1.000001m, "a", -1, 100);
        validator.Number(100.000001m, "b", -1, 100);
        OcppViolation[] expected =
        [
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Minimum, "/a", -1),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Maximum, "/b", 100),
        ];
        Assert.Equal(expected, validator.Violations);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://example.com/log", null)]
    [InlineData("log.txt", OcppRule.Uri)]
    [InlineData("https://example.com/longer/than/it/may/be", OcppRule.MaxLength)]
    public void A_URI_is_absolute_and_no_longer_than_its_limit(string? value, OcppRule? rule)
    {
        var validator = default(OcppValidator);

        validator.Uri(value, "a", maxLength: 24);

        Assert.Equal(rule is { } one ? [one] : [], validator.Violations.Select(violation => violation.Rule));
        Assert.All(validator.Violations, violation => Assert.Equal("/a", violation.Path));
    }

    [Fact]
    public void What_is_not_Unicode_is_reported_as_that_alone_where_a_URI_is_due()
    {
        var validator = default(OcppValidator);

        validator.Uri("\uD800", "a");

        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.InvalidText, "/a")],
            validator.Violations
        );
    }

    [Fact]
    public void A_multiple_is_exact_and_within_its_bounds()
    {
        var validator = default(OcppValidator);

        validator.Multiple(null, "a", 0.1m, 0, 100);
        validator.Multiple(0.3m, "a", 0.1m, 0, 100);
        validator.Multiple(100, "a", 0.1m, 0, 100);
        Assert.Empty(validator.Violations);

        validator.Multiple(0.25m, "a", 0.1m, 0, 100);
        validator.Multiple(-0.1m, "b", 0.1m, 0, 100);
        validator.Multiple(100.1m, "c", 0.1m, 0, 100);
        OcppViolation[] expected =
        [
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.MultipleOf, "/a"),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Minimum, "/b", 0),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.Maximum, "/c", 100),
        ];
        Assert.Equal(expected, validator.Violations);
    }

    [Fact]
    public void A_list_may_have_as_few_and_as_many_items_as_its_limits()
    {
        var validator = default(OcppValidator);

        validator.List<string>(["1"], "a", Any, 1, 3);
        validator.List<string>(["1", "2", "3"], "a", Any, 1, 3);
        Assert.Empty(validator.Violations);

        validator.List<string>([], "a", Any, 1, 3);
        validator.List<string>(["1", "2", "3", "4"], "b", Any, 1, 3);
        OcppViolation[] expected =
        [
            new(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.MinItems, "/a", 1, 0),
            new(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.MaxItems, "/b", 3, 4),
        ];
        Assert.Equal(expected, validator.Violations);

        static void Any(ref OcppValidator validator, string item, string index) { }
    }

    [Fact]
    public void JSON_of_any_type_that_is_nested_too_deeply_is_told_with_the_limit()
    {
        var validator = default(OcppValidator);

        validator.Any(Nested(48), "a");
        Assert.Empty(validator.Violations);

        validator.Any(Nested(49), "a");
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "/a", 48)],
            validator.Violations
        );
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":1,\"b\":", "}")]
    [InlineData("[1,", ",2]")]
    public void JSON_of_any_type_that_is_nested_deeper_than_any_writer_takes_is_told_so_too(string open, string close)
    {
        foreach (int depth in (int[])[63, 64, 65, 66, 200])
        {
            string json =
                string.Concat(Enumerable.Repeat(open, depth)) + "0" + string.Concat(Enumerable.Repeat(close, depth));
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            var validator = default(OcppValidator);

            validator.Any(document.RootElement, "a");

            Assert.Equal(
                [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "/a", 48)],
                validator.Violations
            );
        }
    }

    [Fact]
    public void JSON_of_any_type_that_breaks_another_rule_is_told_without_a_limit()
    {
        var validator = default(OcppValidator);

        validator.Any(JsonElement.Parse("{\"a\":1,\"a\":2}"), "a");

        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.DuplicateProperty, "/a")],
            validator.Violations
        );
    }

    [Fact]
    public void No_more_than_a_hundred_violations_are_listed() =>
        Assert.Equal(
            100,
            new Reading { Count = 1, Parts = [.. Enumerable.Repeat(new Reading { Count = -1 }, 101)] }
                .Validate()
                .Count
        );

    private static JsonElement Nested(int depth) => JsonElement.Parse(new string('[', depth) + new string(']', depth));
}
