using System.Globalization;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Bad messages of the peer: each is answered as specified and reported, and the connection goes on.</summary>
public sealed class RefusalTests
{
    private const string NoArray = "The message must be an array that starts with a message type number.";
    private const string NoId = "The message id is missing, is not a string, or has more than 36 characters.";

    [Theory]
    [InlineData("", NoArray)]
    [InlineData("garbage", NoArray)]
    [InlineData("{}", NoArray)]
    [InlineData("[]", NoArray)]
    [InlineData("[\"2\",\"1\",\"Heartbeat\",{}]", NoArray)]
    [InlineData("[2]", NoId)]
    [InlineData("[2,17,\"Heartbeat\",{}]", NoId)]
    [InlineData("[2,null,\"Heartbeat\",{}]", NoId)]
    [InlineData("[2,\"0123456789012345678901234567890123456\",\"Heartbeat\",{}]", NoId)]
    [InlineData("[2,\"1", NoId)]
    public async Task A_message_whose_id_cannot_be_read_is_answered_with_RpcFrameworkError_and_minus_1(
        string message,
        string problem
    )
    {
        await using var line = Line.Open();
        await line.SendAsync(message);
        Assert.Equal(Error("-1", "RpcFrameworkError", problem), await line.ReceiveAsync());
        Assert.Equal(
            new OcppReport(OcppReportKind.InvalidFrame, "-1") { Detail = $"RpcFrameworkError: {problem}" },
            await line.ReportAsync()
        );
        await AssertGoesOnAsync(line);
    }

    [Theory]
    [InlineData("[2,\"1\"]", "The action is missing or is not a string.")]
    [InlineData("[2,\"1\",5,{}]", "The action is missing or is not a string.")]
    [InlineData("[2,\"1\",\"Heartbeat\"]", "The payload is missing.")]
    [InlineData(
        "[2,\"1\",\"Heartbeat\",{}",
        "The closing bracket of the message is missing or is followed by more data."
    )]
    public async Task A_malformed_frame_behind_a_readable_id_is_answered_with_FormatViolation_and_that_id(
        string message,
        string problem
    )
    {
        await using var line = Line.Open();
        await line.SendAsync(message);
        Assert.Equal(Error("1", "FormatViolation", problem), await line.ReceiveAsync());
        Assert.Equal(
            new OcppReport(OcppReportKind.InvalidFrame, "1") { Detail = $"FormatViolation: {problem}" },
            await line.ReportAsync()
        );
        await AssertGoesOnAsync(line);
    }

