using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;
using static Ocpp.Tests.SignedMessages.SignatureCertificates;

namespace Ocpp.Tests.SignedMessages;

/// <summary>A station and a CSMS that sign: P-256 at the station, RSA at the CSMS.</summary>
public sealed class SignedPairTests
{
    private readonly List<string> _frames = [];
    private readonly List<OcppReport> _reports = [];

    [Theory]
    [InlineData(OcppSignatureAlgorithm.RS256)]
    [InlineData(OcppSignatureAlgorithm.RS384)]
    public async Task Both_sides_call_signed_and_are_answered_signed(OcppSignatureAlgorithm csmsAlgorithm)
    {
        var station = new OcppCertificateSigner(P256);
        var csms = new OcppCertificateSigner(Rsa, csmsAlgorithm);
        OcppMessageSignature? boot = null;
        OcppMessageSignature? reset = null;
        await using OcppPair pair = Create(
            station,
            csms,
            handlers =>
                handlers.On(
                    (ResetRequest _, OcppRequestContext context) =>
                    {
                        reset = context.Signature;
                        return new ResetResponse { Status = ResetStatusEnumType.Accepted };
                    }
                ),
            handlers =>
                handlers.On(
                    (HeartbeatRequest _, OcppRequestContext context) =>
                    {
                        boot = context.Signature;
                        return HeartbeatAnswer;
                    }
                )
        );

        Assert.Equal(
            HeartbeatAnswer,
            await pair.Station.CallAsync(Heartbeat, new OcppCallOptions { Signer = station })
        );
        ResetResponse response = await pair.Csms.CallAsync(
            new ResetRequest { Type = ResetEnumType.Immediate },
            new OcppCallOptions { Signer = csms }
        );

        Assert.Equal(ResetStatusEnumType.Accepted, response.Status);
        Assert.Equal((OcppSignatureAlgorithm.ES256, P256), (boot!.Algorithm, boot.Certificate));
        Assert.Equal((csmsAlgorithm, Rsa), (reset!.Algorithm, reset.Certificate));
        Assert.Equal(4, _frames.Count);
        Assert.All(_frames, frame => Assert.Contains("\"signature\":", frame, StringComparison.Ordinal));
        Assert.Empty(_reports);
    }

    [Fact]
    public async Task Calls_by_name_and_plain_calls_go_on_beside_signed_ones()
    {
        var station = new OcppCertificateSigner(P256);
        var csms = new OcppCertificateSigner(Rsa);
        await using OcppPair pair = Create(
            station,
            csms,
            csmsHandlers: handlers => handlers.OnOther((context, _) => Task.FromResult(Json(context)))
        );

        JsonElement request = JsonElement.Parse("""{"vendorId":"v"}""");
        JsonElement signed = await pair.Station.CallAsync(
            "DataTransfer",
            request,
            new OcppCallOptions { Signer = station }
        );
        JsonElement plain = await pair.Station.CallAsync("DataTransfer", request);

        Assert.Equal("""{"status":"Accepted","data":true}""", signed.GetRawText());
        Assert.Equal("""{"status":"Accepted","data":false}""", plain.GetRawText());
        Assert.Empty(_reports);

        static JsonElement Json(OcppRequestContext context) =>
            JsonElement.Parse($$"""{"status":"Accepted","data":{{(context.Signature is null ? "false" : "true")}}}""");
    }

    [Fact]
    public async Task A_filter_can_demand_that_requests_are_signed()
    {
        var station = new OcppCertificateSigner(P256);
        await using OcppPair pair = Create(
            station,
            new OcppCertificateSigner(Rsa),
            csmsHandlers: handlers =>
                handlers
                    .Use(next =>
                        context =>
                            context.Signature is null
                                ? throw new OcppCallErrorException(OcppErrorCode.SecurityError, "Sign it.")
                                : next(context)
                    )
                    .On((HeartbeatRequest _) => HeartbeatAnswer)
        );

        var refused = await Assert.ThrowsAsync<OcppCallErrorException>(() => pair.Station.CallAsync(Heartbeat));
        Assert.Equal((OcppErrorCode.SecurityError, "Sign it."), (refused.ErrorCode, refused.ErrorDescription));
        Assert.Equal(
            HeartbeatAnswer,
            await pair.Station.CallAsync(Heartbeat, new OcppCallOptions { Signer = station })
        );
    }

