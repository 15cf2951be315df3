using System.Globalization;
using System.Threading.Channels;
using Ocpp.Rpc;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What a session does differently from version to version.</summary>
public sealed class VersionRuleTests
{
    private static readonly VersionProtocol s_v16 = new("ocpp1.6");
    private static readonly VersionProtocol s_v201 = new("ocpp2.0.1");
    private static readonly VersionProtocol s_v21 = new("ocpp2.1");

    [Theory]
    [InlineData("[2,\"1\",\"Heartbeat\",{]", "FormationViolation")]
    [InlineData("[2,\"1\"]", "FormationViolation")]
    [InlineData("[9,\"1\",{}]", "GenericError")]
    [InlineData("[5,\"1\",\"GenericError\",\"\",{}]", "GenericError")]
    [InlineData("[6,\"1\",\"Notice\",{\"text\":\"a\"}]", "GenericError")]
    [InlineData("[6,\"1\",\"Notice\"]", "GenericError")]
    [InlineData("[2,\"1\",\"Nonsense\",{}]", "NotImplemented")]
    public async Task A_1_6_session_writes_its_own_spellings_of_error_codes(string message, string code)
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: s_v16);
        await line.SendAsync(message);
        Assert.StartsWith($"[4,\"1\",\"{code}\",", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_1_6_session_writes_Occurence_with_one_r()
    {
        await using var line = Line.Open(
            handlers =>
                handlers.On<HeartbeatRequest, HeartbeatResponse>(
                    (HeartbeatRequest _) =>
                        throw new OcppCallErrorException(OcppErrorCode.OccurrenceConstraintViolation, "why")
                ),
            protocol: s_v16
        );
        await line.SendAsync(Call("1"));
        Assert.Equal(Error("1", "OccurenceConstraintViolation", "why"), await line.ReceiveAsync());
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task Every_session_reads_error_codes_in_both_spellings(string subprotocol)
    {
        await using var line = Line.Open(protocol: new VersionProtocol(subprotocol));
        foreach (string name in (string[])["OccurenceConstraintViolation", "OccurrenceConstraintViolation"])
        {
            Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
            await line.SendAsync(Error(await line.ReceiveIdAsync("Heartbeat"), name));
            var exception = await Assert.ThrowsAsync<OcppCallErrorException>(() => call);
            Assert.Equal(
                (OcppErrorCode.OccurrenceConstraintViolation, name),
                (exception.ErrorCode, exception.ErrorCodeName)
            );
        }
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[2,1,\"Heartbeat\",{}]")]
    [InlineData("[9,1]")]
    public async Task A_1_6_session_answers_nothing_whose_id_it_can_not_read(string message)
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: s_v16);
        await line.SendAsync(message);
        Assert.Equal(OcppReportKind.InvalidFrame, (await line.ReportAsync()).Kind);
        await AssertNothingWasAnsweredAsync(line);
    }

    [Theory]
    [InlineData("ocpp2.0.1", "hello")]
    [InlineData("ocpp2.1", "hello")]
    [InlineData("ocpp2.0.1", "[2,1,\"Heartbeat\",{}]")]
    [InlineData("ocpp2.1", "[2,1,\"Heartbeat\",{}]")]
    [InlineData("ocpp2.0.1", "[6,1,\"Notice\",{}]")]
    public async Task A_2_x_session_answers_what_has_no_readable_id_with_minus_one(string subprotocol, string message)
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: new VersionProtocol(subprotocol));
        await line.SendAsync(message);
        Assert.StartsWith("[4,\"-1\",\"RpcFrameworkError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[9,\"1\",{}]")]
    [InlineData("[0,\"1\"]")]
    [InlineData("[7,\"1\",\"Heartbeat\",{}]")]
    [InlineData("[9,1]")]
    [InlineData("[99]")]
    public async Task A_2_1_session_ignores_messages_of_unknown_types(string message)
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: s_v21);
        await line.SendAsync(message);
        Assert.Equal(OcppReportKind.InvalidFrame, (await line.ReportAsync()).Kind);
        await AssertNothingWasAnsweredAsync(line);
    }

    [Theory]
    [InlineData("[9,\"1\",{}]")]
    [InlineData("[5,\"1\",\"GenericError\",\"\",{}]")]
    [InlineData("[5,\"1\"]")]
    [InlineData("[6,\"1\",\"Notice\",{\"text\":\"a\"}]")]
    [InlineData("[6,\"1\"]")]
    public async Task A_2_0_1_session_answers_unknown_message_types_with_MessageTypeNotSupported(string message)
    {
        await using var line = Line.Open(protocol: s_v201);
        await line.SendAsync(message);
        Assert.StartsWith("[4,\"1\",\"MessageTypeNotSupported\",", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "OccurrenceConstraintViolation")]
    [InlineData("{\"currentTime\":7}", "TypeConstraintViolation")]
    [InlineData("{", "FormatViolation")]
    [InlineData("{\"currentTime\":\"2026-01-31T12:00:00Z\"},{}", "FormatViolation")]
    public async Task A_2_1_session_answers_a_response_that_can_not_be_processed_with_CALLRESULTERROR(
        string payload,
        string code
    )
    {
        await using var line = Line.Open(protocol: s_v21);
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Result(id, payload));

        Assert.StartsWith($"[5,\"{id}\",\"{code}\",\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Fact]
    public async Task A_2_1_session_answers_a_CALLRESULT_that_is_not_a_frame_with_CALLRESULTERROR()
    {
        await using var line = Line.Open(protocol: s_v21);
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync($"[3,\"{id}\"]");

        Assert.Equal($"[5,\"{id}\",\"FormatViolation\",\"The payload is missing.\",{{}}]", await line.ReceiveAsync());
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Theory]
    [InlineData("[3,\"unknown\",{}]", OcppReportKind.UnexpectedAnswer)]
    [InlineData("[3,\"unknown\"]", OcppReportKind.InvalidFrame)]
    [InlineData("[3,1,{}]", OcppReportKind.InvalidFrame)]
    [InlineData("[4,\"unknown\",\"GenericError\",\"\",{}]", OcppReportKind.UnexpectedAnswer)]
    [InlineData("[5,\"unknown\",\"GenericError\",\"\",{}]", OcppReportKind.UnexpectedAnswer)]
    [InlineData("[5,1]", OcppReportKind.InvalidFrame)]
    [InlineData("[6,\"1\",\"Nonsense\",{}]", OcppReportKind.UnsupportedAction)]
    [InlineData("[6,\"1\",\"Notice\",{}]", OcppReportKind.InvalidRequest)]
    [InlineData("[6,1,\"Notice\",{}]", OcppReportKind.InvalidFrame)]
    public async Task Nothing_answers_an_answer_that_no_call_waits_for_or_a_SEND(string message, OcppReportKind kind)
    {
        await using var line = Line.Open(handlers => handlers.On((Notice _) => Task.CompletedTask), protocol: s_v21);
        await line.SendAsync(message);
        Assert.Equal(kind, (await line.ReportAsync()).Kind);
        await AssertNothingWasAnsweredAsync(line);
    }

    [Theory]
    [InlineData("ocpp1.6")]
    [InlineData("ocpp2.0.1")]
    public async Task A_session_before_2_1_sends_no_CALLRESULTERROR(string subprotocol)
    {
        await using var line = Line.Open(protocol: new VersionProtocol(subprotocol));
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat"), "{}"));
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
        await AssertNothingWasAnsweredAsync(line);
    }

    [Fact]
    public async Task A_CALLRESULTERROR_is_reported_and_reaches_the_handler_whose_response_it_is_about()
    {
        var rejected = Channel.CreateUnbounded<OcppResponseError>();
        await using var line = Line.Open(
            handlers =>
                handlers.On(
                    (HeartbeatRequest _, OcppRequestContext context) =>
                    {
                        context.OnResponseRejected(_ => throw new InvalidOperationException("is logged"));
                        context.OnResponseRejected(error => rejected.Writer.TryWrite(error));
                        return HeartbeatAnswer;
                    }
                ),
            protocol: s_v21
        );
        await line.SendAsync(Call("7"));
        Assert.Equal(Result("7", "{\"currentTime\":\"2026-01-31T12:00:00Z\"}"), await line.ReceiveAsync());
        await line.SendAsync("[5,\"7\",\"PropertyConstraintViolation\",\"too early\",{\"by\":1}]");

        OcppResponseError error = await rejected.Reader.ReadAsync();
        Assert.Equal(
            (OcppErrorCode.PropertyConstraintViolation, "PropertyConstraintViolation", "too early", "{\"by\":1}"),
            (error.ErrorCode, error.ErrorCodeName, error.ErrorDescription, error.ErrorDetails?.GetRawText())
        );
        Assert.Equal("PropertyConstraintViolation: too early", error.ToString());
        Assert.Equal(
            new OcppReport(OcppReportKind.ResponseRejected, "7", "Heartbeat")
            {
                Detail = "PropertyConstraintViolation",
            },
            await line.ReportAsync()
        );

        // A response is rejected once.
        await line.SendAsync("[5,\"7\",\"GenericError\",\"\",{}]");
        Assert.Equal(
            new OcppReport(OcppReportKind.UnexpectedAnswer, "7") { Detail = "a CALLRESULTERROR, GenericError" },
            await line.ReportAsync()
        );
        await AssertNothingWasAnsweredAsync(line);
    }

    [Fact]
    public async Task A_CALLRESULTERROR_out_of_form_is_taken_all_the_same()
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: s_v21);
        await line.SendAsync(Call("7"));
        await line.ReceiveAsync();
        await line.SendAsync("[5,\"7\",\"SecurityError\"]");

        OcppReport deviation = await line.ReportAsync();
        Assert.Equal(
            (OcppReportKind.DeviationAccepted, "7", "Heartbeat"),
            (deviation.Kind, deviation.MessageId, deviation.Action)
        );
        Assert.StartsWith("a CALLRESULTERROR out of form: ", deviation.Detail, StringComparison.Ordinal);
        Assert.Equal(
            new OcppReport(OcppReportKind.ResponseRejected, "7", "Heartbeat") { Detail = "SecurityError" },
            await line.ReportAsync()
        );
    }

    [Fact]
    public async Task A_2_1_session_rejects_a_response_over_which_a_callback_of_the_options_fails()
    {
        await using var line = Line.Open(
            protocol: s_v21,
            configure: options =>
                options with
                {
                    ReadOptions = new OcppReadOptions { Accept = _ => throw new InvalidOperationException() },
                }
        );
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Result(id, "{}"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        Assert.Equal($"[5,\"{id}\",\"InternalError\",\"\",{{}}]", await line.ReceiveAsync());
    }

    [Fact]
    public async Task A_CALLRESULTERROR_out_of_form_that_no_response_was_sent_for_is_only_unexpected()
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: s_v21);
        await line.SendAsync("[5,\"7\",\"SecurityError\"]");
        Assert.Equal(
            new OcppReport(OcppReportKind.UnexpectedAnswer, "7") { Detail = "a CALLRESULTERROR, SecurityError" },
            await line.ReportAsync()
        );
        await AssertNothingWasAnsweredAsync(line);
        Assert.Equal(OcppReportKind.UnsupportedAction, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task A_CALLRESULTERROR_is_about_the_newest_response_if_a_repeated_request_kept_its_id()
    {
        var rejected = Channel.CreateUnbounded<int>();
        int count = 0;
        await using var line = Line.Open(
            handlers =>
                handlers.On(
                    (HeartbeatRequest _, OcppRequestContext context) =>
                    {
                        int number = ++count;
                        context.OnResponseRejected(_ => rejected.Writer.TryWrite(number));
                        return HeartbeatAnswer;
                    }
                ),
            protocol: s_v21
        );
        for (int i = 0; i < 2; i++)
        {
            await line.SendAsync(Call("7"));
            await line.ReceiveAsync();
        }

        await line.SendAsync("[5,\"7\",\"GenericError\",\"\",{}]");
        Assert.Equal(2, await rejected.Reader.ReadAsync());
    }

    [Theory]
    [InlineData("[3,\"{0}\"]")]
    [InlineData("[3,\"{0}\",{{\"currentTime\":\"2026-01-31T12:00:00Z\"}},{{}}]")]
    public async Task A_CALLRESULTERROR_about_a_frame_has_the_code_of_the_error_map(string message)
    {
        await using var line = Line.Open(
            configure: options =>
                options with
                {
                    ReadOptionsByAction = OcppActionReadOptions.None.For<HeartbeatRequest>(
                        OcppReadOptions.Strict with
                        {
                            ErrorMap = OcppErrorMap.Default.With(OcppRule.InvalidFrame, OcppErrorCode.ProtocolError),
                        }
                    ),
                },
            protocol: s_v21
        );
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(string.Format(CultureInfo.InvariantCulture, message, id));
        Assert.StartsWith($"[5,\"{id}\",\"ProtocolError\",", await line.ReceiveAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
    }

    [Fact]
    public async Task Only_the_last_responses_are_remembered()
    {
        await using var line = Line.Open(HandleHeartbeat, protocol: s_v21);
        for (int i = 0; i < 9; i++)
        {
            await line.SendAsync(Call($"{i}"));
            await line.ReceiveAsync();
        }

        await line.SendAsync("[5,\"0\",\"GenericError\",\"\",{}]");
        Assert.Equal(OcppReportKind.UnexpectedAnswer, (await line.ReportAsync()).Kind);
        await line.SendAsync("[5,\"1\",\"GenericError\",\"\",{}]");
        Assert.Equal(OcppReportKind.ResponseRejected, (await line.ReportAsync()).Kind);
    }

    [Fact]
    public async Task A_SEND_goes_out_and_comes_in_beside_an_outstanding_CALL()
    {
        var received = Channel.CreateUnbounded<Notice>();
        await using var line = Line.Open(
            handlers => handlers.On((Notice notice) => received.Writer.WriteAsync(notice).AsTask()),
            protocol: s_v21
        );
        Task<HeartbeatResponse> call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");

        await line.Session.SendAsync(new Notice { Text = "out" });
        Assert.EndsWith("\"Notice\",{\"text\":\"out\"}]", await line.ReceiveAsync(), StringComparison.Ordinal);
        await line.SendAsync("[6,\"1\",\"Notice\",{\"text\":\"in\"}]");
        Assert.Equal(new Notice { Text = "in" }, await received.Reader.ReadAsync());
        Assert.False(call.IsCompleted);
        await line.SendAsync(Result(id));
        Assert.Equal(HeartbeatAnswer, await call);
    }

    [Fact]
    public async Task Message_ids_of_2_1_are_unique_over_connections()
    {
        var prefixes = new HashSet<string>();
        for (int i = 0; i < 100; i++)
        {
            await using var line = Line.Open(protocol: s_v21);
            _ = line.Session.CallAsync(Heartbeat);
            string id = await line.ReceiveIdAsync("Heartbeat");
            Assert.Matches("^[0-9a-f]{16}-[0-9a-f]{8}$", id);
            Assert.True(prefixes.Add(id[..16]));
        }
    }

    [Fact]
    public async Task A_request_of_another_version_is_not_sent()
    {
        var other = new NoticeProtocol();
        await using var line = Line.Open(protocol: other);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => line.Session.CallAsync(Heartbeat));
        Assert.Equal(
            "Heartbeat (Ocpp.V201.HeartbeatRequest) is not a message of vendor1.0, which this session speaks.",
            exception.Message
        );
        await line.Session.SendAsync(new Notice { Text = "next" });
        Assert.EndsWith("{\"text\":\"next\"}]", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    private static void HandleHeartbeat(OcppHandlers handlers) => handlers.On((HeartbeatRequest _) => HeartbeatAnswer);

    /// <summary>The next thing that the peer receives is the answer to a CALL.</summary>
    private static async Task AssertNothingWasAnsweredAsync(Line line)
    {
        await line.SendAsync(Call("next", "Nonsense"));
        Assert.StartsWith("[4,\"next\",\"NotImplemented\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }
}
