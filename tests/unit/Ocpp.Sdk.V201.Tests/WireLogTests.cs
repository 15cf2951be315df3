using System.Text;
using Ocpp.Rpc;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>Frames as lines of a log: the secrets are gone, all else is there.</summary>
public class WireLogTests
{
    [Fact]
    public void Tokens_certificates_and_what_a_password_is_set_with_are_sensitive() =>
        Assert.Equal(
            [
                "additionalIdToken",
                "apnPassword",
                "attributeValue",
                "certificate",
                "certificateChain",
                "csr",
                "exiRequest",
                "exiResponse",
                "idToken",
                "key",
                "password",
                "signingCertificate",
                "simPin",
            ],
            Ocpp201Protocol.Instance.SensitiveProperties
        );

    [Theory]
    [InlineData(
        """[2,"1","Authorize",{"idToken":{"idToken":"04A2","type":"ISO14443","additionalInfo":[{"additionalIdToken":"é😀","type":"x"}]},"certificate":"PEM"}]""",
        """[2,"1","Authorize",{"idToken":{"idToken":"(4 characters)","type":"ISO14443","additionalInfo":[{"additionalIdToken":"(2 characters)","type":"x"}]},"certificate":"(3 characters)"}]"""
    )]
    [InlineData(
        """[3,"1",{"idTokenInfo":{"status":"Accepted","groupIdToken":{"idToken":"","type":"Central"}}}]""",
        """[3,"1",{"idTokenInfo":{"status":"Accepted","groupIdToken":{"idToken":"(0 characters)","type":"Central"}}}]"""
    )]
    [InlineData(
        """[2,"1","SetVariables",{"setVariableData":[{"attributeValue":"secret","variable":{"name":"BasicAuthPassword"}}]}]""",
        """[2,"1","SetVariables",{"setVariableData":[{"attributeValue":"(6 characters)","variable":{"name":"BasicAuthPassword"}}]}]"""
    )]
    [InlineData("""[3,"1",{"status":"Accepted"}]""", """[3,"1",{"status":"Accepted"}]""")]
    [InlineData(
        """[4,"1","GenericError","",{"csr":"secret"}]""",
        """[4,"1","GenericError","",{"csr":"(6 characters)"}]"""
    )]
    public void A_frame_is_kept_but_for_its_secrets(string frame, string line) => Assert.Equal(line, Redact(frame));

    [Theory]
    [InlineData(
        "\"customData\":{\"vendorId\":\"v\",\"csr\":\"secret\"}",
        "\"customData\":{\"vendorId\":\"v\",\"csr\":\"(6 characters)\"}"
    )]
    [InlineData("\"c\\u0073r\":\"s\\u0065cret\"", "\"csr\":\"(6 characters)\"")]
    [InlineData("\"CSR\":\"secret\"", "\"CSR\":\"(6 characters)\"")]
    [InlineData("\"simPin\":1234", "\"simPin\":\"(4 characters)\"")]
    [InlineData("\"csr\":true", "\"csr\":\"(4 characters)\"")]
    [InlineData("\"csr\":[{\"a\":1},\"secret\",[2.50]]", "\"csr\":[{\"a\":1},\"(6 characters)\",[\"(4 characters)\"]]")]
    [InlineData("\"csr\":\"a\",\"csr\":\"bc\"", "\"csr\":\"(1 characters)\",\"csr\":\"(2 characters)\"")]
    public void The_name_alone_decides_in_whatever_place_and_spelling(string members, string expected) =>
        Assert.Equal($$"""[2,"1","X",{{{expected}}}]""", Redact($$"""[2,"1","X",{{{members}}}]"""));

    [Fact]
    public void What_is_no_secret_is_kept_to_the_digit_and_however_long()
    {
        string frame =
            $$"""[2,"1","X",{"a":[1.500,-0.0,1E+400,true,null,{},[]],"b":"{{new string('+', 100_000)}}é"}]""";
        Assert.Equal(frame, Redact(frame));
    }

    [Fact]
    public void A_frame_is_one_line()
    {
        string line = Redact("[ 2,\r\n\"1\" , \"X\",{\n\t\"a\" : \"\\n\\r\\u0000\\u001b\u0085\u2028\u2029\"}]\n");

        Assert.Equal("""[2,"1","X",{"a":"\n\r\u0000\u001B\u0085\u2028\u2029"}]""", line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("\"secret\"")]
    [InlineData("{\"csr\":\"secret\"}")]
    [InlineData("[2,\"secret\"]")]
    [InlineData("[2,\"1\",\"SignCertificate\",\"secret\"]")]
    [InlineData("[2,\"1\",\"SignCertificate\",[\"secret\"]]")]
    [InlineData("[2,\"1\",\"SignCertificate\",{},\"secret\"]")]
    [InlineData("[3,\"1\",\"secret\"]")]
    [InlineData("[9,\"1\",{\"a\":\"secret\"}]")]
    [InlineData("[2,\"1\",\"X\",{\"csr\":\"secret\"]")]
    [InlineData("[2,\"1\",\"X\",{\"a\":\"secret\\ud800\"}]")]
    [InlineData("[3,\"1\",{}] [\"secret\"]")]
    public void What_is_no_frame_is_told_by_its_size_alone(string message) =>
        Assert.Equal($"({message.Length} bytes that are not a frame)", Redact(message));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_no_frame() =>
        Assert.Equal(
            "(18 bytes that are not a frame)",
            OcppWireLog.Redact([.. "[2,\"1\",\"X\",{\"a\":\""u8, 0xFF], Ocpp201Protocol.Instance)
        );

    [Fact]
    public void A_payload_as_deep_as_it_is_read_is_logged_and_a_deeper_one_is_not()
    {
        string deepest = Nested(64);
        string deeper = Nested(65);

        Assert.Equal(deepest, Redact(deepest));
        Assert.Equal($"({deeper.Length} bytes that are not a frame)", Redact(deeper));

        static string Nested(int depth) =>
            $$"""[3,"1",{"a":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}}}]""";
    }

    private static string Redact(string frame) =>
        OcppWireLog.Redact(Encoding.UTF8.GetBytes(frame), Ocpp201Protocol.Instance);
}
