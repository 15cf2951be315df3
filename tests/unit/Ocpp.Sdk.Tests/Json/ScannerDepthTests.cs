using System.Text;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Json;

/// <summary>Objects and arrays may be nested 64 deep, counted from the payload itself.</summary>
public sealed class ScannerDepthTests
{
    [Theory]
    [InlineData("[", "]", 1)]
    [InlineData("{\"a\":", "}", 1)]
    [InlineData("[ {\"a\" : ", "} ]", 2)]
    [InlineData("[true,", ",null]", 1)]
    public void Values_nested_64_deep_are_read_and_65_deep_refused(string begin, string end, int levels)
    {
        byte[] deepest = Nested(begin, end, 64 / levels, "1");
        Assert.True(Oracle.Accepts(deepest));
        Assert.Null(Scanner.Scan(deepest));
        foreach (string inner in (string[])["[]", "{}", "[1]", "{\"a\":1}"])
        {
            byte[] tooDeep = Nested(begin, end, 64 / levels, inner);
            Assert.False(Oracle.Accepts(tooDeep));
            Assert.Equal(
                new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "", Limit: 64),
                Scanner.Scan(tooDeep)
            );
        }
    }

    [Fact]
    public void An_empty_object_or_array_is_a_level_too()
    {
        Assert.Null(Scanner.Scan(Nested("[", "]", 63, "[]")));
        Assert.Null(Scanner.Scan(Nested("[", "]", 63, "{}")));
        Assert.Null(Scanner.Scan(Nested("[", "]", 63, "[],{},[]")));
        Assert.Equal(OcppRule.Depth, Scanner.Scan(Nested("[", "]", 63, "[],{},[[]]"))!.Value.Rule);
    }

    [Fact]
    public void A_million_brackets_are_refused_without_the_stack()
    {
        Assert.Equal(OcppRule.Depth, Scanner.Scan(Encoding.ASCII.GetBytes(new string('[', 1_000_000)))!.Value.Rule);

        byte[] payload = Encoding.ASCII.GetBytes("{\"csr\":" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out OcppViolation violation));
        Assert.Equal((OcppRule.Depth, "/csr"), (violation.Rule, violation.Path));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void A_payload_counts_as_the_first_level(string begin, string end)
    {
        // The payload and customData are two levels; 62 more may follow.
        Assert.True(
            OcppJson.TryParse(Payload(Nested(begin, end, 62, "1")), out SignCertificateRequest? request, out _)
        );
        Assert.True(request.CustomData!.AdditionalProperties!.ContainsKey("x"));

        Assert.False(OcppJson.TryParse(Payload(Nested(begin, end, 63, "1")), out request, out OcppViolation violation));
        Assert.Null(request);
        Assert.Equal(
            new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "/customData/x", Limit: 64),
            violation
        );
        Assert.Equal([violation], OcppJson.Check<SignCertificateRequest>(Payload(Nested(begin, end, 63, "1"))));
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_measured_too()
    {
        byte[] payload = [.. "{\"csr\":"u8, .. Nested("[", "]", 63, "1"), (byte)'}'];
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out OcppViolation violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Type, "/csr"), violation);

        payload = [.. "{\"csr\":"u8, .. Nested("[", "]", 64, "1"), (byte)'}'];
        Assert.False(OcppJson.TryParse(payload, out SignCertificateRequest? _, out violation));
        Assert.Equal(new OcppViolation(OcppErrorCode.FormatViolation, OcppRule.Depth, "/csr", Limit: 64), violation);
    }

    private static byte[] Payload(byte[] value) =>
        [.. "{\"csr\":\"c\",\"customData\":{\"vendorId\":\"v\",\"x\":"u8, .. value, .. "}}"u8];

    private static byte[] Nested(string begin, string end, int times, string inner) =>
        Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat(begin, times)) + inner + string.Concat(Enumerable.Repeat(end, times))
        );
}
