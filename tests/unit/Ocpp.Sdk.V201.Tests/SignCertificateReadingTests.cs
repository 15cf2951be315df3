using System.Text;
using Ocpp.EveryMessage;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>What a SignCertificateRequest and its response may be on the wire, spelled out.</summary>
public sealed class SignCertificateReadingTests
{
    private const string Pem =
        "-----BEGIN CERTIFICATE REQUEST-----\\nMIIB+zCC/A==\\n-----END CERTIFICATE REQUEST-----\\n";

    private static readonly string[] s_otherThanText =
    [
        "true",
        "false",
        "0",
        "-1",
        "1.5e3",
        "{}",
        "{\"a\":{}}",
        "[]",
        "[\"text\"]",
    ];

    private static readonly string[] s_otherThanObject =
    [
        "true",
        "false",
        "0",
        "-1.5",
        "\"text\"",
        "\"\"",
        "[]",
        "[{}]",
    ];

    public static TheoryData<string> CharactersOfOneCodePoint =>
        [
            "a",
            " ",
            "+",
            "\u007F",
            "\u00E9",
            "\u20AC",
            "\uFFFD",
            "\uFEFF",
            "\U0001F600",
            "\U0010FFFF",
            "\\uD83D\\uDE00",
            "\\u0041",
            "\\u0000",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
        ];

    [Theory]
    [MemberData(nameof(CharactersOfOneCodePoint))]
    public void Csr_of_5500_characters_is_taken_however_they_are_written(string character)
    {
        string csr = string.Concat(Enumerable.Repeat(character, SignCertificateRequest.CsrMaxLength));

        SignCertificateRequest request = Payload.Valid<SignCertificateRequest>($$"""{"csr":"{{csr}}"}""");

        Assert.Equal(5500, request.Csr.EnumerateRunes().Count());
        Assert.Equal(request, Payload.Valid<SignCertificateRequest>(OcppJson.ToUtf8Bytes(request)));
    }

    [Theory]
    [MemberData(nameof(CharactersOfOneCodePoint))]
    public void Csr_longer_than_5500_is_a_property_constraint_violation(string character)
    {
        foreach (int length in new[] { 5501, 5502, 11000, 70000 })
        {
            string csr = string.Concat(Enumerable.Repeat(character, length));
            Payload.Violates<SignCertificateRequest>(
                $$"""{"csr":"{{csr}}"}""",
                OcppRule.MaxLength,
                "/csr",
                limit: 5500,
                actual: length
            );
        }
    }

    [Theory]
    [InlineData("\\uD83D", 0)]
    [InlineData("\\uDE00", 0)]
    [InlineData("\\uDE00\\uD83D", 0)]
    [InlineData("\\uD83D\\uD83D\\uDE00", 0)]
    [InlineData("\\uD83Dx\\uDE00", 0)]
    [InlineData("\\uD83D\\n", 0)]
    [InlineData("\\ud800\\u0041", 0)]
    [InlineData("plain text before it \\udfff and after it", 0)]
    public void Half_a_surrogate_pair_in_the_csr_is_a_format_violation(string text, int offset) =>
        Payload.Violates<SignCertificateRequest>(
            $$"""{"csr":"{{text}}"}""",
            OcppRule.InvalidText,
            "/csr",
            actual: 8 + offset
        );

