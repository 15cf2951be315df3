using System.Globalization;
using System.Text;
using System.Text.Json;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Validation;

/// <summary>What can be written that breaks rules, and what can't.</summary>
public sealed class WriteOptionsTests
{
    private const string Deviating =
        "{\"count\":101,\"level\":-1.5,\"names\":[\"abcdef\",\"b\",\"c\",\"d\"],\"parts\":[{\"count\":-1,\"names\":[]}]}";

    [Fact]
    public void What_Lenient_has_read_is_written_leniently_as_it_was_and_read_again()
    {
        Reading reading = OcppJson.Parse<Reading>(Utf8(Deviating), OcppReadOptions.Lenient);
        byte[] written = OcppJson.ToUtf8Bytes(reading, OcppWriteOptions.Lenient);
        Assert.Equal(Deviating, Encoding.UTF8.GetString(written));
        Assert.Equal(reading, OcppJson.Parse<Reading>(written, OcppReadOptions.Lenient));
        Assert.Equal(
            reading.Validate(),
            Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading)).Violations
        );
    }

    [Fact]
    public void JSON_of_any_type_with_duplicates_or_too_deep_is_written_leniently()
    {
        string deep = new string('[', 60) + new string(']', 60);
        string json = $"{{\"count\":1,\"any\":{deep},\"x\":{{\"a\":1,\"a\":2}}}}";
        Reading reading = OcppJson.Parse<Reading>(Utf8(json), new OcppReadOptions { Accept = static _ => true });
        Assert.Equal(json, Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(reading, OcppWriteOptions.Lenient)));
        Assert.Equal(
            [(OcppRule.Depth, "/any"), (OcppRule.DuplicateProperty, "/x")],
            Assert
                .Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading))
                .Violations.Select(v => (v.Rule, v.Path))
        );
    }

    [Fact]
    public void What_has_no_form_on_the_wire_is_not_written_and_is_what_the_exception_names()
    {
        var request = new SignCertificateRequest
        {
            Csr = null!,
            CustomData = new CustomDataType { VendorId = new string('v', 256) },
        };
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/csr")],
            Assert
                .Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(request, OcppWriteOptions.Lenient))
                .Violations
        );
        foreach (
            Reading reading in (Reading[])
                [
                    new Reading { Count = 1, Names = ["\uD800"] },
                    new Reading { Count = 1, Names = [null!] },
                    new Reading { Count = 1, Parts = [null!] },
                    new Reading { Count = 1, Any = default(JsonElement) },
                    new Reading
                    {
                        Count = 1,
                        Others = new Dictionary<string, JsonElement> { ["count"] = JsonElement.Parse("1"u8) },
                    },
                ]
        )
        {
            Assert.Equal(
                reading.Validate(),
                Assert
                    .Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(reading, OcppWriteOptions.Lenient))
                    .Violations
            );
        }
    }

    [Theory]
    [InlineData(0, "0.5", "1")]
    [InlineData(0, "-0.5", "-1")]
    [InlineData(1, "0.25", "0.3")]
    [InlineData(28, "0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    public void Decimal_places_beyond_those_chosen_are_rounded_half_away_from_zero(
        int places,
        string level,
        string expected
    )
    {
        var reading = new Reading { Count = 1, Level = decimal.Parse(level, CultureInfo.InvariantCulture) };
        Assert.Equal(
            $"{{\"count\":1,\"level\":{expected}}}",
            Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(reading, new OcppWriteOptions { MaxDecimalPlaces = places }))
        );
        Assert.Equal($"{{\"count\":1,\"level\":{level}}}", Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(reading)));
    }

    [Fact]
    public void A_number_beyond_its_limit_is_not_rounded_into_it()
    {
        var reading = new Reading { Count = 1, Level = 1.0000001m };
        Assert.Equal(
            [(OcppRule.Maximum, "/level")],
            Assert
                .Throws<OcppValidationException>(() =>
                    OcppJson.ToUtf8Bytes(reading, new OcppWriteOptions { MaxDecimalPlaces = 6 })
                )
                .Violations.Select(v => (v.Rule, v.Path))
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(29)]
    public void There_are_0_to_28_decimal_places(int places) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppWriteOptions { MaxDecimalPlaces = places });

    [Fact]
    public void A_raised_limit_holds_for_each_item_of_a_list_and_for_no_other_message()
    {
        OcppFieldLimits limits = OcppFieldLimits.None.With<Reading>("/names/*", 7).With<Reading>("/parts/0/names/1", 6);
        var read = new OcppReadOptions
        {
            FieldLimits = limits,
            DeviationAccepted = static _ => Assert.Fail("Not a deviation."),
        };
        var write = new OcppWriteOptions { FieldLimits = limits };

        const string Taken =
            "{\"count\":1,\"names\":[\"abcdefg\",\"a\",\"abcdef\"],\"parts\":[{\"count\":1,\"names\":[\"a\",\"abcdef\"]}]}";
        Reading reading = OcppJson.Parse<Reading>(Utf8(Taken), read);
        Assert.Empty(OcppJson.Check<Reading>(Utf8(Taken), read));
        Assert.Equal(Taken, Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(reading, write)));

        const string Refused =
            "{\"count\":1,\"names\":[\"abcdefgh\"],\"parts\":[{\"count\":1,\"names\":[\"abcdef\"]}]}";
        OcppViolation[] expected =
        [
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/names/0", 7, 8),
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/parts/0/names/0", 5, 6),
        ];
        Assert.Equal(expected, OcppJson.Check<Reading>(Utf8(Refused), read));
        Assert.False(OcppJson.TryParse(Utf8(Refused), out Reading? _, out OcppViolation violation, read));
        Assert.Equal(expected[0], violation);
        Reading tooLong = OcppJson.Parse<Reading>(Utf8(Refused), OcppReadOptions.Lenient);
        Assert.Equal(
            expected.Select(v => (v.Path, v.Actual)),
            Assert
                .Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(tooLong, write))
                .Violations.Select(v => (v.Path, v.Actual))
        );

        Assert.False(
            OcppJson.TryParse(
                "{\"count\":1,\"names\":[\"abcdef\"]}"u8,
                out Reading? _,
                out _,
                new OcppReadOptions { FieldLimits = OcppFieldLimits.None.With<StatusInfoType>("/names/*", 7) }
            )
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("names")]
    public void A_raised_limit_is_for_a_property(string path)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            nameof(path),
            () => OcppFieldLimits.None.With<Reading>(path, 1)
        );
        Assert.StartsWith(
            "Must be a JSON Pointer to a property, such as /exiResponse.",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_property_of_a_raised_limit_may_have_a_name_of_one_character_and_has_to_be_named()
    {
        Assert.NotSame(OcppFieldLimits.None, OcppFieldLimits.None.With<Reading>("/n", 1));
        Assert.Throws<ArgumentNullException>("path", () => OcppFieldLimits.None.With<Reading>(null!, 1));
    }

    [Fact]
    public void A_raised_limit_is_at_least_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OcppFieldLimits.None.With<Reading>("/names", 0));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
