using System.Buffers;
using System.Text;
using Ocpp.EveryMessage;
using Ocpp.Rpc;
using Xunit;

namespace Ocpp.V21.Tests;

/// <summary>Whole messages that OCPP 2.0.1 does not have in this form, byte for byte.</summary>
public sealed class GoldenWireTests
{
    [Fact]
    public void SignCertificate_call_names_its_request_and_the_root_of_a_V2G_certificate()
    {
        var request = new SignCertificateRequest
        {
            Csr = "pem",
            CertificateType = CertificateSigningUseEnumType.V2G20Certificate,
            HashRootCertificate = new CertificateHashDataType
            {
                HashAlgorithm = HashAlgorithmEnumType.SHA512,
                IssuerNameHash = "a1",
                IssuerKeyHash = "b2",
                SerialNumber = "c3",
            },
            RequestId = 7,
        };
        const string Golden = """
            [2,"msg-001","SignCertificate",{"csr":"pem","certificateType":"V2G20Certificate","hashRootCertificate":{"hashAlgorithm":"SHA512","issuerNameHash":"a1","issuerKeyHash":"b2","serialNumber":"c3"},"requestId":7}]
            """;

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall(output, "msg-001", request);

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal(request, Payload.Valid<SignCertificateRequest>(frame.Payload));
    }

    [Fact]
    public void CertificateSigned_call_repeats_the_request_id()
    {
        var request = new CertificateSignedRequest
        {
            CertificateChain = "pem",
            CertificateType = CertificateSigningUseEnumType.ChargingStationCertificate,
            RequestId = 7,
        };
        const string Golden = """
            [2,"msg-001","CertificateSigned",{"certificateChain":"pem","certificateType":"ChargingStationCertificate","requestId":7}]
            """;

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall(output, "msg-001", request);

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal(request, Payload.Valid<CertificateSignedRequest>(frame.Payload));
    }

    [Fact]
    public void NotifyPeriodicEventStream_goes_one_way_in_a_SEND()
    {
        var message = new NotifyPeriodicEventStream
        {
            Data =
            [
                new StreamDataElementType { T = 0, V = "230.1" },
                new StreamDataElementType { T = 0.5m, V = "230.4" },
            ],
            Id = 3,
            Pending = 0,
            Basetime = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
        };
        const string Golden = """
            [6,"msg-001","NotifyPeriodicEventStream",{"data":[{"t":0,"v":"230.1"},{"t":0.5,"v":"230.4"}],"id":3,"pending":0,"basetime":"2026-01-31T12:00:00Z"}]
            """;

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteSend(output, "msg-001", message);

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal((OcppMessageType.Send, "NotifyPeriodicEventStream"), (frame.MessageType, frame.Action));
        OcppAction action = Ocpp21Protocol.Instance.FindAction(frame.Utf8Action)!;
        Assert.Equal((true, OcppParty.ChargingStation), (action.IsOneWay, action.Sender));
        Assert.Equal(message, action.ReadRequest(frame.Payload, out OcppViolation violation));
        Assert.Equal(default, violation);
    }

    [Fact]
    public void NotifyPeriodicEventStream_is_the_only_action_that_nothing_answers() =>
        Assert.Equal(
            ["NotifyPeriodicEventStream"],
            Ocpp21Protocol.Instance.Actions.Where(action => action.IsOneWay).Select(action => action.Name)
        );

    [Fact]
    public void Subprotocol_is_that_of_OCPP_2_1() => Assert.Equal("ocpp2.1", Ocpp21Protocol.Instance.Subprotocol);
}