    [Theory]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xFF, 0xFE })]
    public void Bytes_that_are_no_utf8_in_the_csr_are_a_format_violation(byte[] bytes) =>
        Payload.Violates<SignCertificateRequest>(
            [.. "{\"csr\":\"plain "u8, .. bytes, .. "\"}"u8],
            OcppRule.InvalidText,
            "/csr",
            actual: 8
        );

    [Fact]
    public void Byte_order_mark_is_malformed() =>
        Payload.Violates<SignCertificateRequest>(
            [0xEF, 0xBB, 0xBF, .. "{\"csr\":\"\"}"u8],
            OcppRule.MalformedJson,
            "",
            actual: 0
        );

    [Fact]
    public void Csr_may_be_empty() => Assert.Equal("", Payload.Valid<SignCertificateRequest>("""{"csr":""}""").Csr);

    [Fact]
    public void Csr_in_pem_is_read_with_its_line_feeds() =>
        Assert.Equal(
            new SignCertificateRequest
            {
                Csr = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB+zCC/A==\n-----END CERTIFICATE REQUEST-----\n",
            },
            Payload.Valid<SignCertificateRequest>($$"""{"csr":"{{Pem}}"}""")
        );

    [Fact]
    public void Every_escape_is_read_as_its_character() =>
        Assert.Equal(
            "\"\\/\b\f\n\r\t\u00E9\u20ACa\0",
            Payload.Valid<SignCertificateRequest>("""{"csr":"\"\\\/\b\f\n\r\t\u00e9\u20AC\u0061\u0000"}""").Csr
        );

    [Theory]
    [InlineData("\\x", 8)]
    [InlineData("ab\\'", 10)]
    [InlineData("\\u12G4", 8)]
    [InlineData("\\u123", 8)]
    [InlineData("\\U0041", 8)]
    [InlineData("line\nfeed", 12)]
    [InlineData("\0", 8)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF\u001F", 40)]
    public void Text_that_json_does_not_know_is_malformed_where_it_stands(string text, int offset) =>
        Payload.Violates<SignCertificateRequest>(
            $$"""{"csr":"{{text}}"}""",
            OcppRule.MalformedJson,
            "/csr",
            actual: offset
        );

    [Fact]
    public void Absent_certificate_type_is_taken() =>
        Assert.Null(Payload.Valid<SignCertificateRequest>("""{"csr":"x"}""").CertificateType);

    [Theory]
    [InlineData("ChargingStationCertificate", CertificateSigningUseEnumType.ChargingStationCertificate)]
    [InlineData("V2GCertificate", CertificateSigningUseEnumType.V2GCertificate)]
    [InlineData("\\u00562GCertificat\\u0065", CertificateSigningUseEnumType.V2GCertificate)]
    public void Certificate_type_is_read(string name, CertificateSigningUseEnumType expected) =>
        Assert.Equal(
            expected,
            Payload.Valid<SignCertificateRequest>($$"""{"csr":"x","certificateType":"{{name}}"}""").CertificateType
        );

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v2gCertificate")]
    [InlineData("V2gCertificate")]
    [InlineData("V2GCERTIFICATE")]
    [InlineData("V2GCertificat")]
    [InlineData("V2GCertificates")]
    [InlineData("2GCertificate")]
    [InlineData(" V2GCertificate")]
    [InlineData("V2GCertificate ")]
    [InlineData("V2GCertificate\\u0000")]
    [InlineData("V2GCertificat\u00E9")]
    [InlineData("V2GCertificat\u0435")]
    [InlineData("ChargingStation")]
    [InlineData("ChargingStationCertificatE")]
    [InlineData("chargingStationCertificate")]
    [InlineData("0")]
    [InlineData("ChargingStationCertificate,V2GCertificate")]
    [InlineData("CombinedCertificate")]
    public void Certificate_type_outside_the_enum_is_a_type_constraint_violation(string name) =>
        Payload.Violates<SignCertificateRequest>(
            $$"""{"csr":"x","certificateType":"{{name}}"}""",
            OcppRule.Enum,
            "/certificateType"
        );

    [Theory]
    [InlineData("{}")]
    [InlineData(" { } ")]
    [InlineData("""{"certificateType":"V2GCertificate"}""")]
    [InlineData("""{"customData":{"vendorId":"v","csr":"x"}}""")]
    public void Missing_csr_is_an_occurrence_constraint_violation(string json) =>
        Payload.Violates<SignCertificateRequest>(json, OcppRule.Required, "/csr");

    [Theory]
    [InlineData("""{"csr":null}""", "/csr")]
    [InlineData("""{"csr":"x","certificateType":null}""", "/certificateType")]
    [InlineData("""{"csr":"x","customData":null}""", "/customData")]
    [InlineData("""{"csr":"x","customData":{"vendorId":null}}""", "/customData/vendorId")]
    public void Null_is_a_type_constraint_violation(string json, string path) =>
        Payload.Violates<SignCertificateRequest>(json, OcppRule.Null, path);

    [Fact]
    public void Value_of_another_type_is_a_type_constraint_violation()
    {
        foreach (string json in s_otherThanText)
        {
            Payload.Violates<SignCertificateRequest>($$"""{"csr":{{json}}}""", OcppRule.Type, "/csr");
            Payload.Violates<SignCertificateRequest>(
                $$"""{"csr":"x","certificateType":{{json}}}""",
                OcppRule.Type,
                "/certificateType"
            );
            Payload.Violates<SignCertificateRequest>(
                $$"""{"customData":{"vendorId":{{json}}},"csr":"x"}""",
                OcppRule.Type,
                "/customData/vendorId"
            );
            Payload.Violates<SignCertificateResponse>($$"""{"status":{{json}}}""", OcppRule.Type, "/status");
        }

        foreach (string json in s_otherThanObject)
        {
            Payload.Violates<SignCertificateRequest>(
                $$"""{"customData":{{json}},"csr":"x"}""",
                OcppRule.Type,
                "/customData"
            );
            Payload.Violates<SignCertificateResponse>(
                $$"""{"status":"Accepted","statusInfo":{{json}}}""",
                OcppRule.Type,
                "/statusInfo"
            );
        }
    }

    [Theory]
    [InlineData("tru")]
    [InlineData("True")]
    [InlineData("nul")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("'x'")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("/**/\"x\"")]
    [InlineData("\"x\"//")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\"}")]
    [InlineData("[1 2]")]
    [InlineData("[}")]
    [InlineData("{]")]
    public void What_is_no_json_is_malformed_rather_than_of_the_wrong_type(string json)
    {
        byte[] payload = Encoding.UTF8.GetBytes($$"""{"csr":{{json}}}""");
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out OcppViolation violation));
        Assert.Equal((OcppErrorCode.FormatViolation, OcppRule.MalformedJson), (violation.ErrorCode, violation.Rule));
        Assert.InRange(violation.Actual!.Value, 7, payload.Length);
        Assert.Equal([violation], OcppJson.Check<SignCertificateRequest>(payload));
    }

    [Theory]
    [InlineData("""{"csr":"x","csr":"x"}""", "/csr")]
    [InlineData("""{"csr":"x","csr":"y"}""", "/csr")]
    [InlineData("""{"csr":"x","cs\u0072":"y"}""", "/csr")]
    [InlineData("""{"\u0063\u0073\u0072":"x","csr":"y"}""", "/csr")]
    [InlineData("""{"csr":"x","certificateType":"V2GCertificate","csr" :"y"}""", "/csr")]
    [InlineData(
        """{"certificateType":"V2GCertificate","csr":"x","certificateType":"V2GCertificate"}""",
        "/certificateType"
    )]
    [InlineData("""{"csr":"x","customData":{"vendorId":"a"},"customData":{"vendorId":"a"}}""", "/customData")]
    [InlineData("""{"csr":"x","customData":{"vendorId":"a","vendorId":"b"}}""", "/customData/vendorId")]
    [InlineData("""{"csr":"x","customData":{"vendorId":"a","vendor\u0049d":"b"}}""", "/customData/vendorId")]
    [InlineData("""{"csr":"x","customData":{"vendorId":"a","b":1,"b":1}}""", "/customData/b")]
    [InlineData("""{"csr":"x","customData":{"vendorId":"a","b":1,"\u0062":1}}""", "/customData/b")]
    [InlineData("""{"csr":"x","customData":{"vendorId":"a","b":[{"c":1,"c":2}]}}""", "/customData/b")]
    public void Property_that_stands_twice_is_a_format_violation(string json, string path) =>
        Payload.Violates<SignCertificateRequest>(json, OcppRule.DuplicateProperty, path);

    [Theory]
    [InlineData("other", "/other")]
    [InlineData("CSR", "/CSR")]
    [InlineData("Csr", "/Csr")]
    [InlineData("cs", "/cs")]
    [InlineData("csrs", "/csrs")]
    [InlineData("", "/")]
    [InlineData(" csr", "/ csr")]
    [InlineData("vendorId", "/vendorId")]
    [InlineData("a/b", "/a~1b")]
    [InlineData("~", "/~0")]
    [InlineData("\\u0063srs", "/csrs")]
    [InlineData("\u00E9", "/\u00E9")]
    [InlineData("line\\nfeed", "/line\\u000Afeed")]
    [InlineData(
        "0123456789012345678901234567890123456789012345678901234567890123456789",
        "/012345678901234567890123456789012345678901234567890123456789012…"
    )]
    public void Unknown_property_is_a_protocol_error(string name, string path)
    {
        foreach (string value in new[] { "null", "0", "\"x\"", "[1,[2]]", "{\"csr\":{\"csr\":null}}" })
        {
            Payload.Violates<SignCertificateRequest>(
                $$"""{"csr":"x","{{name}}":{{value}}}""",
                OcppRule.UnknownProperty,
                path
            );
            Payload.Violates<SignCertificateRequest>(
                $$"""{"{{name}}" : {{value}} ,"csr":"x"}""",
                OcppRule.UnknownProperty,
                path
            );
        }
    }

    [Fact]
    public void Properties_may_stand_in_any_order()
    {
        string[] properties =
        [
            "\"csr\":\"x\"",
            "\"certificateType\":\"V2GCertificate\"",
            "\"customData\":{\"further\":[1],\"vendorId\":\"v\"}",
        ];
        SignCertificateRequest expected = Payload.Valid<SignCertificateRequest>($"{{{string.Join(',', properties)}}}");
        foreach (string[] order in Permutations.Of(properties))
        {
            Assert.Equal(expected, Payload.Valid<SignCertificateRequest>($"{{{string.Join(',', order)}}}"));
        }
    }

    [Fact]
    public void Properties_of_a_charging_station_may_stand_in_any_order()
    {
        string[] properties =
        [
            "\"model\":\"m\"",
            "\"vendorName\":\"v\"",
            "\"serialNumber\":\"s\"",
            "\"firmwareVersion\":\"f\"",
            "\"modem\":{\"imsi\":\"1\",\"iccid\":\"2\"}",
            "\"customData\":{\"vendorId\":\"w\"}",
        ];
        var expected = new ChargingStationType
        {
            Model = "m",
            VendorName = "v",
            SerialNumber = "s",
            FirmwareVersion = "f",
            Modem = new ModemType { Imsi = "1", Iccid = "2" },
            CustomData = new CustomDataType { VendorId = "w" },
        };
        string[][] orders = [.. Permutations.Of(properties)];
        Assert.Equal(720, orders.Length);
        foreach (string[] order in orders)
        {
            Assert.Equal(expected, Payload.Valid<ChargingStationType>($"{{{string.Join(',', order)}}}"));
        }
    }

    [Theory]
    [InlineData(" \t\r\n{\"csr\":\"x\"} \t\r\n")]
    [InlineData("{ \"csr\":\"x\"}")]
    [InlineData("{\"csr\" :\"x\"}")]
    [InlineData("{\"csr\"\n\t:\r\"x\"}")]
    [InlineData("{\"csr\": \"x\"}")]
    [InlineData("{\"csr\":\"x\" }")]
    [InlineData("{\"\\u0063sr\" : \"x\"}")]
    public void White_space_is_allowed_between_tokens(string json) =>
        Assert.Equal(new SignCertificateRequest { Csr = "x" }, Payload.Valid<SignCertificateRequest>(json));

    [Theory]
    [InlineData("\f{\"csr\":\"x\"}", 0)]
    [InlineData("{\u00A0\"csr\":\"x\"}", 1)]
    [InlineData("{\"csr\":\"x\"}\v", 11)]
    [InlineData("{\"csr\":\"x\"},", 11)]
    [InlineData("{\"csr\":\"x\"}{}", 11)]
    [InlineData("{\"csr\":\"x\"}\0", 11)]
    [InlineData("{\"csr\":\"x\",}", 11)]
    [InlineData("{,\"csr\":\"x\"}", 1)]
    [InlineData("{\"csr\":\"x\",,\"customData\":{\"vendorId\":\"\"}}", 11)]
    [InlineData("{\"csr\":\"x\" \"customData\":{\"vendorId\":\"\"}}", 11)]
    [InlineData("{\"csr\":\"x\"]", 10)]
    [InlineData("{\"csr\" \"x\"}", 7)]
    [InlineData("{csr:\"x\"}", 1)]
    [InlineData("{'csr':\"x\"}", 1)]
    [InlineData("", 0)]
    [InlineData("   ", 3)]
    [InlineData("{", 1)]
    public void Anything_else_around_the_tokens_is_malformed_where_it_stands(string json, int offset) =>
        Payload.Violates<SignCertificateRequest>(json, OcppRule.MalformedJson, "", actual: offset);

    [Fact]
    public void Payload_cut_off_anywhere_is_malformed_at_the_cut()
    {
        string json = $$"""{"csr":"{{Pem}}","certificateType":"V2GCertificate"}""";
        int csr = json.IndexOf(':', StringComparison.Ordinal) + 1;
        int comma = json.IndexOf(",\"cert", StringComparison.Ordinal);
        int type = json.LastIndexOf(':') + 1;
        for (int length = 0; length < json.Length; length++)
        {
            string cut = json[..length];
            string path =
                length >= csr && length < comma ? "/csr"
                : length >= type && length < json.Length - 1 ? "/certificateType"
                : "";

            // Half an escape is wrong from its backslash on.
            int actual = cut.EndsWith('\\') ? length - 1 : length;
            Payload.Violates<SignCertificateRequest>(cut, OcppRule.MalformedJson, path, actual: actual);
        }
    }

    [Theory]
    [InlineData("""{"status":"Accepted","statusInfo":{}}""", OcppRule.Required, "/statusInfo/reasonCode", null, null)]
    [InlineData(
        """{"status":"Accepted","statusInfo":{"reasonCode":"123456789012345678901"}}""",
        OcppRule.MaxLength,
        "/statusInfo/reasonCode",
        20L,
        21L
    )]
    [InlineData(
        """{"status":"Accepted","statusInfo":{"reasonCode":"x","additionalInfo":7}}""",
        OcppRule.Type,
        "/statusInfo/additionalInfo",
        null,
        null
    )]
    [InlineData(
        """{"status":"Accepted","statusInfo":{"reasonCode":"x","customData":{}}}""",
        OcppRule.Required,
        "/statusInfo/customData/vendorId",
        null,
        null
    )]
    [InlineData(
        """{"status":"Accepted","statusInfo":{"reasonCode":"x","other":{}}}""",
        OcppRule.UnknownProperty,
        "/statusInfo/other",
        null,
        null
    )]
    [InlineData("""{"status":"accepted"}""", OcppRule.Enum, "/status", null, null)]
    [InlineData("{}", OcppRule.Required, "/status", null, null)]
    public void Violation_in_a_response_has_the_whole_path(
        string json,
        OcppRule rule,
        string path,
        long? limit,
        long? actual
    ) => Payload.Violates<SignCertificateResponse>(json, rule, path, limit, actual);

    [Fact]
    public void Violation_two_objects_down_has_the_whole_path() =>
        Payload.Violates<BootNotificationRequest>(
            """{"reason":"PowerUp","chargingStation":{"model":"m","vendorName":"v","modem":{"imsi":"1","iccid":"123456789012345678901"}}}""",
            OcppRule.MaxLength,
            "/chargingStation/modem/iccid",
            limit: 20,
            actual: 21
        );

    [Fact]
    public void Check_lists_all_violations_in_the_order_in_which_they_are_met()
    {
        string json = $$$"""
            {
              "other": 1,
              "certificateType": "x",
              "csr": "{{{new string('a', 5501)}}}",
              "customData": { "vendorId": null, "x": {"y":1,"y":2} },
              "csr": 5
            }
            """;
        Assert.Equal(
            [
                ErrorCodes.Violation(OcppRule.UnknownProperty, "/other"),
                ErrorCodes.Violation(OcppRule.Enum, "/certificateType"),
                ErrorCodes.Violation(OcppRule.MaxLength, "/csr", 5500, 5501),
                ErrorCodes.Violation(OcppRule.Null, "/customData/vendorId"),
                ErrorCodes.Violation(OcppRule.DuplicateProperty, "/customData/x"),
                ErrorCodes.Violation(OcppRule.Type, "/csr"),
                ErrorCodes.Violation(OcppRule.DuplicateProperty, "/csr"),
            ],
            OcppJson.Check<SignCertificateRequest>(Encoding.UTF8.GetBytes(json))
        );
    }

    [Fact]
    public void Violation_never_echoes_what_was_sent()
    {
        const string Secret = "SECRET";
        string[] payloads =
        [
            $$"""{"csr":"{{string.Concat(Enumerable.Repeat(Secret, 1000))}}"}""",
            $$"""{"csr":"x","certificateType":"{{Secret}}"}""",
            $$$"""{"csr":{"{{{Secret}}}":"{{{Secret}}}"}}""",
            $$"""{"csr":"{{Secret}}","csr":"{{Secret}}"}""",
            $$"""{"csr":"{{Secret}}\ud800"}""",
            $$"""{"csr":"{{Secret}}\x"}""",
        ];
        foreach (string json in payloads)
        {
            OcppValidationException exception = Assert.Throws<OcppValidationException>(() =>
                OcppJson.Parse<SignCertificateRequest>(Encoding.UTF8.GetBytes(json))
            );
            Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        }
    }
}
