using System.Text;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.Tests.Validation;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>What generated readers ask of the scanner, each thing by itself, through <see cref="Reading"/>.</summary>
public sealed class ReaderTests
{
    private const string Full =
        "{\"count\":1,\"level\":0.5,\"final\":true,\"time\":\"2026-01-31T12:34:56+01:00\",\"names\":[\"a\",\"b\"],\"numbers\":[1,2,3],"
        + "\"parts\":[{\"count\":2}],\"any\":{\"a\":[null],\"b\":2},\"x\":1,\"y\":2}";

    private static readonly OcppReadOptions s_all = new() { Accept = static _ => true };

    [Fact]
    public void White_space_may_stand_around_everything()
    {
        string spaced = Full;
        foreach (string mark in (string[])["{", "}", "[", "]", ":", ","])
        {
            spaced = spaced.Replace(mark, $" \n{mark}\t\r", StringComparison.Ordinal);
        }

        // Within the time there are colons, too.
        spaced = spaced.Replace("12 \n:\t\r34 \n:\t\r56+01 \n:\t\r00", "12:34:56+01:00", StringComparison.Ordinal);
        Assert.Equal(Parse(Full), Parse(spaced));
    }

    [Fact]
    public void Each_kind_of_value_is_read()
    {
        Reading reading = Parse(Full);

        Assert.Equal((1, 0.5m, true), (reading.Count, reading.Level, reading.IsFinal));
        Assert.False(Parse("{\"count\":1,\"final\":false}").IsFinal);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 34, 56, TimeSpan.FromHours(1)), reading.Time);
        Assert.Equal(["a", "b"], reading.Names);
        Assert.Equal([1, 2, 3], reading.Numbers);
        Assert.Equal([new Reading { Count = 2 }], reading.Parts);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("{\"b\":2,\"a\":[null]}"), reading.Any!.Value));
    }

    [Fact]
    public void A_payload_that_is_cut_anywhere_is_malformed()
    {
        byte[] json = Encoding.UTF8.GetBytes(Full);
        for (int length = 0; length < json.Length; length++)
        {
            Assert.False(OcppJson.TryParse(json.AsSpan(0, length), out Reading? _, out OcppViolation violation));
            Assert.True(violation.Rule == OcppRule.MalformedJson, $"{length}: {violation}");
        }
    }

    [Theory]
    [InlineData("{\"c\\u006funt\":7,\"level\":1}")]
    [InlineData("{\"count\" :7,\"level\"\n:1}")]
    [InlineData("{\"level\" :1,\"\\u0063ount\" : 7}")]
    public void A_name_in_an_odd_form_is_the_property_that_it_names(string json) =>
        Assert.Equal(new Reading { Count = 7, Level = 1 }, Parse(json));

    [Theory]
    [InlineData("{\"x\":1,\"count\":7,\"\\u0079\":[2],\"z\" :\"3\"}")]
    [InlineData("{\"z\":\"3\",\"y\":[2],\"x\":1,\"count\":7}")]
    public void Further_properties_are_all_kept(string json)
    {
        Reading reading = Parse(json);

        Assert.Equal(7, reading.Count);
        Assert.Equal(["x", "y", "z"], reading.Others!.Keys.Order());
        Assert.Equal(
            (1, 2, "3"),
            (reading.Others["x"].GetInt32(), reading.Others["y"][0].GetInt32(), reading.Others["z"].GetString())
        );
    }

    [Theory]
    [InlineData("{\"count\":1,\"count\":2}", "/count")]
    [InlineData("{\"count\":1,\"count\":2,\"level\":1}", "/count")]
    [InlineData("{\"count\":1,\"level\":1,\"count\":1,\"level\":1}", "/count")]
    [InlineData("{\"count\":1,\"x\":1,\"x\":2}", "/x")]
    [InlineData("{\"count\":1,\"x\":1,\"y\":1,\"\\u0078\":2,\"z\":1}", "/x")]
    public void A_property_that_stands_twice_is_a_violation(string json, string path) =>
        AssertRefused(json, new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.DuplicateProperty, path));

    [Fact]
    public void Of_a_property_that_stands_twice_the_last_is_kept_where_that_is_accepted()
    {
        Reading reading = OcppJson.Parse<Reading>("{\"count\":1,\"x\":1,\"count\":2,\"x\":2}"u8, s_all);

        Assert.Equal((2, 2), (reading.Count, reading.Others!["x"].GetInt32()));
    }

    [Theory]
    [InlineData("-1", null)]
    [InlineData("1", null)]
    [InlineData("-1.000001", OcppRule.Minimum)]
    [InlineData("1.000001", OcppRule.Maximum)]
    public void A_decimal_may_be_its_minimum_and_its_maximum(string level, OcppRule? rule)
    {
        string json = $"{{\"count\":1,\"level\":{level}}}";
        if (rule is { } broken)
        {
            AssertRefused(
                json,
                new OcppViolation(
                    OcppErrorCode.PropertyConstraintViolation,
                    broken,
                    "/level",
                    broken == OcppRule.Minimum ? -1 : 1
                )
            );
        }
        else
        {
            Assert.Equal(
                new Reading
                {
                    Count = 1,
                    Level = decimal.Parse(level, System.Globalization.CultureInfo.InvariantCulture),
                },
                Parse(json)
            );
        }
    }

    [Fact]
    public void A_limit_that_is_no_integer_of_64_bits_is_told_without_its_number()
    {
        Assert.Equal(-1, OcppJsonReader.ToLimit(-1));
        Assert.Equal(long.MaxValue, OcppJsonReader.ToLimit(long.MaxValue));
        Assert.Equal(long.MinValue, OcppJsonReader.ToLimit(long.MinValue));
        Assert.Null(OcppJsonReader.ToLimit(0.5m));
        Assert.Null(OcppJsonReader.ToLimit(long.MaxValue + 1m));
        Assert.Null(OcppJsonReader.ToLimit(long.MinValue - 1m));
        Assert.Null(OcppJsonReader.ToLimit(decimal.MaxValue));
    }

    [Fact]
    public void A_list_of_any_length_is_read()
    {
        for (int count = 0; count <= 100; count++)
        {
            int[] numbers = [.. Enumerable.Range(0, count)];
            Assert.Equal(numbers, Parse($"{{\"count\":1,\"numbers\":[{string.Join(',', numbers)}]}}").Numbers);
        }
    }

    [Fact]
    public void A_list_has_as_few_and_as_many_items_as_its_limits()
    {
        Assert.Equal(["a"], Parse("{\"count\":1,\"names\":[\"a\"]}").Names);
        Assert.Equal(["a", "b", "c"], Parse("{\"count\":1,\"names\":[\"a\",\"b\",\"c\"]}").Names);
        AssertRefused(
            "{\"count\":1,\"names\":[]}",
            new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.MinItems, "/names", 1, 0)
        );
        AssertRefused(
            "{\"count\":1,\"names\":[\"a\",\"b\",\"c\",\"d\"]}",
            new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.MaxItems, "/names", 3, 4)
        );
    }

    [Theory]
    [InlineData("[7]")]
    [InlineData("[7,7]")]
    [InlineData("[7,\"a\"]")]
    [InlineData("[\"a\",7]")]
    public void A_list_with_an_item_that_is_lost_is_lost_where_that_is_accepted(string names) =>
        Assert.Null(OcppJson.Parse<Reading>(Encoding.UTF8.GetBytes($"{{\"count\":1,\"names\":{names}}}"), s_all).Names);

    [Theory]
    [InlineData("{\"names\":[x],\"count\":1}", "/names/0", 10)]
    [InlineData("{\"level\":x}", "/level", 9)]
    [InlineData("{\"parts\":[{\"level\":1.x", "/parts/0/level", 21)]
    public void Behind_malformed_JSON_nothing_is_listed(string json, string path, int position) =>
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.MalformedJson, path, Actual: position)],
            OcppJson.Check<Reading>(Encoding.UTF8.GetBytes(json))
        );

    [Theory]
    [InlineData("{\"level\":5}", OcppRule.Required, "/count")]
    [InlineData("{\"parts\":[{\"count\":\"x\"}],\"level\":5}", OcppRule.Required, "/count")]
    [InlineData("{\"count\":\"x\",\"count\":\"y\"}", OcppRule.Type, "/count")]
    [InlineData("{\"level\":\"x\",\"count\":\"y\"}", OcppRule.Type, "/count")]
    [InlineData("7", OcppRule.PayloadNotObject, "")]
    public void What_can_not_be_done_without_is_told_before_what_is_accepted(string json, OcppRule rule, string path)
    {
        Assert.False(
            OcppJson.TryParse(Encoding.UTF8.GetBytes(json), out Reading? _, out OcppViolation violation, s_all)
        );
        Assert.Equal((rule, path), (violation.Rule, violation.Path));
    }

    [Fact]
    public void Objects_may_be_nested_64_deep_and_no_deeper()
    {
        // An object and a list to each level.
        Assert.Equal(32, Depth(Parse(Nested(32))));
        AssertRefused(
            Nested(33),
            new OcppViolation(
                OcppErrorCode.FormatViolation,
                OcppRule.Depth,
                string.Concat(Enumerable.Repeat("/parts/0", 32)),
                64
            )
        );

        static string Nested(int objects) =>
            string.Concat(Enumerable.Repeat("{\"count\":1,\"parts\":[", objects - 1))
            + "{\"count\":1}"
            + string.Concat(Enumerable.Repeat("]}", objects - 1));

        static int Depth(Reading reading) => 1 + (reading.Parts is [var part] ? Depth(part) : 0);
    }

    [Fact]
    public void A_text_with_escapes_of_any_length_is_read_or_told_to_be_too_long()
    {
        foreach (int maxLength in (int[])[0, 1, 15, 16, 17, 48, 112])
        {
            for (int length = 0; length <= 300; length++)
            {
                var reader = new OcppJsonReader(
                    Encoding.UTF8.GetBytes($"\"{string.Concat(Enumerable.Repeat("\\n", length))}\""),
                    OcppErrorMap.Default
                );
                string? text = reader.ReadString(maxLength);

                Assert.Equal(length <= maxLength, reader.End());
                if (length <= maxLength)
                {
                    Assert.Equal(new string('\n', length), text);
                }
                else
                {
                    Assert.Equal(
                        new OcppViolation(
                            OcppErrorCode.PropertyConstraintViolation,
                            OcppRule.MaxLength,
                            "",
                            maxLength,
                            length
                        ),
                        reader.Log!.First
                    );
                }
            }
        }
    }

    private static Reading Parse(string json) => OcppJson.Parse<Reading>(Encoding.UTF8.GetBytes(json));

    private static void AssertRefused(string json, OcppViolation expected)
    {
        byte[] payload = Encoding.UTF8.GetBytes(json);
        Assert.False(OcppJson.TryParse(payload, out Reading? _, out OcppViolation violation));
        Assert.Equal(expected, violation);
        Assert.Contains(expected, OcppJson.Check<Reading>(payload));
    }
}
