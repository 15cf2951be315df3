using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
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

/// <summary>Requests that come signed: accepted, or refused and reported (part 4, section 7; RFC 7515).</summary>
public sealed class SignedRequestTests
{
    [Theory]
    [InlineData("ES256", OcppSignatureAlgorithm.ES256)]
    [InlineData("RS256", OcppSignatureAlgorithm.RS256)]
    [InlineData("RS384", OcppSignatureAlgorithm.RS384)]
    public async Task A_signed_request_is_handled_as_the_plain_one_and_the_handler_sees_its_signature(
        string algorithm,
        OcppSignatureAlgorithm expected
    )
    {
        X509Certificate2 certificate = algorithm == "ES256" ? P256 : Rsa;
        OcppRequestContext? context = null;
        DataTransferRequest? request = null;
        await using Line line = Open(handlers =>
            handlers.On(
                (DataTransferRequest received, OcppRequestContext receivedContext) =>
                {
                    (request, context) = (received, receivedContext);
                    return new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted };
                }
            )
        );

        JsonObject jws = TestJws.Sign(
            certificate,
            TestJws.Header(certificate, algorithm, "DataTransfer"),
            """{"vendorId":"é"}"""
        );
        await line.SendAsync(Call("1", "DataTransfer-Signed", jws.ToJsonString()));

