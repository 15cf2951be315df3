using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using Ocpp.Validation;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Requests of the peer: each gets one answer, whatever the handler does.</summary>
public sealed class HandlerTests
{
    private const string InternalError = "[4,\"1\",\"InternalError\",\"The request handler failed.\",{}]";

    private static readonly TimeSpan s_timeout = OcppSessionOptions.Default.HandlerTimeout;

    [Fact]
    public async Task A_handler_gets_the_request_and_its_context_and_its_response_is_the_answer()
    {
        OcppRequestContext? seen = null;
        await using var line = Line.Open(handlers =>
            handlers.On(
                async (SignCertificateRequest request, OcppRequestContext context) =>
                {
                    await Task.Yield();
                    Assert.Same(request, context.Request);
                    seen = context;
                    return new SignCertificateResponse
                    {
                        Status = request.Csr == "c" ? GenericStatusEnumType.Accepted : GenericStatusEnumType.Rejected,
                    };
                }
            )
        );
        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\"}"));
        Assert.Equal("[3,\"1\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
        Assert.NotNull(seen);
        Assert.Same(line.Session, seen.Session);
        Assert.Equal(("1", "SignCertificate", false), (seen.MessageId, seen.Action, seen.IsOneWay));
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task A_handler_may_answer_at_once()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
        );
        await line.SendAsync(Call("1"));
        Assert.Equal("[3,\"1\",{\"currentTime\":\"2026-01-31T12:00:00Z\"}]", await line.ReceiveAsync());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_handler_that_fails_is_answered_with_InternalError_and_reported(string name, Type exception)
    {
        await using var line = OpenWith(s_failures[name]);
        await line.SendAsync(Call("1"));
        Assert.Equal(InternalError, await line.ReceiveAsync());
        OcppReport report = await line.ReportAsync();
        Assert.Equal((OcppReportKind.HandlerFailed, "1", "Heartbeat"), (report.Kind, report.MessageId, report.Action));
        Assert.IsType(exception, report.Exception);
        await AssertServesAsync(line);
    }

    [Theory]
    [InlineData(OcppErrorCode.SecurityError, "no")]
    [InlineData(OcppErrorCode.NotSupported, "")]
    public async Task A_handler_says_by_an_exception_which_CALLERROR_to_answer(OcppErrorCode code, string description)
    {
        await using var line = OpenWith(_ => throw new OcppCallErrorException(code, description));
        await line.SendAsync(Call("1"));
        Assert.Equal(Error("1", code.ToString(), description), await line.ReceiveAsync());
        await AssertServesAsync(line);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_the_description_of_a_CALLERROR_is_replaced()
    {
        await using var line = OpenWith(_ =>
            throw new OcppCallErrorException(OcppErrorCode.GenericError, "half \ud800 a pair")
        );
        await line.SendAsync(Call("1"));
        Assert.Equal(Error("1", "GenericError", "half \ufffd a pair"), await line.ReceiveAsync());
    }

    [Fact]
    public async Task A_long_description_of_a_CALLERROR_is_cut_to_255_characters()
    {
        await using var line = OpenWith(_ =>
            throw new OcppCallErrorException(OcppErrorCode.GenericError, new string('x', 256))
        );
        await line.SendAsync(Call("1"));
        Assert.Equal(Error("1", "GenericError", new string('x', 255)), await line.ReceiveAsync());
    }

    [Fact]
    public async Task A_response_that_breaks_its_rules_is_not_sent_but_answered_with_InternalError_and_reported()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<SignCertificateRequest, SignCertificateResponse>(
                (_, _) =>
                    new SignCertificateResponse
                    {
                        Status = GenericStatusEnumType.Accepted,
                        StatusInfo = new StatusInfoType { ReasonCode = new string('r', 21) },
                    }
            )
        );
        await line.SendAsync(Call("1", "SignCertificate", "{\"csr\":\"c\"}"));
        Assert.Equal(Error("1", "InternalError", "The response is invalid."), await line.ReceiveAsync());
        OcppReport report = await line.ReportAsync();
        Assert.Equal(
            (OcppReportKind.InvalidHandlerResponse, "1", "SignCertificate"),
            (report.Kind, report.MessageId, report.Action)
        );
        var violation = new OcppViolation(
            OcppErrorCode.PropertyConstraintViolation,
            OcppRule.MaxLength,
            "/statusInfo/reasonCode",
            20,
            21
        );
        Assert.Equal([violation], Assert.IsType<OcppValidationException>(report.Exception).Violations);
    }

    [Fact]
    public async Task A_handler_that_does_not_end_is_answered_when_its_time_is_over_and_its_token_cancelled()
    {
        var begun = new TaskCompletionSource<CancellationToken>();
        await using var line = OpenWith(token =>
        {
            begun.TrySetResult(token);
            return new TaskCompletionSource<HeartbeatResponse>().Task;
        });
        await line.SendAsync(Call("1"));
        CancellationToken token = await begun.Task;
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(s_timeout - TimeSpan.FromTicks(1));
        Assert.False(token.IsCancellationRequested);
        Assert.False(line.HasReport());
        var cancelled = new TaskCompletionSource();
        token.Register(cancelled.SetResult);
        line.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(InternalError, await line.ReceiveAsync());
        Assert.Equal(new OcppReport(OcppReportKind.HandlerTimedOut, "1", "Heartbeat"), await line.ReportAsync());
        await cancelled.Task;
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_is_answered_for_all_the_same()
    {
        using var release = new ManualResetEventSlim();
        await using var line = OpenWith(_ =>
        {
            release.Wait(CancellationToken.None);
            return Task.FromResult(HeartbeatAnswer);
        });
        await line.SendAsync(Call("1"));
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(s_timeout);
        Assert.Equal(InternalError, await line.ReceiveAsync());
        Assert.Equal(OcppReportKind.HandlerTimedOut, (await line.ReportAsync()).Kind);
        await AssertServesAsync(line);
        release.Set();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_handler_ends_with_after_its_time_is_not_sent(bool fails)
    {
        var end = new TaskCompletionSource<HeartbeatResponse>();
        await using var line = OpenWith(_ => end.Task);
        await line.SendAsync(Call("1"));
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(s_timeout);
        Assert.Equal(InternalError, await line.ReceiveAsync());
        await line.ReportAsync();
        if (fails)
        {
            end.SetException(new InvalidOperationException());
        }
        else
        {
            end.SetResult(HeartbeatAnswer);
        }

        await AssertServesAsync(line);
        Assert.False(line.HasReport());
    }

    [Fact]
    public async Task A_call_back_on_the_handlers_token_that_throws_does_not_stop_the_requests_after_it()
    {
        await using var line = OpenWith(token =>
        {
            token.Register(() => throw new InvalidOperationException());
            return new TaskCompletionSource<HeartbeatResponse>().Task;
        });
        await line.SendAsync(Call("1"));
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(s_timeout);
        Assert.Equal(InternalError, await line.ReceiveAsync());
        await AssertServesAsync(line);
    }

    [Fact]
    public async Task A_handler_calls_the_peer_back_and_waits_for_its_answer()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                async (_, context) => await context.Session.CallAsync(Heartbeat, context.CancellationToken)
            )
        );
        await line.SendAsync(Call("1"));
        string id = await line.ReceiveIdAsync("Heartbeat");
        await line.SendAsync(Result(id));
        Assert.StartsWith("[3,\"1\",{", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_blocks_on_a_call_back_gets_its_answer_too()
    {
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
#pragma warning disable xUnit1031 // That it blocks is what is tested.
                (_, context) => context.Session.CallAsync(Heartbeat).GetAwaiter().GetResult()
            )
        );
