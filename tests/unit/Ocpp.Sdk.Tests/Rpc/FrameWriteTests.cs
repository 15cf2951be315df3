using System.Text;
using Ocpp.Rpc;
using Ocpp.Tests.Json;
using Ocpp.V201;
using Ocpp.Validation;

namespace Ocpp.Tests.Rpc;

/// <summary>Frames as they go out.</summary>
public sealed class FrameWriteTests
{
    private static readonly SignCertificateRequest s_request = new()
    {
        Csr = "-----BEGIN\n\"+/=\"",
        CertificateType = CertificateSigningUseEnumType.V2GCertificate,
    };

    [Fact]
    public void A_CALL_is_written_without_white_space_and_read_back()
    {
        var output = new ExactBufferWriter();
        OcppFrame.WriteCall(output, "id-7", s_request);
        Assert.Equal(
            "[2,\"id-7\",\"SignCertificate\",{\"csr\":\"-----BEGIN\\n\\\"+/=\\\"\",\"certificateType\":\"V2GCertificate\"}]",
            Encoding.UTF8.GetString(output.Written)
        );
        Assert.Equal(1, output.Advances);

        Assert.True(OcppFrame.TryRead(output.Written, out OcppFrame frame, out _));
        Assert.Equal(
            (OcppMessageType.Call, "id-7", "SignCertificate"),
            (frame.MessageType, frame.MessageId, frame.Action)
        );
        Assert.Equal(s_request, OcppJson.Parse<SignCertificateRequest>(frame.Payload));
    }

    [Fact]
    public void A_SEND_is_written_without_white_space_and_read_back()
    {
        var output = new ExactBufferWriter();
        OcppFrame.WriteSend(output, "id-7", new Notice { Text = "\"é😀" });
        Assert.Equal("[6,\"id-7\",\"Notice\",{\"text\":\"\\\"é😀\"}]", Encoding.UTF8.GetString(output.Written));
        Assert.Equal(1, output.Advances);

        Assert.True(OcppFrame.TryRead(output.Written, out OcppFrame frame, out _));
        Assert.Equal((OcppMessageType.Send, "id-7", "Notice"), (frame.MessageType, frame.MessageId, frame.Action));
        Assert.Equal(new Notice { Text = "\"é😀" }, OcppJson.Parse<Notice>(frame.Payload));
    }