    /// <summary>PROTOCOL.md, "Violation to error code", row by row.</summary>
    [Theory]
    [InlineData("SignCertificate", "{\"csr\":\"c\"", OcppRule.MalformedJson, "FormatViolation", "")]
    [InlineData(
        "SignCertificate",
        "{\"csr\":\"c\",\"csr\":\"c\"}",
        OcppRule.DuplicateProperty,
        "FormatViolation",
        "/csr"
    )]
    [InlineData("SignCertificate", "[]", OcppRule.PayloadNotObject, "FormatViolation", "")]
    [InlineData("SignCertificate", "null", OcppRule.PayloadNotObject, "FormatViolation", "")]
    [InlineData("SignCertificate", "{\"csr\":\"\\ud800\"}", OcppRule.InvalidText, "FormatViolation", "/csr")]
    [InlineData("SignCertificate", "{\"csr\":\"c\",\"x\":1}", OcppRule.UnknownProperty, "ProtocolError", "/x")]
    [InlineData("SignCertificate", "{}", OcppRule.Required, "OccurrenceConstraintViolation", "/csr")]
    [InlineData(
        "GetVariables",
        "{\"getVariableData\":[]}",
        OcppRule.MinItems,
        "OccurrenceConstraintViolation",
        "/getVariableData"
    )]
    [InlineData("SignCertificate", "{\"csr\":5}", OcppRule.Type, "TypeConstraintViolation", "/csr")]
    [InlineData("SignCertificate", "{\"csr\":null}", OcppRule.Null, "TypeConstraintViolation", "/csr")]
    [InlineData(
        "SignCertificate",
        "{\"csr\":\"c\",\"certificateType\":\"Own\"}",
        OcppRule.Enum,
        "TypeConstraintViolation",
        "/certificateType"
    )]
    [InlineData(
        "GetLog",
        "{\"logType\":\"SecurityLog\",\"requestId\":2147483648,\"log\":{\"remoteLocation\":\"r\"}}",
        OcppRule.NumberRange,
        "TypeConstraintViolation",
        "/requestId"
    )]
    [InlineData(
        "SecurityEventNotification",
        "{\"type\":\"t\",\"timestamp\":\"today\"}",
        OcppRule.DateTime,
        "TypeConstraintViolation",
        "/timestamp"
    )]
    [InlineData(
        "SecurityEventNotification",
        "{\"type\":\"012345678901234567890123456789012345678901234567890\",\"timestamp\":\"2026-01-31T12:00:00Z\"}",
        OcppRule.MaxLength,
        "PropertyConstraintViolation",
        "/type"
    )]
    [InlineData(
        "NotifyEVChargingNeeds",
        "{\"evseId\":1,\"maxScheduleTuples\":1,\"chargingNeeds\":{\"requestedEnergyTransfer\":\"DC\",\"dcChargingParameters\":{\"evMaxCurrent\":1,\"evMaxVoltage\":1,\"stateOfCharge\":-1}}}",
        OcppRule.Minimum,
        "PropertyConstraintViolation",
        "/chargingNeeds/dcChargingParameters/stateOfCharge"
    )]
    [InlineData(
        "NotifyEVChargingNeeds",
        "{\"evseId\":1,\"maxScheduleTuples\":1,\"chargingNeeds\":{\"requestedEnergyTransfer\":\"DC\",\"dcChargingParameters\":{\"evMaxCurrent\":1,\"evMaxVoltage\":1,\"stateOfCharge\":101}}}",
        OcppRule.Maximum,
        "PropertyConstraintViolation",
        "/chargingNeeds/dcChargingParameters/stateOfCharge"
    )]
    public async Task A_payload_that_breaks_a_rule_is_answered_with_its_error_code_and_reported(
        string action,
        string payload,
        OcppRule rule,
        string code,
        string path
    )
    {
        await using var line = Line.Open(HandleAll);
        await line.SendAsync(Call("1", action, payload));
        FrameSnapshot answer = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.InvalidRequest, "1", action), (report.Kind, report.MessageId, report.Action));
        Assert.Equal(
            (rule, code, path),
            (report.Violation?.Rule, report.Violation?.ErrorCode.ToString(), report.Violation?.Path)
        );
        Assert.Equal(
            (OcppMessageType.CallError, "1", code, report.Violation!.Value.Message, "{}"),
            (answer.MessageType, answer.MessageId, answer.ErrorCodeName, answer.ErrorDescription, answer.ErrorDetails)
        );
        await AssertGoesOnAsync(line);
    }

    [Fact]
    public async Task More_items_than_allowed_are_an_occurrence_constraint_violation()
    {
        await using var line = Line.Open(HandleAll);
        string items = string.Join(
            ',',
            Enumerable.Repeat(
                "{\"hashAlgorithm\":\"SHA256\",\"issuerNameHash\":\"a\",\"issuerKeyHash\":\"b\",\"serialNumber\":\"c\",\"responderURL\":\"d\"}",
                5
            )
        );
        await line.SendAsync(
            Call(
                "1",
                "Authorize",
                $"{{\"idToken\":{{\"idToken\":\"t\",\"type\":\"Central\"}},\"iso15118CertificateHashData\":[{items}]}}"
            )
        );
        Assert.StartsWith(
            "[4,\"1\",\"OccurrenceConstraintViolation\",\"/iso15118CertificateHashData: has 5 items",
            await line.ReceiveAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(OcppRule.MaxItems, (await line.ReportAsync()).Violation?.Rule);
    }

    [Fact]
    public async Task A_csr_longer_than_5500_is_a_property_constraint_violation()
    {
        await using var line = Line.Open(HandleAll);
        await line.SendAsync(Call("1", "SignCertificate", $"{{\"csr\":\"{new string('c', 5501)}\"}}"));
        Assert.Equal(
            Error("1", "PropertyConstraintViolation", "/csr: has 5501 characters; the maximum is 5500."),
            await line.ReceiveAsync()
        );
    }

    [Fact]
    public async Task Nesting_deeper_than_64_is_a_format_violation()
    {
        await using var line = Line.Open(HandleAll);
        string deep = string.Concat(Enumerable.Repeat("[", 100_000)) + string.Concat(Enumerable.Repeat("]", 100_000));
        await line.SendAsync(Call("1", "DataTransfer", $"{{\"vendorId\":\"v\",\"data\":{deep}}}"));
        Assert.StartsWith("[4,\"1\",\"FormatViolation\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(OcppRule.Depth, (await line.ReportAsync()).Violation?.Rule);
        await AssertGoesOnAsync(line);
    }

    [Theory]
    [InlineData("Nonsense", OcppRule.UnknownAction, "NotImplemented", null)]
    [InlineData("heartbeat", OcppRule.UnknownAction, "NotImplemented", null)]
    [InlineData("", OcppRule.UnknownAction, "NotImplemented", null)]
    [InlineData("Reset", OcppRule.UnhandledAction, "NotSupported", "Reset")]
    public async Task An_action_that_is_unknown_or_that_nothing_handles_is_answered_and_reported(
        string action,
        OcppRule rule,
        string code,
        string? known
    )
    {
        await using var line = Line.Open(HandleAll);
        await line.SendAsync(Call("1", action, "{\"x\":"));
        var violation = new OcppViolation(Enum.Parse<OcppErrorCode>(code), rule, "");
        Assert.Equal(Error("1", code, violation.Message), await line.ReceiveAsync());
        Assert.Equal(
            new OcppReport(OcppReportKind.UnsupportedAction, "1", known) { Violation = violation },
            await line.ReportAsync()
        );
        await AssertGoesOnAsync(line);
    }

    [Fact]
    public async Task A_message_that_goes_one_way_is_of_no_type_that_a_protocol_without_such_messages_knows()
    {
        await using var line = Line.Open();
        await line.SendAsync("[6,\"1\",\"Notice\",{\"text\":\"a\"}]");

        Assert.Equal(
            Error("1", "MessageTypeNotSupported", "The protocol does not support this message type."),
            await line.ReceiveAsync()
        );
        Assert.Equal(
            "MessageTypeNotSupported: The protocol does not support this message type.",
            (await line.ReportAsync()).Detail
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(99)]
    public async Task An_unknown_message_type_is_answered_with_MessageTypeNotSupported(int type)
    {
        await using var line = Line.Open();
        await line.SendAsync(string.Create(CultureInfo.InvariantCulture, $"[{type},\"1\",\"Heartbeat\",{{}}]"));
        Assert.StartsWith("[4,\"1\",\"MessageTypeNotSupported\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.InvalidFrame, "1"), (report.Kind, report.MessageId));
        Assert.StartsWith("MessageTypeNotSupported: ", report.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(99)]
    public async Task An_unknown_message_type_is_only_reported_where_the_erratum_is_followed(int type)
    {
        await using var line = Line.Open(configure: options => options with { IgnoreUnknownMessageTypes = true });
        await line.SendAsync(string.Create(CultureInfo.InvariantCulture, $"[{type},\"1\",\"Heartbeat\",{{}}]"));
        Assert.Equal(OcppReportKind.InvalidFrame, (await line.ReportAsync()).Kind);
        await AssertGoesOnAsync(line);
    }

    [Fact]
    public async Task An_error_code_follows_the_error_map_of_the_connection()
    {
        await using var line = Line.Open(
            HandleAll,
            options =>
                options with
                {
                    ReadOptions = new OcppReadOptions
                    {
                        ErrorMap = OcppErrorMap
                            .Default.With(OcppRule.Required, OcppErrorCode.ProtocolError)
                            .With(OcppRule.UnknownAction, OcppErrorCode.NotSupported)
                            .With(OcppRule.HandlerFailed, OcppErrorCode.GenericError)
                            .With(OcppRule.UnhandledAction, OcppErrorCode.SecurityError)
                            .With(OcppRule.InvalidFrame, OcppErrorCode.RpcFrameworkError)
                            .With(OcppRule.UnreadableFrame, OcppErrorCode.ProtocolError)
                            .With(OcppRule.UnknownMessageType, OcppErrorCode.NotImplemented)
                            .With(OcppRule.InvalidHandlerResponse, OcppErrorCode.NotSupported),
                    },
                    ReadOptionsByAction = OcppActionReadOptions
                        .None.For<DataTransferRequest>(
                            new()
                            {
                                ErrorMap = OcppErrorMap.Default.With(
                                    OcppRule.HandlerFailed,
                                    OcppErrorCode.SecurityError
                                ),
                            }
                        )
                        .For(
                            "Reset",
                            new()
                            {
                                ErrorMap = OcppErrorMap.Default.With(
                                    OcppRule.UnhandledAction,
                                    OcppErrorCode.ProtocolError
                                ),
                            }
                        ),
                }
        );
        await line.SendAsync(Call("1", "SignCertificate"));
        Assert.StartsWith("[4,\"1\",\"ProtocolError\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        await line.SendAsync(Call("2", "Nonsense"));
        Assert.StartsWith("[4,\"2\",\"NotSupported\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        await line.SendAsync(Call("3"));
        Assert.StartsWith("[4,\"3\",\"GenericError\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        foreach (
            (string message, string answer) in new[]
            {
                (Call("4", "GetReport"), "[4,\"4\",\"SecurityError\""),
                ("[2,\"5\",\"Heartbeat\"]", "[4,\"5\",\"RpcFrameworkError\""),
                ("[2,\"6\",\"Heartbeat\",{},1]", "[4,\"6\",\"RpcFrameworkError\""),
                ("garbage", "[4,\"-1\",\"ProtocolError\""),
                ("[9,\"7\",{}]", "[4,\"7\",\"NotImplemented\""),
                ("[6,\"8\",\"Heartbeat\",{}]", "[4,\"8\",\"NotImplemented\""),
                (Call("9", "ClearCache"), "[4,\"9\",\"NotSupported\""),
                (Call("10", "DataTransfer", "{\"vendorId\":\"v\"}"), "[4,\"10\",\"SecurityError\""),
                (Call("11", "Reset", "{\"type\":\"Immediate\"}"), "[4,\"11\",\"ProtocolError\""),
            }
        )
        {
            await line.SendAsync(message);
            Assert.StartsWith(answer, await line.ReceiveAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_answer_and_no_report_holds_anything_of_the_payload()
    {
        await using var line = Line.Open(HandleAll);
        foreach (
            string payload in new[]
            {
                "{\"csr\":\"SECRET",
                "{\"csr\":{\"SECRET\":1}}",
                "{\"csr\":\"c\",\"certificateType\":\"SECRET\"}",
                "SECRET",
            }
        )
        {
            await line.SendAsync(Call("1", "SignCertificate", payload));
            Assert.DoesNotContain("SECRET", await line.ReceiveAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", (await line.ReportAsync()).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Random_bytes_are_answered_one_by_one_and_the_connection_goes_on()
    {
        await using var line = Line.Open(configure: options => options with { MaxMessagesPerSecond = 10_000 });
        var random = new Random(20260131);
        for (int message = 0; message < 500; message++)
        {
            // ASCII, as a WebSocket itself refuses what is no UTF-8.
            byte[] bytes = new byte[random.Next(1, 200)];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)random.Next(1, 128);
            }

            await line.SendAsync(bytes);
            Assert.Equal(Error("-1", "RpcFrameworkError", NoArray), await line.ReceiveAsync());
        }

        await AssertGoesOnAsync(line);
    }

    [Fact]
    public async Task The_pieces_of_a_message_may_be_of_any_size()
    {
        string csr = new('c', SignCertificateRequest.CsrMaxLength);
        byte[] message = Encoding.UTF8.GetBytes(Call("1", "SignCertificate", $"{{\"csr\":\"{csr}\"}}"));
        foreach (int size in new[] { 1, 2, 3, 100, 1023, 1024, 1025, 4096, message.Length - 1 })
        {
            await using var line = Line.Open(HandleAll);
            for (int start = 0; start < message.Length; start += size)
            {
                int count = Math.Min(size, message.Length - start);
                await line.SendAsync(message.AsMemory(start, count), isEnd: false);
            }

            await line.SendAsync(ReadOnlyMemory<byte>.Empty);
            Assert.Equal("[3,\"1\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData("[2,\"x\",\"Heartbeat\",{},1]", 5)]
    [InlineData("[2,\"x\",\"SignCertificate\",{\"csr\":\"c\"},{\"a\":[1,{}]},[],null]", 7)]
    [InlineData("[ 2, \"x\", \"Heartbeat\", {} , 1 ]", 5)]
    public async Task A_CALL_with_more_elements_than_four_is_told_as_that(string message, int elements)
    {
        await using var line = Line.Open(HandleAll);
        await line.SendAsync(message);
        string problem = string.Create(
            CultureInfo.InvariantCulture,
            $"The message has {elements} elements instead of 4."
        );
        Assert.Equal(Error("x", "FormatViolation", problem), await line.ReceiveAsync());
        Assert.Equal(
            new OcppReport(OcppReportKind.InvalidFrame, "x") { Detail = $"FormatViolation: {problem}" },
            await line.ReportAsync()
        );
    }

    private static void HandleAll(OcppHandlers handlers) =>
        handlers
            .On<ClearCacheRequest, ClearCacheResponse>(
                (_, _) => new ClearCacheResponse { Status = (ClearCacheStatusEnumType)99 }
            )
            .On<SignCertificateRequest, SignCertificateResponse>(
                (_, _) => new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
            )
            .On<GetVariablesRequest, GetVariablesResponse>((_, _) => throw new InvalidOperationException())
            .On<GetLogRequest, GetLogResponse>((_, _) => throw new InvalidOperationException())
            .On<AuthorizeRequest, AuthorizeResponse>((_, _) => throw new InvalidOperationException())
            .On<DataTransferRequest, DataTransferResponse>((_, _) => throw new InvalidOperationException())
            .On<SecurityEventNotificationRequest, SecurityEventNotificationResponse>(
                (_, _) => throw new InvalidOperationException()
            )
            .On<NotifyEVChargingNeedsRequest, NotifyEVChargingNeedsResponse>(
                (_, _) => throw new InvalidOperationException()
            )
            .On<HeartbeatRequest, HeartbeatResponse>((_, _) => throw new InvalidOperationException());

    /// <summary>The next thing that the peer receives is the answer to its next request.</summary>
    private static async Task AssertGoesOnAsync(Line line)
    {
        await line.SendAsync(Call("next", "Nonsense"));
        Assert.StartsWith("[4,\"next\",\"NotImplemented\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }
}
