using System.Text.Json;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Calls to the peer, and their answers.</summary>
public sealed class CallTests
{
    private static readonly TimeSpan s_timeout = OcppSessionOptions.Default.ResponseTimeout;

    [Fact]
    public async Task An_answer_that_is_no_frame_and_that_no_call_waits_for_is_reported_with_what_is_wrong()
    {
        await using var line = Line.Open();

        await line.SendAsync("[3,\"9\"]");

        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.InvalidFrame, "9", null), (report.Kind, report.MessageId, report.Action));
        Assert.StartsWith("FormatViolation: ", report.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_returns_the_typed_response()
    {
        await using var line = Line.Open();
        var request = new SignCertificateRequest { Csr = "c" };
        Task<SignCertificateResponse> call = line.Session.CallAsync(request);
        string sent = await line.ReceiveAsync();
        string id = FrameSnapshot.Read(sent, out _)!.MessageId;
        Assert.Equal(Call(id, "SignCertificate", "{\"csr\":\"c\"}"), sent);
        await line.SendAsync(Result(id, "{\"status\":\"Accepted\"}"));
        Assert.Equal(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }, await call);
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task A_CALLERROR_fails_the_call_with_its_code_description_and_details()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Error(await line.ReceiveIdAsync("Heartbeat"), "SecurityError", "no", "{\"a\":[1]}"));
        OcppCallErrorException error = await Assert.ThrowsAsync<OcppCallErrorException>(() => call);
        Assert.Equal(
            (OcppErrorCode.SecurityError, "SecurityError", "no"),
            (error.ErrorCode, error.ErrorCodeName, error.ErrorDescription)
        );
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("{\"a\":[1]}"), error.ErrorDetails!.Value));
        Assert.False(line.HasReport());
    }

    [Theory]
    [InlineData("OccurenceConstraintViolation", OcppErrorCode.OccurrenceConstraintViolation)]
    [InlineData("FormationViolation", OcppErrorCode.FormatViolation)]
    [InlineData("VendorsOwn", OcppErrorCode.GenericError)]
    public async Task An_error_code_that_is_spelled_otherwise_is_known_or_generic_and_kept(
        string name,
        OcppErrorCode code
    )
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Error(await line.ReceiveIdAsync("Heartbeat"), name));
        OcppCallErrorException error = await Assert.ThrowsAsync<OcppCallErrorException>(() => call);
        Assert.Equal((code, name), (error.ErrorCode, error.ErrorCodeName));
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData(
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"
    )]
    [InlineData("{\"a\":1e999}")]
    public async Task Odd_details_of_a_CALLERROR_end_the_call_and_not_the_connection(string details)
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(Error(await line.ReceiveIdAsync("Heartbeat"), "GenericError", "", details));
        await Assert.ThrowsAsync<OcppCallErrorException>(() => call);
        await line.SendAsync(Call("1"));
        Assert.StartsWith("[4,\"1\",\"NotSupported\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_sent_one_after_the_other_in_the_order_in_which_they_were_made()
    {
        await using var line = Line.Open();
        Task<DataTransferResponse>[] calls =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(number => line.Session.CallAsync(new DataTransferRequest { VendorId = $"v{number}" })),
        ];
        for (int number = 0; number < calls.Length; number++)
        {
            FrameSnapshot frame = FrameSnapshot.Read(await line.ReceiveAsync(), out _)!;
            Assert.Equal($"{{\"vendorId\":\"v{number}\"}}", frame.Payload);
            Assert.All(calls[number..], call => Assert.False(call.IsCompleted));
            await line.SendAsync(Result(frame.MessageId, "{\"status\":\"Accepted\"}"));
            await calls[number];
        }
    }

    [Fact]
    public async Task Message_ids_are_never_the_same()
    {
        await using var line = Line.Open();
        var ids = new HashSet<string>();
        for (int number = 0; number < 50; number++)
        {
            Task call = line.Session.CallAsync(Heartbeat);
            string id = await line.ReceiveIdAsync("Heartbeat");
            Assert.True(ids.Add(id));
            Assert.InRange(id.Length, 1, OcppFrame.MaxMessageIdLength);
            await line.SendAsync(Result(id));
            await call;
        }
    }

    [Fact]
    public async Task One_call_more_than_may_wait_fails_and_leaves_the_others_alone()
    {
        await using var line = Line.Open(configure: options => options with { MaxQueuedCalls = 2 });
        Task[] calls = [.. Enumerable.Range(0, 3).Select(_ => line.Session.CallAsync(Heartbeat))];
        await Assert.ThrowsAsync<OcppQueueFullException>(() => line.Session.CallAsync(Heartbeat));
        foreach (Task call in calls)
        {
            await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
            await call;
        }
    }

    [Fact]
    public async Task Without_a_queue_a_second_call_fails()
    {
        await using var line = Line.Open(configure: options => options with { MaxQueuedCalls = 0 });
        Task call = line.Session.CallAsync(Heartbeat);
        await Assert.ThrowsAsync<OcppQueueFullException>(() => line.Session.CallAsync(Heartbeat));
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        await call;
    }

    [Fact]
    public async Task A_call_without_an_answer_times_out_at_its_time_and_frees_the_line()
    {
        await using var line = Line.Open();
        Task first = line.Session.CallAsync(Heartbeat);
        Task second = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
        line.Clock.Advance(s_timeout - TimeSpan.FromTicks(1));
        Assert.False(first.IsCompleted);
        line.Clock.Advance(TimeSpan.FromTicks(1));
        OcppTimeoutException timeout = await Assert.ThrowsAsync<OcppTimeoutException>(() => first);
        Assert.Equal("Heartbeat: no response within 00:00:30.", timeout.Message);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        await second;
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task The_time_of_a_call_that_waits_begins_when_it_is_sent()
    {
        await using var line = Line.Open();
        Task first = line.Session.CallAsync(Heartbeat);
        Task second = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        line.Clock.Advance(s_timeout - TimeSpan.FromSeconds(1));
        await line.SendAsync(Result(id));
        await first;
        await line.ReceiveIdAsync("Heartbeat");
        line.Clock.Advance(s_timeout - TimeSpan.FromTicks(1));
        Assert.False(second.IsCompleted);
        line.Clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<OcppTimeoutException>(() => second);
    }

    [Theory]
    [InlineData("[3,\"ID\",{\"currentTime\":\"2026-01-31T12:00:00Z\"}]", "a CALLRESULT")]
    [InlineData("[4,\"ID\",\"GenericError\",\"\",{}]", "a CALLERROR, GenericError")]
    public async Task A_late_answer_is_reported_and_goes_to_no_other_call(string answer, string detail)
    {
        await using var line = Line.Open();
        Task first = line.Session.CallAsync(Heartbeat);
        string late = await line.ReceiveIdAsync("Heartbeat");
        line.Clock.Advance(s_timeout);
        await Assert.ThrowsAsync<OcppTimeoutException>(() => first);
        Task second = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(answer.Replace("ID", late, StringComparison.Ordinal));
        Assert.Equal(
            new OcppReport(OcppReportKind.UnexpectedAnswer, late) { Detail = detail },
            await line.ReportAsync()
        );
        Assert.False(second.IsCompleted);
        await line.SendAsync(Result(id));
        await second;
    }

    [Theory]
    [InlineData("[3,\"nobody's\",{}]", "nobody's", "a CALLRESULT")]
    [InlineData("[4,\"nobody's\",\"SecurityError\",\"\",{}]", "nobody's", "a CALLERROR, SecurityError")]
    [InlineData("[4,\"-1\",\"RpcFrameworkError\",\"\",{}]", "-1", "a CALLERROR, RpcFrameworkError")]
    public async Task An_answer_never_asked_for_is_reported_and_not_answered(string answer, string id, string detail)
    {
        await using var line = Line.Open();
        await line.SendAsync(answer);
        Assert.Equal(new OcppReport(OcppReportKind.UnexpectedAnswer, id) { Detail = detail }, await line.ReportAsync());
        Task call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync(answer);
        Assert.Equal(OcppReportKind.UnexpectedAnswer, (await line.ReportAsync()).Kind);
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        await call;
    }

    [Fact]
    public async Task A_second_answer_to_the_same_call_is_reported()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Result(id));
        await line.SendAsync(Result(id));
        await call;
        Assert.Equal(
            new OcppReport(OcppReportKind.UnexpectedAnswer, id) { Detail = "a CALLRESULT" },
            await line.ReportAsync()
        );
    }

    [Theory]
    [InlineData("{}", OcppErrorCode.OccurrenceConstraintViolation, OcppRule.Required, "/currentTime")]
    [InlineData("{\"status\":\"Accepted\"}", OcppErrorCode.ProtocolError, OcppRule.UnknownProperty, "/status")]
    [InlineData("{\"currentTime\":\"soon\"}", OcppErrorCode.TypeConstraintViolation, OcppRule.DateTime, "/currentTime")]
    [InlineData("[]", OcppErrorCode.FormatViolation, OcppRule.PayloadNotObject, "")]
    public async Task A_response_that_breaks_its_rules_fails_the_call_is_reported_and_not_answered(
        string payload,
        OcppErrorCode code,
        OcppRule rule,
        string path
    )
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Result(id, payload));
        OcppInvalidResponseException exception = await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
        OcppViolation violation = Assert.NotNull(exception.Violation);
        Assert.Equal((code, rule, path), (violation.ErrorCode, violation.Rule, violation.Path));
        Assert.Equal(
            new OcppReport(OcppReportKind.InvalidResponse, id, "Heartbeat") { Violation = violation },
            await line.ReportAsync()
        );
        _ = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
    }

    [Theory]
    [InlineData("[3,\"ID\"]", "The payload is missing.")]
    [InlineData("[3,\"ID\",{\"currentTime\":\"2026-01-31T12:00:00Z\"},1]", "The message has 4 elements instead of 3.")]
    [InlineData(
        "[3,\"ID\",{\"currentTime\":\"2026-01-31T12:00:00Z\"},[2,{}],null]",
        "The message has 5 elements instead of 3."
    )]
    [InlineData("[3,\"ID\",{}", "The closing bracket of the message is missing or is followed by more data.")]
    [InlineData("[4,\"ID\",\"NotSupported\",\"", "The error description is missing or is not a string.")]
    [InlineData("[4,\"ID\",\"NotSupported\",\"\",{}]]", "The error details are followed by more data.")]
    public async Task A_malformed_answer_fails_its_call_at_once_and_is_no_error_of_the_peers(
        string answer,
        string problem
    )
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(answer.Replace("ID", id, StringComparison.Ordinal));
        OcppInvalidResponseException error = await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
        Assert.Equal(($"The response is malformed. {problem}", null), (error.Message, error.Violation));
        Assert.Equal(
            new OcppReport(OcppReportKind.InvalidFrame, id, "Heartbeat") { Detail = $"FormatViolation: {problem}" },
            await line.ReportAsync()
        );
        _ = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
    }

    [Theory]
    [InlineData(
        "\"NotSupported\",\"why\"",
        "NotSupported",
        "why",
        "The error details are missing or are not an object."
    )]
    [InlineData("\"NotSupported\"", "NotSupported", "", "The error description is missing or is not a string.")]
    [InlineData(
        "\"NotSupported\",\"why\",null",
        "NotSupported",
        "why",
        "The error details are missing or are not an object."
    )]
    [InlineData(
        "\"NotSupported\",\"why\",\"text\"",
        "NotSupported",
        "why",
        "The error details are missing or are not an object."
    )]
    [InlineData(
        "\"NotSupported\",\"why\",[]",
        "NotSupported",
        "why",
        "The error details are missing or are not an object."
    )]
    [InlineData(
        "\"NotSupported\",\"why\",7",
        "NotSupported",
        "why",
        "The error details are missing or are not an object."
    )]
    [InlineData("\"NotSupported\",null,{}", "NotSupported", "", "The error description is missing or is not a string.")]
    [InlineData(
        "\"NotSupported\",{\"a\":[1]},{}",
        "NotSupported",
        "",
        "The error description is missing or is not a string."
    )]
    [InlineData(
        "\"NotSupported\",\"\\uD800\",{}",
        "NotSupported",
        "",
        "The error description is missing or is not a string."
    )]
    [InlineData("\"NotSupported\",\"why\",{},1", "NotSupported", "why", "The error details are followed by more data.")]
    [InlineData(
        "\"OccurenceConstraintViolation\"",
        "OccurenceConstraintViolation",
        "",
        "The error description is missing or is not a string."
    )]
    [InlineData("\"Vendor\"", "Vendor", "", "The error description is missing or is not a string.")]
    [InlineData("5,\"why\",{}", "GenericError", "why", "The error code is missing or is not a string.")]
    [InlineData("null", "GenericError", "", "The error code is missing or is not a string.")]
    public async Task A_CALLERROR_out_of_form_keeps_its_code_and_is_reported(
        string elements,
        string codeName,
        string description,
        string problem
    )
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync($"[4,\"{id}\",{elements}]");
        OcppCallErrorException error = await Assert.ThrowsAsync<OcppCallErrorException>(() => call);
        OcppErrorCode code = OcppErrorCodeNames.TryParse(codeName, out OcppErrorCode known)
            ? known
            : OcppErrorCode.GenericError;
        Assert.Equal(
            (code, codeName, description, null),
            (error.ErrorCode, error.ErrorCodeName, error.ErrorDescription, error.ErrorDetails)
        );
        Assert.Equal(
            new OcppReport(OcppReportKind.DeviationAccepted, id, "Heartbeat")
            {
                Detail = $"a CALLERROR out of form: {problem}",
            },
            await line.ReportAsync()
        );
    }

    [Fact]
    public async Task A_CALLERROR_without_more_than_an_id_is_an_error_all_the_same()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.SendAsync($"[4,\"{await line.ReceiveIdAsync("Heartbeat")}\"]");
        Assert.Equal(
            OcppErrorCode.GenericError,
            (await Assert.ThrowsAsync<OcppCallErrorException>(() => call)).ErrorCode
        );
        await line.SendAsync("[4,\"nobody's\",\"NotSupported\"]");
        Assert.Equal(OcppReportKind.DeviationAccepted, (await line.ReportAsync()).Kind);
        Assert.Equal(
            (OcppReportKind.InvalidFrame, "nobody's"),
            (await line.ReportAsync()) is var report ? (report.Kind, report.MessageId) : default
        );
    }

    [Fact]
    public async Task A_malformed_SEND_with_the_id_of_a_call_leaves_the_call_alone()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync($"[6,\"{id}\"]");
        Assert.Equal(OcppReportKind.InvalidFrame, (await line.ReportAsync()).Kind);
        await line.SendAsync(Result(id));
        await call;
    }

    [Fact]
    public async Task A_request_that_breaks_its_rules_is_not_sent_and_leaves_the_line_free()
    {
        await using var line = Line.Open();
        var tooLong = new SignCertificateRequest { Csr = new string('c', SignCertificateRequest.CsrMaxLength + 1) };
        OcppValidationException exception = await Assert.ThrowsAsync<OcppValidationException>(() =>
            line.Session.CallAsync(tooLong)
        );
        OcppViolation violation = Assert.Single(exception.Violations);
        Assert.Equal(
            new OcppViolation(OcppErrorCode.PropertyConstraintViolation, OcppRule.MaxLength, "/csr", 5500, 5501),
            violation
        );
        _ = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");
    }

    [Fact]
    public async Task A_request_of_another_protocol_is_refused()
    {
        await using var line = Line.Open(protocol: new NoticeProtocol());
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            line.Session.CallAsync(Heartbeat)
        );
        Assert.Equal(
            "Heartbeat (Ocpp.V201.HeartbeatRequest) is not a message of vendor1.0, which this session speaks.",
            exception.Message
        );
    }

    [Fact]
    public async Task A_call_before_the_session_runs_is_refused()
    {
        using var pair = WebSocketPair.Create();
        await using var session = new OcppSession(pair.Server, new OcppHandlers(Ocpp201Protocol.Instance), "station-1");
        Assert.False(session.IsOpen);
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.CallAsync(Heartbeat));
    }

    [Fact]
    public async Task Calls_of_both_sides_may_cross()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
        );
        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Call(id));
        Assert.Equal(Result(id), await line.ReceiveAsync());
        await line.SendAsync(Result(id));
        await call;
    }
}