        Assert.Equal("""[3,"1",{"status":"Accepted"}]""", await line.ReceiveAsync());
        Assert.Equal(new DataTransferRequest { VendorId = "é" }, request);
        Assert.Equal(("DataTransfer", true), (context!.Action, context.IsActionKnown));
        OcppMessageSignature signature = context.Signature!;
        Assert.Equal(
            (OcppMessageType.Call, "1", "DataTransfer", expected),
            (signature.MessageType, signature.MessageId, signature.Action, signature.Algorithm)
        );
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), signature.Thumbprint);
        Assert.Same(certificate, signature.Certificate);
        Assert.Equal(jws.ToJsonString(), Encoding.UTF8.GetString(signature.Utf8Json.Span));
        Assert.Equal($"{algorithm}, certificate {signature.Thumbprint}", signature.ToString());
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task An_unsigned_request_has_no_signature_and_an_unsigned_response()
    {
        bool? isSigned = null;
        await using Line line = Open(
            handlers =>
                handlers.On(
                    (HeartbeatRequest _, OcppRequestContext context) =>
                    {
                        isSigned = context.Signature is not null;
                        return HeartbeatAnswer;
                    }
                ),
            options => options with { Signer = new OcppCertificateSigner(OtherP256) }
        );

        await line.SendAsync(Call("1"));

        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.False(isSigned);
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("RS256")]
    [InlineData("RS384")]
    public async Task A_signed_request_is_answered_signed_by_a_side_that_has_a_key(string algorithm)
    {
        X509Certificate2 own = algorithm == "ES256" ? OtherP256 : Rsa;
        var signer = new OcppCertificateSigner(own, Enum.Parse<OcppSignatureAlgorithm>(algorithm));
        await using Line line = Open(configure: options => options with { Signer = signer });

        await line.SendAsync(TestJws.Heartbeat(P256, "a\\\"b"));

        FrameSnapshot answer = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        Assert.Equal((OcppMessageType.CallResult, "a\"b"), (answer.MessageType, answer.MessageId));
        (JsonObject header, string payload) = TestJws.Open(answer.Payload, own);
        Assert.Equal(HeartbeatResult, payload);
        Assert.Equal(
            new JsonObject
            {
                ["alg"] = algorithm,
                ["x5t#S256"] = TestJws.Encode(own.GetCertHash(HashAlgorithmName.SHA256)),
                ["OCPPAction"] = "Heartbeat",
                ["OCPPMessageTypeId"] = 3,
                ["OCPPMessageTypedId"] = 3,
                ["OCPPMessageId"] = "a\"b",
            }.ToJsonString(),
            header.ToJsonString()
        );
    }

    [Fact]
    public async Task A_signed_request_with_an_invalid_payload_is_answered_as_the_plain_one()
    {
        await using Line line = Open();
        foreach (
            (string payload, OcppRule rule, OcppErrorCode code) in new[]
            {
                ("[]", OcppRule.PayloadNotObject, OcppErrorCode.FormatViolation),
                ("\"{}\"", OcppRule.PayloadNotObject, OcppErrorCode.FormatViolation),
                ("", OcppRule.MalformedJson, OcppErrorCode.FormatViolation),
                ("{}{}", OcppRule.MalformedJson, OcppErrorCode.FormatViolation),
                ("{\"x\":1}", OcppRule.UnknownProperty, OcppErrorCode.ProtocolError),
            }
        )
        {
            JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256), payload);
            await line.SendAsync(Call("1", "Heartbeat-Signed", jws.ToJsonString()));

            Assert.StartsWith($"[4,\"1\",\"{code}\",", await line.ReceiveAsync(), StringComparison.Ordinal);
            OcppReport report = await line.ReportAsync();
            Assert.Equal(
                (OcppReportKind.InvalidRequest, "Heartbeat", rule),
                (report.Kind, report.Action, report.Violation!.Value.Rule)
            );
        }
    }

    [Theory]
    [InlineData("none", OcppRule.InvalidSignedMessage, "/protected/alg")]
    [InlineData("HS256", OcppRule.InvalidSignedMessage, "/protected/alg")]
    [InlineData("PS256", OcppRule.InvalidSignedMessage, "/protected/alg")]
    [InlineData("ES384", OcppRule.InvalidSignedMessage, "/protected/alg")]
    [InlineData("es256", OcppRule.InvalidSignedMessage, "/protected/alg")]
    [InlineData("", OcppRule.InvalidSignedMessage, "/protected/alg")]
    [InlineData("RS256", OcppRule.UnknownSignatureCertificate, "/protected")]
    public Task An_algorithm_that_OCPP_does_not_have_or_that_is_not_the_key_s_is_refused(
        string algorithm,
        OcppRule rule,
        string path
    ) => AssertRefusedAsync(TestJws.Sign(P256, TestJws.Header(P256, algorithm)), rule, path);

    [Fact]
    public Task The_algorithm_none_without_a_signature_is_refused()
    {
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256, "none"));
        jws["signature"] = "";
        return AssertRefusedAsync(jws, OcppRule.InvalidSignedMessage, "/protected/alg");
    }

    [Theory]
    [InlineData("[\"exp\"]")]
    [InlineData("[]")]
    [InlineData("[\"OCPPAction\"]")]
    [InlineData("1")]
    [InlineData("{}")]
    public Task A_critical_header_is_refused_whatever_it_names(string critical)
    {
        JsonObject header = TestJws.Header(P256);
        header["crit"] = JsonNode.Parse(critical);
        return AssertRefusedAsync(TestJws.Sign(P256, header), OcppRule.InvalidSignedMessage, "/protected/crit");
    }

    [Theory]
    [InlineData("OCPPAction", "\"BootNotification\"", "/protected/OCPPAction")]
    [InlineData("OCPPAction", "\"heartbeat\"", "/protected/OCPPAction")]
    [InlineData("OCPPAction", "\"Heartbeat-Signed\"", "/protected/OCPPAction")]
    [InlineData("OCPPAction", "", "/protected/OCPPAction")]
    [InlineData("OCPPMessageTypedId", "3", "/protected/OCPPMessageTypeId")]
    [InlineData("OCPPMessageTypedId", "6", "/protected/OCPPMessageTypeId")]
    [InlineData("OCPPMessageTypedId", "", "/protected/OCPPMessageTypeId")]
    [InlineData("OCPPMessageTypeId", "3", "/protected/OCPPMessageTypeId")]
    [InlineData("OCPPMessageId", "\"2\"", "/protected/OCPPMessageId")]
    [InlineData("OCPPMessageId", "\"\"", "/protected/OCPPMessageId")]
    public Task A_signature_of_another_message_is_refused(string field, string value, string path)
    {
        JsonObject header = TestJws.Header(P256);
        header.Remove(field);
        if (value.Length > 0)
        {
            header[field] = JsonNode.Parse(value);
        }

        return AssertRefusedAsync(TestJws.Sign(P256, header), OcppRule.SignatureMismatch, path);
    }

    [Theory]
    [InlineData("OCPPMessageTypeId", "2")]
    [InlineData("OCPPMessageId", "\"1\"")]
    [InlineData("kid", "\"x\"")]
    [InlineData("x5c", "[\"x\"]")]
    [InlineData("b64", "false")]
    public async Task Other_header_fields_are_ignored_and_those_of_OCPP_may_have_either_spelling(
        string field,
        string value
    )
    {
        await using Line line = Open();
        JsonObject header = TestJws.Header(P256);
        header[field] = JsonNode.Parse(value);
        await line.SendAsync(Call("1", "Heartbeat-Signed", TestJws.Sign(P256, header).ToJsonString()));
        Assert.Equal(Result("1"), await line.ReceiveAsync());

        header.Remove("OCPPMessageTypedId");
        header["OCPPMessageTypeId"] = 2;
        await line.SendAsync(Call("1", "Heartbeat-Signed", TestJws.Sign(P256, header).ToJsonString()));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
    }

    [Fact]
    public async Task A_signed_message_is_not_accepted_a_second_time_under_another_id()
    {
        await using Line line = Open();
        JsonObject header = TestJws.Header(P256);
        header["OCPPMessageId"] = "1";
        string jws = TestJws.Sign(P256, header).ToJsonString();

        await line.SendAsync(Call("1", "Heartbeat-Signed", jws));
        Assert.Equal(Result("1"), await line.ReceiveAsync());

        await line.SendAsync(Call("2", "Heartbeat-Signed", jws));
        Assert.StartsWith("[4,\"2\",\"SecurityError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppRule.SignatureMismatch, (await line.ReportAsync()).Violation?.Rule);
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("protected")]
    [InlineData("signature")]
    public async Task A_part_that_is_not_strictly_base64url_is_refused(string part)
    {
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256));
        string right = jws[part]!.GetValue<string>();
        foreach (
            string wrong in new[]
            {
                right + "=",
                right + "==",
                " " + right,
                right + "\n",
                right + "*",
                "+" + right,
                "/",
                "A",
                "AB",
                "é",
            }
        )
        {
            JsonObject damaged = jws.DeepClone().AsObject();
            damaged[part] = wrong;
            await AssertRefusedAsync(damaged, OcppRule.InvalidSignedMessage, "/" + part);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"alg\":\"ES256\",\"alg\":\"ES256\"}")]
    [InlineData("{\"alg\":1}")]
    [InlineData("{\"alg\":\"ES256\",\"OCPPAction\":1}")]
    [InlineData("{\"alg\":\"ES256\",\"OCPPAction\":\"Heartbeat\",\"OCPPMessageTypeId\":\"2\"}")]
    [InlineData("{\"alg\":\"ES256\",\"OCPPAction\":\"Heartbeat\",\"OCPPMessageTypeId\":2,\"x5t#S256\":null}")]
    [InlineData("{\"alg\":\"ES256\",\"OCPPAction\":\"Heartbeat\",\"OCPPMessageTypeId\":2,\"x\":1,\"x\":1}")]
    public Task A_header_that_is_not_an_object_with_an_algorithm_is_refused(string header) =>
        AssertRefusedAsync(TestJws.Sign(P256, header), OcppRule.InvalidSignedMessage, "/protected");

    [Fact]
    public Task A_hash_of_a_certificate_that_is_not_one_is_refused()
    {
        JsonObject header = TestJws.Header(P256);
        header["x5t#S256"] = P256.GetCertHashString(HashAlgorithmName.SHA256);
        return AssertRefusedAsync(TestJws.Sign(P256, header), OcppRule.InvalidSignedMessage, "/protected/x5t#S256");
    }

    [Theory]
    [InlineData("header", "{}")]
    [InlineData("signatures", "[]")]
    public Task A_header_that_is_not_signed_and_several_signatures_are_refused(string member, string value)
    {
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256));
        jws[member] = JsonNode.Parse(value);
        return AssertRefusedAsync(jws, OcppRule.InvalidSignedMessage, "");
    }

    [Fact]
    public async Task Other_members_of_the_signature_are_ignored_as_RFC_7515_demands()
    {
        await using Line line = Open();
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256));
        jws["more"] = 1;
        await line.SendAsync(Call("1", "Heartbeat-Signed", jws.ToJsonString()));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
    }

    [Theory]
    [InlineData("{}", OcppRule.Required, OcppErrorCode.OccurrenceConstraintViolation)]
    [InlineData("[]", OcppRule.PayloadNotObject, OcppErrorCode.FormatViolation)]
    [InlineData("{", OcppRule.MalformedJson, OcppErrorCode.FormatViolation)]
    [InlineData(
        "{\"payload\":1,\"protected\":\"\",\"signature\":\"\"}",
        OcppRule.Type,
        OcppErrorCode.TypeConstraintViolation
    )]
    [InlineData(
        "{\"payload\":\"\",\"payload\":\"\",\"protected\":\"\",\"signature\":\"\"}",
        OcppRule.DuplicateProperty,
        OcppErrorCode.FormatViolation
    )]
    public async Task What_is_not_a_flattened_JWS_is_refused_as_a_payload_is(
        string payload,
        OcppRule rule,
        OcppErrorCode code
    )
    {
        await using Line line = Open();
        await line.SendAsync(Call("1", "Heartbeat-Signed", payload));
        Assert.StartsWith($"[4,\"1\",\"{code}\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.SignatureRefused, rule), (report.Kind, report.Violation!.Value.Rule));
    }

    [Fact]
    public async Task A_signed_frame_with_an_element_too_many_is_no_frame()
    {
        await using Line line = Open();
        string jws = TestJws.Sign(P256, TestJws.Header(P256)).ToJsonString();
        await line.SendAsync($"[2,\"1\",\"Heartbeat-Signed\",{jws},1]");
        Assert.Equal(
            Error("1", "FormatViolation", "The message has 5 elements instead of 4."),
            await line.ReceiveAsync()
        );
        Assert.Equal(OcppReportKind.InvalidFrame, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task A_broken_signature_is_refused()
    {
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256));
        byte[] signature = TestJws.Decode(jws["signature"]!.GetValue<string>());
        foreach (
            byte[] broken in new byte[][]
            {
                [],
                new byte[64],
                [.. signature[..63], (byte)(signature[63] ^ 1)],
                [.. signature, 0],
            }
        )
        {
            jws["signature"] = TestJws.Encode(broken);
            await AssertRefusedAsync(jws, OcppRule.InvalidSignature, "/signature");
        }
    }

    [Fact]
    public Task A_signature_of_another_payload_is_refused()
    {
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256));
        jws["payload"] = TestJws.Encode("{ }"u8);
        return AssertRefusedAsync(jws, OcppRule.InvalidSignature, "/signature");
    }

    [Fact]
    public Task A_signature_with_the_key_of_another_certificate_is_refused() =>
        AssertRefusedAsync(TestJws.Sign(OtherP256, TestJws.Header(P256)), OcppRule.InvalidSignature, "/signature");

    [Fact]
    public Task A_signature_in_DER_is_refused()
    {
        JsonObject jws = TestJws.Sign(P256, TestJws.Header(P256));
        using ECDsa key = P256.GetECDsaPrivateKey()!;
        byte[] data = Encoding.ASCII.GetBytes($"{jws["protected"]}.{jws["payload"]}");
        jws["signature"] = TestJws.Encode(
            key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        );
        return AssertRefusedAsync(jws, OcppRule.InvalidSignature, "/signature");
    }

    [Fact]
    public async Task A_certificate_that_is_unknown_is_refused()
    {
        X509Certificate2 stranger = Brainpool;
        await using Line line = Open();
        await line.SendAsync(TestJws.Heartbeat(stranger));
        Assert.Equal(
            Error("1", "SecurityError", "The certificate of the signature is unknown."),
            await line.ReceiveAsync()
        );
        Assert.Equal(
            new OcppReport(OcppReportKind.SignatureRefused, "1", "Heartbeat")
            {
                Violation = new OcppViolation(
                    OcppErrorCode.SecurityError,
                    OcppRule.UnknownSignatureCertificate,
                    "/protected"
                ),
            },
            await line.ReportAsync()
        );
    }

    [Fact]
    public async Task A_certificate_is_refused_that_is_not_the_one_that_the_message_names()
    {
        await using Line line = Open(configure: options => options with { FindCertificate = (_, _) => P256 });
        await line.SendAsync(
            Call("1", "Heartbeat-Signed", TestJws.Sign(P256, TestJws.Header(OtherP256)).ToJsonString())
        );
        Assert.StartsWith("[4,\"1\",\"SecurityError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppRule.UnknownSignatureCertificate, (await line.ReportAsync()).Violation?.Rule);
    }

    [Fact]
    public async Task A_message_that_names_no_certificate_is_verified_by_the_one_that_the_application_has()
    {
        await using Line line = Open(configure: options =>
            options with
            {
                FindCertificate = (session, signature) =>
                    signature.Thumbprint is null && session.Identity == "station-1" ? P256 : null,
            }
        );
        JsonObject header = TestJws.Header(P256);
        header.Remove("x5t#S256");
        await line.SendAsync(Call("1", "Heartbeat-Signed", TestJws.Sign(P256, header).ToJsonString()));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
    }

    [Fact]
    public async Task A_key_that_is_too_short_or_on_another_curve_is_refused()
    {
        foreach (
            (X509Certificate2 certificate, string algorithm) in new[]
            {
                (ShortRsa, "RS256"),
                (Brainpool, "ES256"),
                (P384, "ES256"),
            }
        )
        {
            await using Line line = Open(configure: options =>
                options with
                {
                    FindCertificate = (_, _) => certificate,
                }
            );
            JsonObject jws = TestJws.Sign(certificate, TestJws.Header(certificate, algorithm));
            await line.SendAsync(Call("1", "Heartbeat-Signed", jws.ToJsonString()));
            Assert.StartsWith("[4,\"1\",\"SecurityError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
            Assert.Equal(OcppRule.UnknownSignatureCertificate, (await line.ReportAsync()).Violation?.Rule);
        }
    }

    [Fact]
    public async Task An_unknown_certificate_is_accepted_where_the_application_chose_so_and_a_known_one_verifies()
    {
        OcppMessageSignature? accepted = null;
        await using Line line = Open(configure: options =>
            options with
            {
                AcceptUnknownCertificates = true,
                Accepted = (_, signature) => accepted = signature,
            }
        );
        await line.SendAsync(TestJws.Heartbeat(Brainpool));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
        Assert.Null(accepted!.Certificate);
        Assert.Equal(Brainpool.GetCertHashString(HashAlgorithmName.SHA256), accepted.Thumbprint);

        accepted = null;
        await line.SendAsync(
            Call("2", "Heartbeat-Signed", TestJws.Sign(OtherP256, TestJws.Header(P256)).ToJsonString())
        );
        Assert.StartsWith("[4,\"2\",\"SecurityError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppRule.InvalidSignature, (await line.ReportAsync()).Violation?.Rule);
        Assert.Null(accepted);
    }

    [Fact]
    public async Task A_search_for_a_certificate_that_throws_is_answered_with_InternalError()
    {
        await using Line line = Open(configure: options =>
            options with
            {
                FindCertificate = (_, _) => throw new InvalidOperationException("secret"),
            }
        );
        await line.SendAsync(TestJws.Heartbeat(P256));
        Assert.Equal(Error("1", "InternalError", "The request handler failed."), await line.ReceiveAsync());
        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.HandlerFailed, "Heartbeat"), (report.Kind, report.Action));
        Assert.IsType<InvalidOperationException>(report.Exception);
    }

    [Fact]
    public async Task A_response_that_can_not_be_signed_is_answered_with_InternalError()
    {
        await using Line line = Open(configure: options => options with { Signer = new DerSigner() });
        await line.SendAsync(TestJws.Heartbeat(P256));
        Assert.Equal(Error("1", "InternalError", "The request handler failed."), await line.ReceiveAsync());
        Assert.Equal(OcppReportKind.HandlerFailed, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task Without_signed_messages_a_signed_action_is_unknown()
    {
        await using var line = Line.Open(handlers => handlers.On((HeartbeatRequest _) => HeartbeatAnswer));
        await line.SendAsync(TestJws.Heartbeat(P256));
        Assert.Equal(Error("1", "NotImplemented", "Unknown action."), await line.ReceiveAsync());
        Assert.Equal(OcppReportKind.UnsupportedAction, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task A_protocol_without_signed_messages_has_no_signed_action()
    {
        await using var line = Line.Open(
            handlers => handlers.On((HeartbeatRequest _) => HeartbeatAnswer),
            options => options with { SignedMessages = Verifying },
            new VersionProtocol("ocpp1.6")
        );
        await line.SendAsync(TestJws.Heartbeat(P256));
        Assert.Equal(Error("1", "NotImplemented", "Unknown action."), await line.ReceiveAsync());
    }

    [Theory]
    [InlineData("Nonsense-Signed", "NotImplemented", "Unknown action.")]
    [InlineData("-Signed", "NotImplemented", "Unknown action.")]
    [InlineData("Heartbeat-Signed-Signed", "NotImplemented", "Unknown action.")]
    [InlineData("Heartbeat-signed", "NotImplemented", "Unknown action.")]
    [InlineData("Reset-Signed", "NotSupported", "The action is not supported.")]
    public async Task A_signed_action_is_unknown_or_unsupported_as_the_plain_one(
        string action,
        string code,
        string description
    )
    {
        await using Line line = Open();
        await line.SendAsync(Call("1", action, "{}"));
        Assert.Equal(Error("1", code, description), await line.ReceiveAsync());
        Assert.Equal(OcppReportKind.UnsupportedAction, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task A_signed_message_that_goes_one_way_is_handled_or_reported_and_never_answered()
    {
        var received = System.Threading.Channels.Channel.CreateUnbounded<(Notice, OcppSignatureAlgorithm?)>();
        await using var line = Line.Open(
            handlers =>
                handlers.On<Notice>(
                    (notice, context) => received.Writer.WriteAsync((notice, context.Signature?.Algorithm)).AsTask()
                ),
            options => options with { SignedMessages = Verifying with { Signer = new OcppCertificateSigner(P256) } },
            new VersionProtocol("ocpp2.1")
        );
        JsonObject header = TestJws.Header(P256, action: "Notice", type: 6);
        JsonObject jws = TestJws.Sign(P256, header, """{"text":"a"}""");
        await line.SendAsync($"[6,\"1\",\"Notice-Signed\",{jws.ToJsonString()}]");
        Assert.Equal((new Notice { Text = "a" }, OcppSignatureAlgorithm.ES256), await received.Reader.ReadAsync());

        header["OCPPMessageTypedId"] = 2;
        jws = TestJws.Sign(P256, header, """{"text":"b"}""");
        await line.SendAsync($"[6,\"2\",\"Notice-Signed\",{jws.ToJsonString()}]");
        OcppReport report = await line.ReportAsync();
        Assert.Equal(
            (OcppReportKind.SignatureRefused, "2", OcppRule.SignatureMismatch),
            (report.Kind, report.MessageId, report.Violation!.Value.Rule)
        );

        await line.SendAsync(Call("3", "Nonsense"));
        Assert.StartsWith("[4,\"3\",", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_message_is_as_large_as_any_may_be()
    {
        await using var line = Line.Open(
            handlers => handlers.On((HeartbeatRequest _) => HeartbeatAnswer),
            options => options with { SignedMessages = Verifying, MaxMessageSize = 2000 }
        );
        await line.SendAsync(TestJws.Heartbeat(P256));
        Assert.Equal(Result("1"), await line.ReceiveAsync());
        string large = TestJws.Sign(P256, TestJws.Header(P256), new string(' ', 1500)).ToJsonString();
        await line.SendAsync(Call("1", "Heartbeat-Signed", large));
        Assert.StartsWith("close 1009", await line.ReceiveCloseAsync(), StringComparison.Ordinal);
    }

    private static OcppSignedMessageOptions Verifying { get; } =
        new()
        {
            FindCertificate = (session, signature) =>
                session.Identity == "station-1"
                    ? new[] { P256, Rsa }.FirstOrDefault(certificate =>
                        certificate.GetCertHashString(HashAlgorithmName.SHA256) == signature.Thumbprint
                    )
                    : null,
        };

    private static Line Open(
        Action<OcppHandlers>? handle = null,
        Func<OcppSignedMessageOptions, OcppSignedMessageOptions>? configure = null
    ) =>
        Line.Open(
            handle ?? (handlers => handlers.On((HeartbeatRequest _) => HeartbeatAnswer)),
            options => options with { SignedMessages = configure?.Invoke(Verifying) ?? Verifying }
        );

    private static async Task AssertRefusedAsync(JsonObject jws, OcppRule rule, string path)
    {
        await using Line line = Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(_ => throw new InvalidOperationException("handled"))
        );
        await line.SendAsync(Call("1", "Heartbeat-Signed", jws.ToJsonString()));

        var violation = new OcppViolation(OcppErrorCode.SecurityError, rule, path);
        Assert.Equal(Error("1", "SecurityError", violation.Message), await line.ReceiveAsync());
        Assert.Equal(
            new OcppReport(OcppReportKind.SignatureRefused, "1", "Heartbeat") { Violation = violation },
            await line.ReportAsync()
        );
        Assert.False(line.HasReport());
    }
}
