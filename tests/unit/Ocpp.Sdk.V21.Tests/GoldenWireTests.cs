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
    public void TransactionEvent_call_has_the_tariff_and_the_limit_of_the_transaction()
    {
        var request = new TransactionEventRequest
        {
            EventType = TransactionEventEnumType.Started,
            Timestamp = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
            TriggerReason = TriggerReasonEnumType.CablePluggedIn,
            SeqNo = 0,
            TransactionInfo = new TransactionType
            {
                TransactionId = "tx-1",
                TariffId = "night",
                OperationMode = OperationModeEnumType.ChargingOnly,
                TransactionLimit = new TransactionLimitType { MaxCost = 12.5m, MaxSoC = 80 },
            },
            EvseSleep = false,
            IdToken = new IdTokenType { IdToken = "04E2A9B1", Type = "ISO14443" },
        };
        const string Golden = """
            [2,"msg-001","TransactionEvent",{"eventType":"Started","timestamp":"2026-01-31T12:00:00Z","triggerReason":"CablePluggedIn","seqNo":0,"transactionInfo":{"transactionId":"tx-1","operationMode":"ChargingOnly","tariffId":"night","transactionLimit":{"maxCost":12.5,"maxSoC":80}},"evseSleep":false,"idToken":{"idToken":"04E2A9B1","type":"ISO14443"}}]
            """;

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall(output, "msg-001", request);

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal(request, Payload.Valid<TransactionEventRequest>(frame.Payload));
    }

    [Fact]
    public void Response_that_can_not_be_processed_is_answered_with_a_CALLRESULTERROR()
    {
        Assert.False(
            OcppJson.TryParse("""{"status":"Maybe"}"""u8, out SignCertificateResponse? _, out OcppViolation violation)
        );
        const string Golden = """
            [5,"msg-001","TypeConstraintViolation","/status: value is not defined in the enumeration.",{}]
            """;

        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallResultError(
            output,
            "msg-001",
            violation.ErrorCode,
            violation.Message,
            Ocpp21Protocol.Instance.Rules
        );

        Assert.Equal(Golden, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(OcppFrame.TryRead(Encoding.UTF8.GetBytes(Golden), out OcppFrame frame, out _));
        Assert.Equal(
            (OcppMessageType.CallResultError, OcppErrorCode.TypeConstraintViolation, violation.Message),
            (frame.MessageType, frame.ErrorCode, frame.ErrorDescription)
        );
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
