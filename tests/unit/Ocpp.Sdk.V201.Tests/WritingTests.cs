using System.Buffers;
using System.Text;
using System.Text.Json;
using Ocpp.EveryMessage;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>A record that breaks a rule can be built, but not written; Validate() says what is wrong with it.</summary>
public sealed class WritingTests
{
    private const CertificateSigningUseEnumType Undefined = (CertificateSigningUseEnumType)2;

    private static readonly OcppViolation s_tooLong = ErrorCodes.Violation(OcppRule.MaxLength, "/csr", 5500, 5501);

    [Theory]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData("\u20AC")]
    [InlineData("\U0001F600")]
    public void Csr_is_written_up_to_5500_characters(string character)
    {
        var atLimit = new SignCertificateRequest { Csr = string.Concat(Enumerable.Repeat(character, 5500)) };
        Assert.Equal(atLimit, Payload.Valid<SignCertificateRequest>(OcppJson.ToUtf8Bytes(atLimit)));
        AssertRefused(atLimit with { Csr = atLimit.Csr + character }, s_tooLong);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_written()
    {
        // Not as rows of a theory: attributes are stored in UTF-8, which knows no half pairs.
        string[] texts =
        [
            "\uD83D",
            "\uDE00",
            "before \uD83D after",
            "\uDE00\uD83D",
            "\U0001F600\uD83D",
            "\uD83D\u20AC",
            "0123456789ABCDEF0123456789ABCDEF\uDFFF",
            "\uD83D0123456789ABCDEF0123456789ABCDEF",
        ];
        foreach (string text in texts)
        {
            AssertRefused(
                new SignCertificateRequest { Csr = text },
                ErrorCodes.Violation(OcppRule.InvalidText, "/csr")
            );
        }
    }

    [Theory]
    [InlineData((CertificateSigningUseEnumType)2)]
    [InlineData((CertificateSigningUseEnumType)(-1))]
    [InlineData((CertificateSigningUseEnumType)int.MaxValue)]
    public void Undefined_value_of_an_enum_is_not_written(CertificateSigningUseEnumType value) =>
        AssertRefused(
            new SignCertificateRequest { Csr = "x", CertificateType = value },
            ErrorCodes.Violation(OcppRule.Enum, "/certificateType")
        );

    [Fact]
    public void Null_in_a_required_property_is_not_written()
    {
        AssertRefused(new SignCertificateRequest { Csr = null! }, ErrorCodes.Violation(OcppRule.Required, "/csr"));
        AssertRefused(
            new BootNotificationRequest { Reason = BootReasonEnumType.PowerUp, ChargingStation = null! },
            ErrorCodes.Violation(OcppRule.Required, "/chargingStation")
        );
        AssertRefused(
            new BootNotificationRequest
            {
                Reason = BootReasonEnumType.PowerUp,
                ChargingStation = new() { Model = null!, VendorName = null! },
            },
            ErrorCodes.Violation(OcppRule.Required, "/chargingStation/model"),
            ErrorCodes.Violation(OcppRule.Required, "/chargingStation/vendorName")
        );
    }

    [Fact]
    public void Further_property_that_clashes_with_a_property_of_the_type_is_not_written() =>
        AssertRefused(
            new SignCertificateRequest { Csr = "x", CustomData = CustomData(("vendorId", "\"other\"")) },
            ErrorCodes.Violation(OcppRule.DuplicateProperty, "/customData/vendorId")
        );

    [Fact]
    public void Further_property_without_a_value_is_not_written() =>
        AssertRefused(
            new CustomDataType
            {
                VendorId = "v",
                AdditionalProperties = new Dictionary<string, JsonElement> { ["a"] = default },
            },
            ErrorCodes.Violation(OcppRule.Type, "/a")
        );

    [Fact]
    public void Further_property_with_half_a_surrogate_pair_in_its_name_is_not_written() =>
        AssertRefused(CustomData(("\uD800", "1")), ErrorCodes.Violation(OcppRule.InvalidText, "/\uFFFD"));

    [Theory]
    [InlineData("\"\\ud800\"", OcppRule.InvalidText)]
    [InlineData("{\"a\":1,\"a\":2}", OcppRule.DuplicateProperty)]
    [InlineData("[{\"\\udc00\":0}]", OcppRule.InvalidText)]
    public void Further_property_that_a_peer_would_refuse_is_not_written(string json, OcppRule rule) =>
        AssertRefused(CustomData(("a", json)), ErrorCodes.Violation(rule, "/a"));

    [Fact]
    public void All_violations_are_listed_in_the_order_in_which_properties_are_written()
    {
        var request = new SignCertificateRequest
        {
            Csr = new string('a', 5501),
            CertificateType = Undefined,
            CustomData = new CustomDataType
            {
                VendorId = new string('v', 256),
                AdditionalProperties = new Dictionary<string, JsonElement> { ["a/b"] = default },
            },
        };
        AssertRefused(
            request,
            s_tooLong,
            ErrorCodes.Violation(OcppRule.MaxLength, "/customData/vendorId", 255, 256),
            ErrorCodes.Violation(OcppRule.Type, "/customData/a~1b"),
            ErrorCodes.Violation(OcppRule.Enum, "/certificateType")
        );
    }

    [Fact]
    public void Writing_appends_to_what_the_buffer_holds()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("before "u8);
        OcppJson.Write(output, new SignCertificateRequest { Csr = "x" });
        Assert.Equal("before {\"csr\":\"x\"}", Encoding.UTF8.GetString(output.WrittenSpan));

        Assert.Throws<OcppValidationException>(() =>
            OcppJson.Write(output, new SignCertificateRequest { Csr = null! })
        );
        Assert.Equal("before {\"csr\":\"x\"}", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Only_what_json_demands_is_escaped() =>
        Assert.Equal(
            """{"csr":"\"\\/\b\f\n\r\t\u0000\u001f""" + "\u007F<>&'+=\u00E9\u2028\U0001F600\"}",
            Encoding.UTF8.GetString(
                OcppJson.ToUtf8Bytes(
                    new SignCertificateRequest { Csr = "\"\\/\b\f\n\r\t\0\u001F\u007F<>&'+=\u00E9\u2028\U0001F600" }
                )
            )
        );

    [Fact]
    public void Required_properties_are_written_first_and_absent_ones_not_at_all()
    {
        var response = new SignCertificateResponse { Status = GenericStatusEnumType.Rejected };
        Assert.Equal("""{"status":"Rejected"}""", Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(response)));
        response = response with
        {
            CustomData = new CustomDataType { VendorId = "v" },
            StatusInfo = new StatusInfoType { ReasonCode = "r", AdditionalInfo = "" },
        };
        Assert.Equal(
            """{"status":"Rejected","customData":{"vendorId":"v"},"statusInfo":{"reasonCode":"r","additionalInfo":""}}""",
            Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(response))
        );
    }

    [Fact]
    public void Object_without_required_properties_may_be_empty() =>
        Assert.Equal("{}", Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(new ModemType())));

    [Fact]
    public void Date_time_is_written_with_at_most_three_fractional_digits_in_its_own_offset()
    {
        (string Text, string Written)[] rows =
        [
            ("2026-01-31T12:34:56Z", "2026-01-31T12:34:56Z"),
            ("2026-01-31T12:34:56.000Z", "2026-01-31T12:34:56Z"),
            ("2026-01-31T12:34:56.700+00:00", "2026-01-31T12:34:56.700Z"),
            ("2026-01-31T12:34:56.0069999-00:30", "2026-01-31T12:34:56.006-00:30"),
            ("2026-01-31T12:34:56.123456+14:00", "2026-01-31T12:34:56.123+14:00"),
        ];
        foreach ((string text, string written) in rows)
        {
            SecurityEventNotificationRequest request = Payload.Valid<SecurityEventNotificationRequest>(
                $$"""{"type":"t","timestamp":"{{text}}"}"""
            );
            Assert.Equal(
                $$"""{"type":"t","timestamp":"{{written}}"}""",
                Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(request))
            );
        }
    }

    [Fact]
    public void Records_are_equal_by_value_further_properties_included()
    {
        // Numbers compare by value, objects in any order: what JSON says, not how it is spelled.
        SignCertificateRequest[] equal =
        [
            new() { Csr = "x", CustomData = CustomData(("a", "{\"b\":1,\"c\":[2]}"), ("d", "null")) },
            new() { Csr = "x", CustomData = CustomData(("d", "null"), ("a", " { \"c\" : [2.0], \"b\" : 10e-1 } ")) },
        ];
        SignCertificateRequest[] different =
        [
            new() { Csr = "x" },
            new() { Csr = "y", CustomData = equal[0].CustomData },
            new()
            {
                Csr = "x",
                CustomData = equal[0].CustomData,
                CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
            },
            new() { Csr = "x", CustomData = CustomData() },
            new() { Csr = "x", CustomData = CustomData(("d", "null")) },
            new() { Csr = "x", CustomData = CustomData(("a", "{\"b\":1,\"c\":[3]}"), ("d", "null")) },
            new() { Csr = "x", CustomData = CustomData(("A", "{\"b\":1,\"c\":[2]}"), ("d", "null")) },
        ];
        Assert.Equal(equal[0], equal[1]);
        Assert.True(equal[0] == equal[1]);
        Assert.Equal(equal[0].GetHashCode(), equal[1].GetHashCode());
        foreach (SignCertificateRequest other in different)
        {
            Assert.NotEqual(equal[0], other);
            Assert.True(other != equal[0]);
        }

        Assert.Equal(different.Length, different.Distinct().Count());
    }

    [Fact]
    public void No_further_properties_equal_an_absent_dictionary_when_they_are_written_the_same()
    {
        CustomDataType empty = CustomData();
        CustomDataType again = Payload.Valid<CustomDataType>(OcppJson.ToUtf8Bytes(empty));
        Assert.Equal(empty, again);
        Assert.Equal(empty.GetHashCode(), again.GetHashCode());
    }

    private static CustomDataType CustomData(params (string Name, string Json)[] others) =>
        new()
        {
            VendorId = "v",
            AdditionalProperties = others.ToDictionary(other => other.Name, other => JsonElement.Parse(other.Json)),
        };

    /// <summary>
    /// Asserts that every way to write the record fails with these violations, and that nothing was written.
    /// </summary>
    private static void AssertRefused<T>(T record, params OcppViolation[] expected)
        where T : class, IOcppPayload<T>
    {
        Assert.Equal(expected, record.Validate());

        var output = new ArrayBufferWriter<byte>();
        OcppValidationException exception = Assert.Throws<OcppValidationException>(() =>
            OcppJson.Write(output, record)
        );
        Assert.Equal(expected, exception.Violations);
        Assert.Equal((expected[0].ErrorCode, expected[0].Path), (exception.ErrorCode, exception.Path));
        Assert.Equal(0, output.WrittenCount);

        Assert.Equal(expected, Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(record)).Violations);
        Assert.Equal(
            expected,
            Assert
                .Throws<OcppValidationException>(() =>
                    JsonSerializer.SerializeToUtf8Bytes(record, typeof(T), Ocpp201JsonContext.Default)
                )
                .Violations
        );
    }
}