    [Fact]
    public async Task A_peer_that_verifies_and_does_not_sign_is_accepted_where_the_caller_chose_so()
    {
        var station = new OcppCertificateSigner(P256);
        await using OcppPair pair = Create(station, csms: null);
        var options = new OcppCallOptions { Signer = station };

        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => pair.Station.CallAsync(Heartbeat, options));
        Assert.Equal(
            HeartbeatAnswer,
            await pair.Station.CallAsync(Heartbeat, options with { AcceptUnsignedResponse = true })
        );
    }

    [Fact]
    public async Task A_wire_log_has_nothing_of_a_signed_payload()
    {
        var station = new OcppCertificateSigner(P256);
        await using OcppPair pair = Create(
            station,
            new OcppCertificateSigner(Rsa),
            csmsHandlers: handlers =>
                handlers.On(
                    (AuthorizeRequest _) =>
                        new AuthorizeResponse
                        {
                            IdTokenInfo = new IdTokenInfoType
                            {
                                Status = AuthorizationStatusEnumType.Accepted,
                                GroupIdToken = new IdTokenType
                                {
                                    IdToken = "SECRETGROUP",
                                    Type = IdTokenEnumType.Central,
                                },
                            },
                        }
                )
        );

        await pair.Station.CallAsync(
            new AuthorizeRequest
            {
                IdToken = new IdTokenType { IdToken = "SECRETTOKEN", Type = IdTokenEnumType.Central },
            },
            new OcppCallOptions { Signer = station }
        );

        Assert.Equal(2, _frames.Count);
        Assert.All(
            _frames,
            frame =>
            {
                string line = OcppWireLog.Redact(Encoding.UTF8.GetBytes(frame), Ocpp201Protocol.Instance);
                Assert.Matches("\"payload\":\"\\([0-9]+ characters\\)\",\"protected\":\"ey", line);
            }
        );
        Assert.StartsWith("[2,", _frames[0], StringComparison.Ordinal);
        Assert.Contains("\"Authorize-Signed\"", _frames[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_handler_response_is_not_signed_and_answered_with_InternalError()
    {
        var station = new OcppCertificateSigner(P256);
        await using OcppPair pair = Create(
            station,
            new OcppCertificateSigner(Rsa),
            csmsHandlers: handlers =>
                handlers.On(
                    (DataTransferRequest _) =>
                        new DataTransferResponse
                        {
                            Status = DataTransferStatusEnumType.Accepted,
                            StatusInfo = new StatusInfoType { ReasonCode = new string('r', 21) },
                        }
                )
        );

        var error = await Assert.ThrowsAsync<OcppCallErrorException>(() =>
            pair.Station.CallAsync(new DataTransferRequest { VendorId = "v" }, new OcppCallOptions { Signer = station })
        );
        Assert.Equal(OcppErrorCode.InternalError, error.ErrorCode);
    }

    private OcppPair Create(
        OcppCertificateSigner station,
        OcppCertificateSigner? csms,
        Action<IOcppHandlers>? stationHandlers = null,
        Action<IOcppHandlers>? csmsHandlers = null
    ) =>
        OcppPair.Create(
            Ocpp201Protocol.Instance,
            stationHandlers,
            csmsHandlers ?? (handlers => handlers.On((HeartbeatRequest _) => HeartbeatAnswer)),
            new OcppPairOptions
            {
                Station = new OcppSessionOptions
                {
                    SignedMessages = Verifying(Rsa) with { Signer = station },
                    Reported = (_, report) => Add(_reports, report),
                    FrameTap = (_, _, frame) => Add(_frames, Encoding.UTF8.GetString(frame)),
                },
                Csms = new OcppSessionOptions
                {
                    SignedMessages = Verifying(P256) with { Signer = csms },
                    Reported = (_, report) => Add(_reports, report),
                },
            }
        );

    private static OcppSignedMessageOptions Verifying(X509Certificate2 peer) =>
        new()
        {
            FindCertificate = (_, signature) =>
                signature.Thumbprint == peer.GetCertHashString(HashAlgorithmName.SHA256) ? peer : null,
        };

    private static void Add<T>(List<T> list, T item)
    {
        lock (list)
        {
            list.Add(item);
        }
    }
}