    [Fact]
    public void A_CALLRESULT_is_written_and_read_back()
    {
        var output = new ExactBufferWriter();
        OcppFrame.WriteCallResult(
            output,
            "id-7",
            new SignCertificateResponse { Status = GenericStatusEnumType.Rejected }
        );
        Assert.Equal("[3,\"id-7\",{\"status\":\"Rejected\"}]", Encoding.UTF8.GetString(output.Written));
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.CallResult, "id-7", Payload: "{\"status\":\"Rejected\"}"),
            FrameSnapshot.Read(output.Written, out _)
        );
    }

    [Fact]
    public void A_CALLERROR_of_each_of_the_twelve_codes_is_written_and_read_back()
    {
        foreach (OcppErrorCode code in Enum.GetValues<OcppErrorCode>())
        {
            var output = new ExactBufferWriter();
            OcppFrame.WriteCallError(output, "id-7", code, "What \"it\" is");
            Assert.Equal(
                $"[4,\"id-7\",\"{code}\",\"What \\\"it\\\" is\",{{}}]",
                Encoding.UTF8.GetString(output.Written)
            );
            Assert.Equal(
                new FrameSnapshot(OcppMessageType.CallError, "id-7", "", "", code, $"{code}", "What \"it\" is", "{}"),
                FrameSnapshot.Read(output.Written, out _)
            );
        }
    }

    [Fact]
    public void A_CALLERROR_without_a_description_has_an_empty_one()
    {
        var output = new ExactBufferWriter();
        OcppFrame.WriteCallError(output, OcppFrame.UnreadableMessageId, OcppErrorCode.RpcFrameworkError);
        Assert.Equal("[4,\"-1\",\"RpcFrameworkError\",\"\",{}]", Encoding.UTF8.GetString(output.Written));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_description_is_cut_to_255_code_points(string character)
    {
        foreach (int length in (int[])[0, 254, 255, 256, 1_000])
        {
            var output = new ExactBufferWriter();
            OcppFrame.WriteCallError(output, "1", OcppErrorCode.GenericError, Repeat(character, length));
            Assert.Equal(
                Repeat(character, Math.Min(length, 255)),
                FrameSnapshot.Read(output.Written, out _)!.ErrorDescription
            );
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\n")]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_message_id_of_36_code_points_is_written_and_one_of_37_refused(string character)
    {
        foreach ((string name, Action<ExactBufferWriter, string> write) in Writers())
        {
            var output = new ExactBufferWriter();
            write(output, Repeat(character, 36));
            Assert.Equal(Repeat(character, 36), FrameSnapshot.Read(output.Written, out _)!.MessageId);

            output = new ExactBufferWriter();
            Assert.Equal(
                "messageId",
                Assert.Throws<ArgumentException>(() => write(output, Repeat(character, 37))).ParamName
            );
            Assert.True(output.Advances == 0, name);
        }
    }

    [Fact]
    public void A_message_id_that_is_no_Unicode_is_refused()
    {
        foreach ((string name, Action<ExactBufferWriter, string> write) in Writers())
        {
            var output = new ExactBufferWriter();
            var exception = Assert.Throws<ArgumentException>("messageId", () => write(output, "a\uD83D"));
            Assert.StartsWith(
                "A message id must be well-formed Unicode of at most 36 code points.",
                exception.Message,
                StringComparison.Ordinal
            );
            Assert.True(output.Advances == 0, name);
        }
    }

    [Fact]
    public void A_description_that_is_no_Unicode_is_refused()
    {
        var output = new ExactBufferWriter();
        var exception = Assert.Throws<ArgumentException>(
            "errorDescription",
            () => OcppFrame.WriteCallError(output, "1", OcppErrorCode.GenericError, "\uDE00")
        );
        Assert.StartsWith("The description is not well-formed Unicode.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Advances);
    }

    [Fact]
    public void An_error_code_that_is_none_of_the_twelve_is_refused()
    {
        var output = new ExactBufferWriter();
        Assert.Throws<ArgumentOutOfRangeException>(() => OcppFrame.WriteCallError(output, "1", (OcppErrorCode)12));
        Assert.Equal(0, output.Advances);
    }

    [Fact]
    public void An_invalid_payload_is_not_written_and_all_its_violations_are_told()
    {
        var output = new ExactBufferWriter();
        var request = new SignCertificateRequest
        {
            Csr = new string('c', SignCertificateRequest.CsrMaxLength + 1),
            CertificateType = (CertificateSigningUseEnumType)7,
        };
        OcppViolation[] expected =
        [
            new(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/csr", 5500, 5501),
            new(OcppErrorCode.TypeConstraintViolation, OcppRule.Enum, "/certificateType"),
        ];
        Assert.Equal(
            expected,
            Assert.Throws<OcppValidationException>(() => OcppFrame.WriteCall(output, "1", request)).Violations
        );

        var response = new SignCertificateResponse { Status = (GenericStatusEnumType)(-1) };
        Assert.Equal(
            [new OcppViolation(OcppErrorCode.TypeConstraintViolation, OcppRule.Enum, "/status")],
            Assert.Throws<OcppValidationException>(() => OcppFrame.WriteCallResult(output, "1", response)).Violations
        );

        Assert.Equal(
            [new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/text", 5, 6)],
            Assert
                .Throws<OcppValidationException>(() => OcppFrame.WriteSend(output, "1", new Notice { Text = "abcdef" }))
                .Violations
        );
        Assert.Equal(0, output.Advances);
    }

    [Fact]
    public void A_violation_is_answered_with_its_code_and_message()
    {
        var violation = new OcppViolation(
            OcppErrorCode.PropertyConstraintViolation,
            OcppRule.MaxLength,
            "/csr",
            5500,
            6012
        );
        var output = new ExactBufferWriter();
        OcppFrame.WriteCallError(output, "id-7", violation);
        Assert.Equal(
            "[4,\"id-7\",\"PropertyConstraintViolation\",\"/csr: has 6012 characters; the maximum is 5500.\",{}]",
            Encoding.UTF8.GetString(output.Written)
        );
    }

    [Theory]
    [InlineData("[2,\"id-7\"]", "id-7", OcppErrorCode.FormatViolation)]
    [InlineData("[9,\"id-7\"]", "id-7", OcppErrorCode.MessageTypeNotSupported)]
    [InlineData("nonsense", "-1", OcppErrorCode.RpcFrameworkError)]
    [InlineData("[2,7]", "-1", OcppErrorCode.RpcFrameworkError)]
    public void A_message_that_is_no_frame_is_answered(string message, string id, OcppErrorCode code)
    {
        Assert.Null(FrameSnapshot.Read(message, out OcppFrameError error));
        var output = new ExactBufferWriter();
        OcppFrame.WriteCallError(output, error);
        Assert.Equal(
            new FrameSnapshot(OcppMessageType.CallError, id, "", "", code, $"{code}", error.Description, "{}"),
            FrameSnapshot.Read(output.Written, out _)
        );
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        var output = new ExactBufferWriter();
        Assert.Throws<ArgumentNullException>("output", () => OcppFrame.WriteCall(null!, "1", s_request));
        Assert.Throws<ArgumentNullException>(
            "request",
            () => OcppFrame.WriteCall<SignCertificateRequest, SignCertificateResponse>(output, "1", null!)
        );
        Assert.Throws<ArgumentNullException>(
            "output",
            () => OcppFrame.WriteSend(null!, "1", new Notice { Text = "a" })
        );
        Assert.Throws<ArgumentNullException>("message", () => OcppFrame.WriteSend<Notice>(output, "1", null!));
        Assert.Throws<ArgumentNullException>(
            "output",
            () => OcppFrame.WriteCallError(null!, "1", OcppErrorCode.GenericError)
        );
        Assert.Throws<ArgumentNullException>(
            "output",
            () =>
                OcppFrame.WriteCallResult(
                    null!,
                    "1",
                    new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
                )
        );
        Assert.Throws<ArgumentNullException>(
            "response",
            () => OcppFrame.WriteCallResult<SignCertificateResponse>(output, "1", null!)
        );
        Assert.Throws<ArgumentNullException>(
            "errorDescription",
            () => OcppFrame.WriteCallError(output, "1", OcppErrorCode.GenericError, null!)
        );
        Assert.ThrowsAny<ArgumentException>(() => OcppFrame.WriteCall(output, null!, s_request));
        Assert.Equal(0, output.Advances);
    }

    [Fact]
    public void A_large_frame_is_whole_although_it_outgrows_the_first_span()
    {
        for (int length = 300; length <= SignCertificateRequest.CsrMaxLength; length += 37)
        {
            SignCertificateRequest request = s_request with { Csr = Repeat("MII\n", length / 4) };
            var output = new ExactBufferWriter();
            OcppFrame.WriteCall(output, "id-7", request);
            Assert.True(OcppFrame.TryRead(output.Written, out OcppFrame frame, out _));
            Assert.Equal(request, OcppJson.Parse<SignCertificateRequest>(frame.Payload));
        }
    }

    private static IEnumerable<(string Name, Action<ExactBufferWriter, string> Write)> Writers() =>
        [
            ("CALL", (output, id) => OcppFrame.WriteCall(output, id, s_request)),
            ("SEND", (output, id) => OcppFrame.WriteSend(output, id, new Notice { Text = "a" })),
            (
                "CALLRESULT",
                (output, id) => OcppFrame.WriteCallResult(output, id, new SignCertificateResponse { Status = default })
            ),
            ("CALLERROR", (output, id) => OcppFrame.WriteCallError(output, id, OcppErrorCode.GenericError)),
        ];

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
