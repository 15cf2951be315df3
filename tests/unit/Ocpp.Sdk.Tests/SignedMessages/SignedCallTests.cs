using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.Tests.Rpc;
using Ocpp.Tests.Rpc.Sessions;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;
using static Ocpp.Tests.SignedMessages.SignatureCertificates;

namespace Ocpp.Tests.SignedMessages;

/// <summary>Calls that are sent signed, and their responses (part 4, section 7).</summary>
public sealed class SignedCallTests
{
    private static OcppCallOptions Signed { get; } = new() { Signer = new OcppCertificateSigner(P256) };

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("RS384")]
    public async Task A_signed_call_has_the_plain_payload_in_a_signature_that_others_verify(string algorithm)
    {
        X509Certificate2 own = algorithm == "ES256" ? P256 : Rsa;
        var signer = new OcppCertificateSigner(own, Enum.Parse<OcppSignatureAlgorithm>(algorithm));
        await using Line line = Open();
        var request = new DataTransferRequest { VendorId = "\"é\u0001" };

        Task<DataTransferResponse> call = line.Session.CallAsync(request, new OcppCallOptions { Signer = signer });

        FrameSnapshot frame = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        Assert.Equal((OcppMessageType.Call, "DataTransfer-Signed"), (frame.MessageType, frame.Action));
        (JsonObject header, string payload) = TestJws.Open(frame.Payload, own);
        Assert.Equal("""{"vendorId":"\"é\u0001"}""", payload);
        Assert.Equal(
            (algorithm, "DataTransfer", 2, 2, frame.MessageId),
            (
                header["alg"]!.GetValue<string>(),
                header["OCPPAction"]!.GetValue<string>(),
                header["OCPPMessageTypeId"]!.GetValue<int>(),
                header["OCPPMessageTypedId"]!.GetValue<int>(),
                header["OCPPMessageId"]!.GetValue<string>()
            )
        );

        JsonObject answer = TestJws.Sign(
            OtherP256,
            TestJws.Header(OtherP256, action: "DataTransfer", type: 3),
            """{"status":"Accepted"}"""
        );
        await line.SendAsync(Result(frame.MessageId, answer.ToJsonString()));
        Assert.Equal(new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted }, await call);
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task The_response_to_a_signed_call_shows_its_signature_to_the_application()
    {
        var accepted = new List<OcppMessageSignature>();
        await using Line line = Open(options => options with { Accepted = (_, signature) => accepted.Add(signature) });
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, Signed);
        string id = await line.ReceiveIdAsync("Heartbeat-Signed");

        await line.SendAsync(Result(id, Answer().ToJsonString()));

        Assert.Equal(HeartbeatAnswer, await call);
        OcppMessageSignature signature = Assert.Single(accepted);
        Assert.Equal(
            (OcppMessageType.CallResult, id, "Heartbeat"),
            (signature.MessageType, signature.MessageId, signature.Action)
        );
        Assert.Same(OtherP256, signature.Certificate);
    }

    public static TheoryData<string, OcppRule, string> BadAnswers { get; } =
        new()
        {
            { "of another action", OcppRule.SignatureMismatch, "/protected/OCPPAction" },
            { "of a request", OcppRule.SignatureMismatch, "/protected/OCPPMessageTypeId" },
            { "to another call", OcppRule.SignatureMismatch, "/protected/OCPPMessageId" },
            { "none", OcppRule.InvalidSignedMessage, "/protected/alg" },
            { "by a stranger", OcppRule.UnknownSignatureCertificate, "/protected" },
            { "broken", OcppRule.InvalidSignature, "/signature" },
            { "unsigned", OcppRule.UnsignedResponse, "" },
            { "without signature", OcppRule.UnsignedResponse, "" },
        };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task A_response_that_is_not_signed_as_it_has_to_be_fails_its_call_and_is_reported(
        string answer,
        OcppRule rule,
        string path
    )
    {
        await using Line line = Open();
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, Signed);
        string id = await line.ReceiveIdAsync("Heartbeat-Signed");

        await line.SendAsync(Result(id, BadAnswer(answer)));

        var violation = new OcppViolation(OcppErrorCode.SecurityError, rule, path);
        Assert.Equal(violation, (await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call)).Violation);
        Assert.Equal(
            new OcppReport(OcppReportKind.SignatureRefused, id, "Heartbeat") { Violation = violation },
            await line.ReportAsync()
        );

        // The connection goes on.
        Task<HeartbeatResponse> next = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        Assert.Equal(HeartbeatAnswer, await next);
    }

    [Fact]
    public async Task A_refused_signature_of_a_response_is_answered_where_the_protocol_has_CALLRESULTERROR()
    {
        await using Line line = Open(protocol: new VersionProtocol("ocpp2.1"));
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, Signed);
        string id = await line.ReceiveIdAsync("Heartbeat-Signed");

        await line.SendAsync(Result(id, BadAnswer("broken")));

        Assert.Equal($"[5,\"{id}\",\"SecurityError\",\"The signature is invalid.\",{{}}]", await line.ReceiveAsync());
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Fact]
    public async Task A_signed_response_with_an_invalid_payload_fails_its_call_as_the_plain_one()
    {
        await using Line line = Open();
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, Signed);
        string id = await line.ReceiveIdAsync("Heartbeat-Signed");

        await line.SendAsync(Result(id, Answer(payload: "{}").ToJsonString()));

        OcppViolation? violation = (await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call)).Violation;
        Assert.Equal((OcppRule.Required, "/currentTime"), (violation!.Value.Rule, violation.Value.Path));
        Assert.Equal(OcppReportKind.InvalidResponse, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task An_unsigned_response_is_accepted_where_the_caller_chose_so_and_a_signed_one_is_verified()
    {
        await using Line line = Open();
        OcppCallOptions options = Signed with { AcceptUnsignedResponse = true };
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, options);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat-Signed")));
        Assert.Equal(HeartbeatAnswer, await call);

        call = line.Session.CallAsync(Heartbeat, options);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat-Signed"), BadAnswer("broken")));
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Fact]
    public async Task The_CALLERROR_that_answers_a_signed_call_is_that_of_a_plain_one()
    {
        await using Line line = Open();
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat, Signed);
        await line.SendAsync(Error(await line.ReceiveIdAsync("Heartbeat-Signed"), "NotImplemented"));
        Assert.Equal(
            OcppErrorCode.NotImplemented,
            (await Assert.ThrowsAsync<OcppCallErrorException>(() => call)).ErrorCode
        );
    }

    [Fact]
    public async Task A_signed_answer_to_an_unsigned_call_is_no_response()
    {
        await using Line line = Open();
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat"), Answer().ToJsonString()));
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Fact]
    public async Task A_call_by_name_is_signed_too()
    {
        await using Line line = Open();
        Task<JsonElement> call = line.Session.CallAsync("Heartbeat", JsonElement.Parse("{}"), Signed);
        string id = await line.ReceiveIdAsync("Heartbeat-Signed");
        await line.SendAsync(Result(id, Answer().ToJsonString()));
        Assert.Equal(HeartbeatResult, (await call).GetRawText());
    }

    [Fact]
    public async Task A_message_that_goes_one_way_is_signed_and_needs_no_certificates_of_the_peer()
    {
        await using var line = Line.Open(protocol: new VersionProtocol("ocpp2.1"));
        await line.Session.SendAsync(new Notice { Text = "a" }, Signed.Signer);
        FrameSnapshot frame = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        Assert.Equal((OcppMessageType.Send, "Notice-Signed"), (frame.MessageType, frame.Action));
        (JsonObject header, string payload) = TestJws.Open(frame.Payload, P256);
        Assert.Equal(("{\"text\":\"a\"}", 6), (payload, header["OCPPMessageTypeId"]!.GetValue<int>()));

        await line.Session.SendAsync(new Notice { Text = "b" }, signer: null);
        Assert.Equal("Notice", FrameSnapshot.Read(await line.ReceiveAsync(), out _)!.Action);
    }

    [Fact]
    public async Task A_call_is_not_signed_that_the_protocol_or_the_session_has_no_signed_messages_for()
    {
        await using var none = Line.Open();
        Assert.Equal(
            "A signed call requires OcppSessionOptions.SignedMessages.",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() => none.Session.CallAsync(Heartbeat, Signed))
            ).Message
        );

        await using Line old = Open(protocol: new VersionProtocol("ocpp1.6", new() { HasSignedMessages = false }));
        Assert.Equal(
            "ocpp1.6 has no signed messages.",
            (
                await Assert.ThrowsAsync<InvalidOperationException>(() => old.Session.CallAsync(Heartbeat, Signed))
            ).Message
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            old.Session.SendAsync(new Notice { Text = "a" }, Signed.Signer)
        );
    }

    [Fact]
    public async Task An_invalid_request_and_a_signer_that_fails_leave_the_call_unsent()
    {
        await using Line line = Open();
        await Assert.ThrowsAsync<OcppValidationException>(() =>
            line.Session.CallAsync(new DataTransferRequest { VendorId = new string('v', 256) }, Signed)
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            line.Session.CallAsync(Heartbeat, new OcppCallOptions { Signer = new DerSigner() })
        );

        _ = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
    }

    private static JsonObject Answer(
        string action = "Heartbeat",
        int type = 3,
        string algorithm = "ES256",
        string payload = HeartbeatResult,
        X509Certificate2? named = null
    ) => TestJws.Sign(OtherP256, TestJws.Header(named ?? OtherP256, algorithm, action, type), payload);

    private static string BadAnswer(string kind)
    {
        JsonObject answer = kind switch
        {
            "of another action" => Answer(action: "BootNotification"),
            "of a request" => Answer(type: 2),
            "none" => Answer(algorithm: "none"),
            "by a stranger" => Answer(named: Brainpool),
            _ => Answer(),
        };
        switch (kind)
        {
            case "to another call":
                JsonObject header = TestJws.Header(OtherP256, type: 3);
                header["OCPPMessageId"] = "another";
                answer = TestJws.Sign(OtherP256, header, HeartbeatResult);
                break;

            case "broken":
                answer["payload"] = TestJws.Encode("{}"u8);
                break;

            case "without signature":
                answer.Remove("signature");
                break;

            case "unsigned":
                return HeartbeatResult;
        }

        return answer.ToJsonString();
    }

    private static Line Open(
        Func<OcppSignedMessageOptions, OcppSignedMessageOptions>? configure = null,
        OcppProtocol? protocol = null
    )
    {
        var verifying = new OcppSignedMessageOptions
        {
            FindCertificate = (_, signature) =>
                signature.Thumbprint
                == OtherP256.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)
                    ? OtherP256
                    : null,
        };
        return Line.Open(
            configure: options => options with { SignedMessages = configure?.Invoke(verifying) ?? verifying },
            protocol: protocol
        );
    }
}