#pragma warning restore xUnit1031
        await line.SendAsync(Call("1"));
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        Assert.StartsWith("[3,\"1\",{", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_peers_whose_handlers_call_each_other_do_not_wait_for_ever()
    {
        OcppHandlers Echo() =>
            new OcppHandlers(
                Ocpp201Protocol.Instance,
                set =>
                    set.On<DataTransferRequest, DataTransferResponse>(
                        async (request, context) =>
                            request.VendorId == "end"
                                ? new DataTransferResponse { Status = DataTransferStatusEnumType.Accepted }
                                : await context.Session.CallAsync(
                                    new DataTransferRequest { VendorId = "end" },
                                    context.CancellationToken
                                )
                    )
            );
        var concurrent = OcppSessionOptions.Default with { MaxConcurrentHandlers = 2 };
        await using var pair = OcppPair.Create(
            Echo(),
            Echo(),
            new OcppPairOptions { Station = concurrent, Csms = concurrent }
        );
        var begin = new DataTransferRequest { VendorId = "begin" };
        // The answer to a call back is awaited while the first call is outstanding in the other direction.
        DataTransferResponse response = await pair.Station.CallAsync(begin);
        Assert.Equal(DataTransferStatusEnumType.Accepted, response.Status);
        response = await pair.Csms.CallAsync(begin);
        Assert.Equal(DataTransferStatusEnumType.Accepted, response.Status);
    }

    [Fact]
    public async Task Handlers_can_be_added_only_before_a_session_uses_them_and_once_for_a_request_of_the_protocol()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer);
        Assert.Equal(
            "Heartbeat already has a handler.",
            Assert
                .Throws<ArgumentException>(() =>
                    handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
                )
                .Message
        );
        Assert.Equal(
            "Ocpp.Tests.Rpc.Notice is not a message of ocpp2.0.1.",
            Assert.Throws<ArgumentException>(() => handlers.On<Notice>((_, _) => Task.CompletedTask)).Message
        );
        using var sockets = WebSocketPair.Create();
        await using var session = new OcppSession(sockets.Server, handlers, "station-1");
        Assert.Throws<InvalidOperationException>(() =>
            handlers.On<SignCertificateRequest, SignCertificateResponse>((_, _) => null!)
        );
    }

    private static readonly Dictionary<string, Func<CancellationToken, Task<HeartbeatResponse>>> s_failures = new()
    {
        ["throws before it awaits"] = _ => throw new InvalidOperationException("secret"),
        ["throws after it awaited"] = async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("secret");
        },
        ["throws a time-out of its own"] = _ => throw new TimeoutException(),
        ["cancels itself"] = _ => throw new OperationCanceledException(),
        ["ends with a cancelled task"] = _ => Task.FromCanceled<HeartbeatResponse>(new CancellationToken(true)),
        ["gives no response"] = _ => Task.FromResult<HeartbeatResponse>(null!),
        ["gives no task"] = _ => null!,
    };

    public static TheoryData<string, Type> Failures() =>
        new()
        {
            { "throws before it awaits", typeof(InvalidOperationException) },
            { "throws after it awaited", typeof(InvalidOperationException) },
            { "throws a time-out of its own", typeof(TimeoutException) },
            { "cancels itself", typeof(OperationCanceledException) },
            { "ends with a cancelled task", typeof(TaskCanceledException) },
            { "gives no response", typeof(InvalidOperationException) },
            { "gives no task", typeof(TaskCanceledException) },
        };

    private static Line OpenWith(Func<CancellationToken, Task<HeartbeatResponse>> handler) =>
        Line.Open(handlers =>
            handlers
                .On<HeartbeatRequest, HeartbeatResponse>((_, context) => handler(context.CancellationToken))
                .On<SignCertificateRequest, SignCertificateResponse>(
                    (_, _) => new SignCertificateResponse { Status = GenericStatusEnumType.Accepted }
                )
        );

    /// <summary>The next thing that the peer receives is the answer to its next request.</summary>
    private static async Task AssertServesAsync(Line line)
    {
        await line.SendAsync(Call("next", "SignCertificate", "{\"csr\":\"c\"}"));
        Assert.Equal("[3,\"next\",{\"status\":\"Accepted\"}]", await line.ReceiveAsync());
    }
}
