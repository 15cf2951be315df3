using System.Buffers;
using System.Text;
using System.Text.Json;
using Ocpp.EveryMessage;
using Ocpp.Rpc;
using Ocpp.Validation;
using Xunit;

namespace Ocpp.V201.Tests;

/// <summary>Whole messages, byte for byte.</summary>
public sealed class GoldenWireTests
{
    private const string Csr =
        "-----BEGIN CERTIFICATE REQUEST-----\nMIIBCTCBsAIBADBOMQ4wDAYDVQQKDAVPQ1BQ+/==\n-----END CERTIFICATE REQUEST-----\n";
    private const string EscapedCsr =
        @"-----BEGIN CERTIFICATE REQUEST-----\nMIIBCTCBsAIBADBOMQ4wDAYDVQQKDAVPQ1BQ+/==\n-----END CERTIFICATE REQUEST-----\n";

    [Fact]
    public void SignCertificate_call()
    {
        var request = new SignCertificateRequest
        {
            Csr = Csr,
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
        };
        const string Golden =
            $$"""[2,"msg-001","SignCertificate",{"csr":"{{EscapedCsr}}","certificateType":"ChargingStationCertificate"}]""";

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall(output, "msg-001", request);

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal(
            (OcppMessageType.Call, "msg-001", "SignCertificate"),
            (frame.MessageType, frame.MessageId, frame.Action)
        );
        Assert.Equal(request, Payload.Valid<SignCertificateRequest>(frame.Payload));
        OcppAction action = Ocpp201Protocol.Instance.FindAction(frame.Utf8Action)!;
        Assert.Equal(request, action.ReadRequest(frame.Payload, out OcppViolation violation));
        Assert.Equal(default, violation);
    }

    [Fact]
    public void SignCertificate_call_as_other_stations_write_it()
    {
        const string Spaced = $$"""
            [ 2 , "msg-001" , "SignCertificate" ,
              { "certificateType" : "ChargingStationCertificate" , "csr" : "{{EscapedCsr}}" } ]
            """;
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Spaced), out OcppFrame frame, out _));
        Assert.Equal("SignCertificate", frame.Action);
        Assert.Equal(
            new SignCertificateRequest
            {
                Csr = Csr,
                CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
            },
            Payload.Valid<SignCertificateRequest>(frame.Payload)
        );
    }

    [Fact]
    public void SignCertificate_result()
    {
        var response = new SignCertificateResponse
        {
            Status = GenericStatusEnumType.Rejected,
            StatusInfo = new StatusInfoType { ReasonCode = "InvalidCSR", AdditionalInfo = "The key is too short." },
        };
        const string Golden =
            """[3,"msg-001",{"status":"Rejected","statusInfo":{"reasonCode":"InvalidCSR","additionalInfo":"The key is too short."}}]""";

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallResult(output, "msg-001", response);

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal((OcppMessageType.CallResult, "msg-001"), (frame.MessageType, frame.MessageId));
        Assert.Equal(
            response,
            Ocpp201Protocol
                .Instance.FindAction("SignCertificate")!
                .ReadResponse(frame.Payload, out OcppViolation violation)
        );
        Assert.Equal(default, violation);
    }

    [Fact]
    public void Csr_that_is_too_long_is_answered_with_a_call_error()
    {
        byte[] json = Encoding.UTF8.GetBytes($$"""{"csr":"{{new string('a', 5501)}}"}""");
        Assert.False(OcppJson.TryParse(json, out SignCertificateRequest? _, out OcppViolation violation));

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallError(output, "msg-001", violation);

        Assert.Equal(
            """[4,"msg-001","PropertyConstraintViolation","/csr: has 5501 characters; the maximum is 5500.",{}]""",
            Encoding.UTF8.GetString(output.WrittenSpan)
        );
    }

    [Fact]
    public void Call_that_breaks_a_rule_is_not_written()
    {
        var output = new ArrayBufferWriter<byte>();
        OcppValidationException exception = Assert.Throws<OcppValidationException>(() =>
            OcppFrame.WriteCall(output, "msg-001", new SignCertificateRequest { Csr = new string('a', 5501) })
        );
        Assert.Equal([ErrorCodes.Violation(OcppRule.MaxLength, "/csr", 5500, 5501)], exception.Violations);
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Usage_snippet_of_the_documentation_does_what_it_says()
    {
        var request = new SignCertificateRequest
        {
            Csr = Csr,
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(request, Ocpp201JsonContext.Default.SignCertificateRequest);
        bool isValid = OcppJson.TryParse<SignCertificateRequest>(json, out var back, out var violation);

        Assert.Equal(
            $$"""{"csr":"{{EscapedCsr}}","certificateType":"ChargingStationCertificate"}""",
            Encoding.UTF8.GetString(json)
        );
        Assert.True(isValid, violation.ToString());
        Assert.Equal(request, back);
        Assert.Equal(request, JsonSerializer.Deserialize(json, Ocpp201JsonContext.Default.SignCertificateRequest));
    }

    [Fact]
    public void Limits_are_public_constants()
    {
        Assert.Equal(5500, SignCertificateRequest.CsrMaxLength);
        Assert.Equal(10000, CertificateSignedRequest.CertificateChainMaxLength);
        Assert.Equal("ocpp2.0.1", Ocpp201Protocol.Instance.Subprotocol);
    }
}
