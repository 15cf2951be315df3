using System.Text;
using System.Text.Json;
using Ocpp.EveryMessage;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>
/// customData is open: whatever stands in it beside its vendorId is kept. No other test runs beside these, because the
/// heap that some of them measure is that of the process.
/// </summary>
[CollectionDefinition(nameof(CustomDataTests), DisableParallelization = true)]
[Collection(nameof(CustomDataTests))]
public sealed class CustomDataTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("1e400")]
    [InlineData("12345678901234567890123456789012345678901234567890.12345678901234567890")]
    [InlineData("\"\"")]
    [InlineData("\"+/=\u20AC\U0001F600\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[null,[],{},[[\"\"]]]")]
    [InlineData("{\"\":{\"vendorId\":{\"csr\":null}}}")]
    public void Further_property_survives_a_round_trip(string value)
    {
        string json = $$$"""{"csr":"x","customData":{"vendorId":"v","further":{{{value}}}}}""";

        SignCertificateRequest request = Payload.Valid<SignCertificateRequest>(json);

        Assert.Equal(value, request.CustomData!.AdditionalProperties!["further"].GetRawText());
        byte[] written = OcppJson.ToUtf8Bytes(request);
        Assert.True(
            JsonElement.DeepEquals(JsonElement.Parse(json), JsonElement.Parse(written)),
            Encoding.UTF8.GetString(written)
        );
        Assert.Equal(request, Payload.Valid<SignCertificateRequest>(written));
    }

    [Theory]
    [InlineData("-0.0")]
    [InlineData("1e400")]
    [InlineData("10.50")]
    [InlineData("12345678901234567890123456789012345678901234567890.12345678901234567890")]
    public void Number_in_a_further_property_keeps_its_digits(string number)
    {
        string json = $$$"""{"csr":"x","customData":{"vendorId":"v","further":[{{{number}}}]}}""";
        Assert.Equal(json, Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(Payload.Valid<SignCertificateRequest>(json))));
    }

    [Theory]
    [InlineData("1e99999999999", "1e99999999999", true)]
    [InlineData("[0,-1E+99999999999]", "[0,-1E+99999999999]", true)]
    [InlineData("""{"a":1e99999999999,"b":[true,"\u20AC",{}]}""", """{"b":[true,"€",{ }],"a":1e99999999999}""", true)]
    [InlineData("[1e99999999999,1.0,null]", "[1e99999999999,1,null]", true)]
    [InlineData("[1e99999999999,1.0]", "[1e99999999999,2]", false)]
    [InlineData("[1e99999999999,1]", "[1e99999999999]", false)]
    [InlineData("[1e99999999999,1]", "[1e99999999999,true]", false)]
    [InlineData("""{"a":1e99999999999,"b":1}""", """{"a":1e99999999999}""", false)]
    [InlineData("""{"a":1e99999999999,"b":1}""", """{"a":1e99999999999,"c":1}""", false)]
    [InlineData("1e99999999999", "1E99999999999", false)]
    [InlineData("1e99999999999", "1e99999999998", false)]
    [InlineData("1e99999999999", "1e9", false)]
    public void Numbers_with_an_exponent_beyond_32_bits_are_equal_where_they_are_spelled_the_same(
        string left,
        string right,
        bool areEqual
    )
    {
        CustomDataType Read(string value) =>
            Payload.Valid<CustomDataType>($$"""{"vendorId":"v","further":{{value}}}""");
        Assert.Equal(areEqual, Read(left) == Read(right));
        Assert.True(Read(left).GetHashCode() == Read(right).GetHashCode() || !areEqual);
    }

    [Fact]
    public void Names_of_further_properties_survive_a_round_trip()
    {
        string[] names =
        [
            "",
            " ",
            "VendorId",
            "vendorid",
            "vendorIds",
            "a/b~c",
            "\u20AC",
            "\U0001F600",
            "line\nfeed",
            "quote\"",
            "back\\slash",
            "\0",
            "customData",
        ];
        string properties = string.Join(
            ',',
            names.Select((name, index) => $"{JsonSerializer.Serialize(name)} : {index}")
        );

        CustomDataType customData = Payload.Valid<CustomDataType>($$"""{ {{properties}}, "vendorId":"v" }""");

        Assert.Equal(names, customData.AdditionalProperties!.Keys);
        Assert.Equal(
            Enumerable.Range(0, names.Length),
            customData.AdditionalProperties.Values.Select(value => value.GetInt32())
        );
        CustomDataType again = Payload.Valid<CustomDataType>(OcppJson.ToUtf8Bytes(customData));
        Assert.Equal(customData, again);
        Assert.Equal(names, again.AdditionalProperties!.Keys);
    }

    [Fact]
    public void Without_further_properties_there_are_none() =>
        Assert.Null(Payload.Valid<CustomDataType>("""{"vendorId":"v"}""").AdditionalProperties);

    [Theory]
    [InlineData("""{"vendorId":"v","a":1,"b":2,"a":3}""", "/a")]
    [InlineData("""{"a":{"b":[0,{"c":1,"c":1}]},"vendorId":"v"}""", "/a")]
    [InlineData("""{"":0,"vendorId":"v","":0}""", "/")]
    [InlineData("""{"\uD83D\uDE00":0,"vendorId":"v","😀":0}""", "/😀")]
    public void Further_property_that_stands_twice_is_a_format_violation(string json, string path) =>
        Payload.Violates<CustomDataType>(json, OcppRule.DuplicateProperty, path);

    [Fact]
    public void Vendor_id_is_required_whatever_else_there_is() =>
        Payload.Violates<CustomDataType>("""{"a":1,"VendorId":"v","vendorid":"v"}""", OcppRule.Required, "/vendorId");

    [Theory]
    [InlineData("""{"vendorId":"v","a":"\ud800"}""", 21)]
    [InlineData("""{"vendorId":"v","a":[{"\udc00":0}]}""", 23)]
    public void Half_a_surrogate_pair_in_a_further_property_is_a_format_violation(string json, int offset) =>
        Payload.Violates<CustomDataType>(json, OcppRule.InvalidText, "/a", actual: offset);

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_is_a_format_violation() =>
        Payload.Violates<CustomDataType>("""{"vendorId":"v","\ud800":1}""", OcppRule.InvalidText, "", actual: 17);

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, false)]
    public void Nesting_is_taken_up_to_64_levels(int arrays, bool isTaken)
    {
        // The message and its customData are the first two levels.
        string json =
            $$$"""{"csr":"x","customData":{"vendorId":"v","a":[{{{new string('[', arrays)}}}{{{new string(']', arrays)}}}]}}""";
        if (isTaken)
        {
            Assert.NotNull(OcppJson.Parse<SignCertificateRequest>(Encoding.UTF8.GetBytes(json)).CustomData);
        }
        else
        {
            Payload.Violates<SignCertificateRequest>(json, OcppRule.Depth, "/customData/a", limit: 64);
        }
    }

    [Theory]
    [InlineData(47, true)]
    [InlineData(48, false)]
    [InlineData(61, false)]
    public void What_is_kept_is_written_again_up_to_48_levels(int arrays, bool isWritten)
    {
        // A value does not know how deep it stands: the writer leaves room for the deepest place.
        string json =
            $$$"""{"csr":"x","customData":{"vendorId":"v","a":[{{{new string('[', arrays)}}}{{{new string(']', arrays)}}}]}}""";
        var request = OcppJson.Parse<SignCertificateRequest>(Encoding.UTF8.GetBytes(json));
        if (isWritten)
        {
            Assert.Equal(json, Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(request)));
        }
        else
        {
            OcppViolation violation = Assert.Single(
                Assert.Throws<OcppValidationException>(() => OcppJson.ToUtf8Bytes(request)).Violations
            );
            Assert.Equal(ErrorCodes.Violation(OcppRule.Depth, "/customData/a", limit: 48), violation);
        }
    }

    [Fact]
    public void Inner_duplicates_are_found_in_each_property_and_what_is_missing_too()
    {
        byte[] json = """{"a":{"x":1,"x":2},"b":1,"c":[{"y":1,"y":1}],"d":{"x":{"x":1}}}"""u8.ToArray();
        Assert.Equal(
            [
                ErrorCodes.Violation(OcppRule.DuplicateProperty, "/a"),
                ErrorCodes.Violation(OcppRule.DuplicateProperty, "/c"),
                ErrorCodes.Violation(OcppRule.Required, "/vendorId"),
            ],
            OcppJson.Check<CustomDataType>(json)
        );
        Assert.False(OcppJson.TryParse(json, out CustomDataType? _, out OcppViolation violation));
        Assert.Equal(ErrorCodes.Violation(OcppRule.DuplicateProperty, "/a"), violation);
    }

    [Fact]
    public void All_objects_of_a_payload_have_16384_further_properties_together()
    {
        string Json(int first, int second) =>
            $$$"""{"status":"Accepted","customData":{"vendorId":"v"{{{Further(first)}}} },"statusInfo":{"reasonCode":"r","customData":{"vendorId":"v"{{{Further(second)}}} } } }""";

        SignCertificateResponse response = Payload.Valid<SignCertificateResponse>(Json(16_000, 384));
        Assert.Equal(
            (16_000, 384),
            (
                response.CustomData!.AdditionalProperties!.Count,
                response.StatusInfo!.CustomData!.AdditionalProperties!.Count
            )
        );
        OcppViolation expected = ErrorCodes.Violation(
            OcppRule.MaxUntypedValues,
            "/statusInfo/customData/x384",
            limit: 16_384
        );
        byte[] beyond = Encoding.UTF8.GetBytes(Json(16_000, 1_000));
        foreach (
            OcppReadOptions options in (OcppReadOptions[])
                [OcppReadOptions.Strict, OcppReadOptions.Lenient, new() { Accept = static _ => true }]
        )
        {
            Assert.False(
                OcppJson.TryParse(beyond, out SignCertificateResponse? _, out OcppViolation violation, options)
            );
            Assert.Equal(expected, violation);
            Assert.Equal([expected], OcppJson.Check<SignCertificateResponse>(beyond, options));
        }

        Assert.True(
            OcppJson.TryParse(
                beyond,
                out SignCertificateResponse? _,
                out _,
                new OcppReadOptions { MaxUntypedValues = 17_000 }
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new OcppReadOptions { MaxUntypedValues = 0 });
    }

    [Fact]
    public void As_many_further_properties_as_a_payload_may_have_take_less_than_3_MB() =>
        AssertTakes($$$"""{"csr":"x","customData":{"vendorId":"v"{{{Further(16_384)}}} } }""", 3_000_000);

    [Fact]
    public void As_many_objects_with_a_further_property_each_take_less_than_16_MB()
    {
        string infos = string.Join(
            ',',
            Enumerable.Repeat("""{"additionalIdToken":"a","type":"t","customData":{"vendorId":"v","x":1}}""", 16_384)
        );
        AssertTakes($$$"""{"idToken":{"idToken":"i","type":"Central","additionalInfo":[{{{infos}}}]}}""", 16_000_000);
    }

    private static void AssertTakes(string json, long mostBytes)
    {
        byte[] payload = Encoding.UTF8.GetBytes(json);
        var kept = new object[17];
        kept[0] = Read();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = Read();
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / kept.Length;
        Assert.True(each < mostBytes, $"{each} bytes each");
        GC.KeepAlive(kept);

        object Read() =>
            json.StartsWith("{\"csr\"", StringComparison.Ordinal)
                ? OcppJson.Parse<SignCertificateRequest>(payload)
                : OcppJson.Parse<AuthorizeRequest>(payload);
    }

    private static string Further(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $",\"x{i}\":{i}"));

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        string json = """{"csr":"x","customData":{"vendorId":"v","a":""" + new string('[', 1_000_000);
        Payload.Violates<SignCertificateRequest>(json, OcppRule.Depth, "/customData/a", limit: 64);
        Payload.Violates<SignCertificateRequest>(
            """{"csr":""" + new string('[', 1_000_000),
            OcppRule.Depth,
            "/csr",
            limit: 64
        );

        // What is unknown is refused before it is looked into; with all violations listed, both are.
        byte[] unknown = Encoding.UTF8.GetBytes("""{"other":""" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        OcppViolation[] expected =
        [
            ErrorCodes.Violation(OcppRule.UnknownProperty, "/other"),
            ErrorCodes.Violation(OcppRule.Depth, "/other", limit: 64),
        ];
        Assert.False(OcppJson.TryParse(unknown, out SignCertificateRequest? _, out OcppViolation violation));
        Assert.Equal(expected[0], violation);
        Assert.Equal(expected, OcppJson.Check<SignCertificateRequest>(unknown));
    }
}
