using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using Ocpp.Rpc;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>
/// What sessions tell: spans, measurements, log and wire taps. No test of another class runs beside these, because a
/// listener hears all sessions of the process.
/// </summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_call_and_a_request_are_spans_and_a_call_back_is_the_requests_child()
    {
        using var spans = new Spans();
        await using var line = Line.Open(handlers =>
            handlers.On<SignCertificateRequest, SignCertificateResponse>(
                async (_, context) =>
                {
                    await context.Session.CallAsync(
                        new DataTransferRequest { VendorId = "v" },
                        context.CancellationToken
                    );
                    return new SignCertificateResponse { Status = GenericStatusEnumType.Accepted };
                }
            )
        );
        using Activity root = new Activity("root").Start();
        Task call = line.Session.CallAsync(new ResetRequest { Type = ResetEnumType.Immediate });
        string resetId = await line.ReceiveIdAsync("Reset");
        await line.SendAsync(Error(resetId, "SecurityError"));
        await Assert.ThrowsAsync<OcppCallErrorException>(() => call);
        Assert.Same(root, Activity.Current);
        await line.SendAsync(Call("spanned", "SignCertificate", "{\"csr\":\"c\"}"));
        string id = await line.ReceiveIdAsync("DataTransfer");
        await line.SendAsync(Result(id, "{\"status\":\"Accepted\"}"));
        await line.ReceiveAsync();
        Task closing = line.Session.CloseAsync();
        await line.ReceiveCloseAsync();
        await closing;

        Activity reset = spans.Single("ocpp Reset", resetId);
        Assert.Equal(
            (ActivityKind.Client, ActivityStatusCode.Error, "SecurityError", root.SpanId),
            (reset.Kind, reset.Status, reset.StatusDescription, reset.ParentSpanId)
        );
        Assert.Equal(
            [
                new("rpc.system", "ocpp"),
                new("rpc.method", "Reset"),
                new("ocpp.message_id", resetId),
                new("ocpp.identity", "station-1"),
            ],
            reset.Tags
        );
        Activity request = spans.Single("ocpp SignCertificate", "spanned");
        Assert.Equal(
            (ActivityKind.Server, ActivityStatusCode.Unset, null),
            (request.Kind, request.Status, request.Parent)
        );
        Activity back = spans.Single("ocpp DataTransfer", id);
        Assert.Equal(
            (ActivityKind.Client, ActivityStatusCode.Unset, request.SpanId),
            (back.Kind, back.Status, back.ParentSpanId)
        );
    }

    [Fact]
    public async Task Calls_and_handlers_are_measured_by_action_and_outcome_on_the_sessions_clock()
    {
        using var meter = new Measurements();
        await using var line = Line.Open(handlers =>
            handlers.On<NotifyReportRequest, NotifyReportResponse>((_, _) => new NotifyReportResponse())
        );
        Task first = line.Session.CallAsync(new ClearCacheRequest());
        Task second = line.Session.CallAsync(new ClearCacheRequest());
        string id = await line.ReceiveIdAsync("ClearCache");
        line.Clock.Advance(TimeSpan.FromSeconds(3));
        await line.SendAsync(Result(id, "{\"status\":\"Accepted\"}"));
        await first;
        await line.ReceiveIdAsync("ClearCache");
        line.Clock.Advance(OcppSessionOptions.Default.ResponseTimeout);
        await Assert.ThrowsAsync<OcppTimeoutException>(() => second);
        await line.SendAsync(
            Call("1", "NotifyReport", "{\"requestId\":1,\"generatedAt\":\"2026-01-31T12:00:00Z\",\"seqNo\":0}")
        );
        await line.ReceiveAsync();
        Task closing = line.Session.CloseAsync();
        await line.ReceiveCloseAsync();
        await closing;

        Assert.Equal(
            [("ocpp.call.duration", 3.0, "ok"), ("ocpp.call.duration", 30.0, "time-out")],
            meter.Of("ClearCache")
        );
        Assert.Equal([("ocpp.handler.duration", 0.0, "ok")], meter.Of("NotifyReport"));
        Assert.Contains("ocpp.sessions", meter.Names);
        Assert.Contains("ocpp.calls.waiting", meter.Names);
    }

    [Fact]
    public async Task What_is_open_waits_and_is_reported_is_counted()
    {
        using var meter = Measurements.OfThisTest();
        using var cancellation = new CancellationTokenSource();
        await using var line = Line.Open();
        Assert.Equal((1, 0), (meter.Sum("ocpp.sessions"), meter.Sum("ocpp.calls.waiting")));

        Task first = line.Session.CallAsync(Heartbeat);
        Task second = line.Session.CallAsync(Heartbeat);
        Task cancelled = line.Session.CallAsync(Heartbeat, cancellation.Token);
        Task last = line.Session.CallAsync(Heartbeat);
        Assert.Equal(3, meter.Sum("ocpp.calls.waiting"));
        await line.SendAsync(Result(await line.ReceiveIdAsync("Heartbeat")));
        await first;
        await line.ReceiveIdAsync("Heartbeat");
        Assert.Equal(2, meter.Sum("ocpp.calls.waiting"));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(1, meter.Sum("ocpp.calls.waiting"));

        await line.SendAsync("garbage");
        await line.ReceiveAsync();
        Assert.Equal(1, meter.Sum("ocpp.reports"));
        line.Cut();
        await line.CompletionAsync();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => second);
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => last);
        Assert.Equal((0, 0), (meter.Sum("ocpp.sessions"), meter.Sum("ocpp.calls.waiting")));
    }

    [Fact]
    public async Task Each_way_in_which_a_call_ends_is_an_outcome()
    {
        using var meter = new Measurements();
        using var cancellation = new CancellationTokenSource();
        await using var line = Line.Open(configure: options =>
            options with
            {
                ReadOptions = new OcppReadOptions { Accept = _ => throw new InvalidOperationException() },
            }
        );
        var request = new GetTransactionStatusRequest();
        Task sent = line.Session.CallAsync(request, cancellation.Token);
        Task waits = line.Session.CallAsync(request, cancellation.Token);
        await line.ReceiveIdAsync("GetTransactionStatus");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);

        Task callBackThrows = line.Session.CallAsync(request);
        await line.SendAsync(Result(await line.ReceiveIdAsync("GetTransactionStatus"), "{\"messagesInQueue\":7}"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => callBackThrows);
        line.Session.ReadOptions = OcppReadOptions.Strict;
        Task isInvalid = line.Session.CallAsync(request);
        await line.SendAsync(Result(await line.ReceiveIdAsync("GetTransactionStatus"), "{\"messagesInQueue\":7}"));
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => isInvalid);
        Task isNoFrame = line.Session.CallAsync(request);
        await line.SendAsync($"[3,\"{await line.ReceiveIdAsync("GetTransactionStatus")}\",7");
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => isNoFrame);
        Task outstanding = line.Session.CallAsync(request);
        Task waiting = line.Session.CallAsync(request);
        await line.ReceiveIdAsync("GetTransactionStatus");
        line.Cut();
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => outstanding);
        await Assert.ThrowsAsync<OcppConnectionClosedException>(() => waiting);

        Assert.Equal(
            [
                "cancelled",
                "cancelled",
                "closed",
                "closed",
                "InternalError",
                "malformed-answer",
                "TypeConstraintViolation",
            ],
            meter.Of("GetTransactionStatus").Select(one => one.Item3).Order(StringComparer.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task The_log_has_fixed_event_ids_and_nothing_of_a_payload()
    {
        var log = new TestLog();
        await using var line = Line.Open(
            handlers =>
                handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => throw new InvalidOperationException("boom")),
            options => options with { Logger = log, Reported = (_, _) => throw new InvalidOperationException("owner") }
        );
        Task call = line.Session.CallAsync(new SignCertificateRequest { Csr = "SECRET" });
        await line.SendAsync(Result(await line.ReceiveIdAsync("SignCertificate"), "{\"status\":\"SECRET\"}"));
        await Assert.ThrowsAsync<OcppInvalidResponseException>(() => call);
        await line.SendAsync(Call("1"));
        await line.ReceiveAsync();
        await line.SendAsync("SECRET");
        await line.ReceiveAsync();
        Task closing = line.Session.CloseAsync();
        await line.ReceiveCloseAsync();
        await closing;

        (int Id, LogLevel Level, string Text)[] lines = EntriesOf(log);
        Assert.DoesNotContain(lines, entry => entry.Text.Contains("SECRET", StringComparison.Ordinal));
        Assert.Equal((1, LogLevel.Information, "station-1: connected, ocpp2.0.1, no security profile"), lines[0]);
        Assert.Equal((2, LogLevel.Information, "station-1: disconnected: ClosedByUs (1000)."), lines[^1]);
        Assert.Contains(
            (3, LogLevel.Error, "station-1: HandlerFailed: Heartbeat, message id 1: InvalidOperationException"),
            lines
        );
        Assert.Contains((4, LogLevel.Debug, "station-1: received Call, 22 bytes"), lines);
        Assert.Contains(
            lines,
            entry => entry.Id == 4 && entry.Text.StartsWith("station-1: sent CallError, ", StringComparison.Ordinal)
        );
        Assert.Contains((5, LogLevel.Error, "station-1: a callback of the application threw an exception"), lines);
        Assert.All(lines, entry => Assert.InRange(entry.Id, 1, 5));
    }

    [Fact]
    public async Task Whatever_call_back_throws_is_logged()
    {
        var log = new TestLog();
        var begun = new TaskCompletionSource();
        await using var line = Line.Open(
            handlers =>
                handlers.On<HeartbeatRequest, HeartbeatResponse>(
                    async (request, context) =>
                    {
                        _ = context.CancellationToken.Register(static () => throw new InvalidOperationException());
                        begun.SetResult();
                        await Task.Delay(Timeout.Infinite, context.CancellationToken);
                        return HeartbeatAnswer;
                    }
                ),
            options => options with { Logger = log, FrameTap = (_, _, _) => throw new InvalidOperationException() }
        );

        Task call = line.Session.CallAsync(Heartbeat);
        string id = await line.ReceiveIdAsync("Heartbeat");
        AssertFailures(1); // the tap, for what was sent
        line.Session.ReadOptions = new OcppReadOptions { Accept = _ => throw new InvalidOperationException() };
        await line.SendAsync(Result(id, "{}"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        AssertFailures(3); // the tap, for what was received, and the read options
        await line.SendAsync(Call("1"));
        await begun.Task;
        line.Session.Abort();

        // The clock stands still: a session waits for call-backs no longer than its time to close.
        await line.CompletionAsync();
        AssertFailures(5); // the tap, and the token

        void AssertFailures(int count) => Assert.Equal(count, log.Lines.Count(entry => entry.EventId == 5));
    }

    [Fact]
    public async Task Junk_is_logged_once_a_minute_and_reported_one_by_one()
    {
        var log = new TestLog();
        await using var line = Line.Open(configure: options =>
            options with
            {
                Logger = log,
                ReadOptions = OcppReadOptions.Lenient,
            }
        );
        async Task SendJunkAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await line.SendAsync(Result("nobody's\u202E"));
                Assert.Equal(OcppReportKind.UnexpectedAnswer, (await line.ReportAsync()).Kind);
            }
        }

        const string Last = "station-1: UnexpectedAnswer: no action, message id nobody's\\u202E: a CALLRESULT";
        await SendJunkAsync(5);
        Assert.Equal([(3, LogLevel.Warning, Last)], Reports());
        line.Clock.Advance(TimeSpan.FromMinutes(1));
        await SendJunkAsync(2);
        string more = $"of UnexpectedAnswer, the last: {Last["station-1: ".Length..]}";
        Assert.Equal([(3, LogLevel.Warning, Last), (7, LogLevel.Warning, $"station-1: 4 more {more}")], Reports());
        line.Session.Abort();
        await line.CompletionAsync();
        Assert.Equal((7, LogLevel.Warning, $"station-1: 2 more {more}"), Reports()[^1]);
        Assert.Equal(3, Reports().Length);

        (int Id, LogLevel Level, string Text)[] Reports() => [.. EntriesOf(log).Where(entry => entry.Id is 3 or 7)];
    }

    [Fact]
    public async Task A_failed_handler_is_an_error_and_an_accepted_deviation_information_in_the_log()
    {
        var log = new TestLog();
        await using var line = Line.Open(
            handlers =>
                handlers
                    .On((HeartbeatRequest _) => HeartbeatAnswer)
                    .On<DataTransferRequest, DataTransferResponse>((_, _) => throw new InvalidOperationException())
                    .On<AuthorizeRequest, AuthorizeResponse>((_, _) => new AuthorizeResponse { IdTokenInfo = null! }),
            options => options with { Logger = log, ReadOptions = OcppReadOptions.Lenient }
        );
        await line.SendAsync(Call("1", "Heartbeat", "{\"more\":1}"));
        await line.ReceiveAsync();
        await line.SendAsync(Call("2", "DataTransfer", "{\"vendorId\":\"v\"}"));
        await line.ReceiveAsync();
        await line.SendAsync(Call("3", "Authorize", "{\"idToken\":{\"idToken\":\"a\",\"type\":\"Central\"}}"));
        await line.ReceiveAsync();
        line.Session.Abort();
        await line.CompletionAsync();

        Assert.Equal(
            [LogLevel.Information, LogLevel.Error, LogLevel.Error],
            log.Lines.Where(entry => entry.EventId == 3).Select(entry => entry.Level)
        );
    }

    [Fact]
    public async Task A_socket_that_fails_in_a_way_of_its_own_ends_the_session_with_that_and_is_logged()
    {
        var log = new TestLog();
        var failure = new NotSupportedException();
        using var socket = new SilentWebSocket();
        await using var session = new OcppSession(
            socket,
            new OcppHandlers(Ocpp201Protocol.Instance),
            "station-1",
            new OcppSessionOptions { Logger = log }
        );
        Task<OcppCloseReason> running = session.RunAsync();

        socket.Fail(failure);

        Assert.Equal(new OcppCloseReason(OcppCloseKind.Aborted) { Exception = failure }, await running);
        Assert.Contains(log.Lines, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_tap_sees_every_frame_and_what_it_throws_harms_nothing()
    {
        var frames = new ConcurrentQueue<(bool IsSent, string Frame)>();
        await using var line = Line.Open(configure: options =>
            options with
            {
                FrameTap = (session, isSent, frame) =>
                {
                    Assert.Equal("station-1", session.Identity);
                    frames.Enqueue((isSent, Encoding.UTF8.GetString(frame)));
                    throw new InvalidOperationException();
                },
            }
        );
        await line.SendAsync(Call("1", "Nonsense"));
        string answer = await line.ReceiveAsync();
        await line.SendAsync("garbage");
        string second = await line.ReceiveAsync();
        Assert.Equal([(false, Call("1", "Nonsense")), (true, answer), (false, "garbage"), (true, second)], frames);
    }

    private static (int Id, LogLevel Level, string Text)[] EntriesOf(TestLog log) =>
        [.. log.Lines.Select(line => (line.EventId, line.Level, line.Text))];

    [Fact]
    public async Task The_span_of_a_request_whose_time_is_up_ends_although_its_handler_does_not()
    {
        using var spans = new Spans();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var line = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>(
                (_, context) =>
                {
                    context.OnCompleted(isUp.SetResult);
                    begun.SetResult();
                    return new TaskCompletionSource<HeartbeatResponse>().Task;
                }
            )
        );
        await line.SendAsync(Call("endless"));
        await begun.Task;

        line.Clock.Advance(line.Session.Options.HandlerTimeout);
        await isUp.Task;

        Assert.Equal(ActivityStatusCode.Error, spans.Single("ocpp Heartbeat", "endless").Status);
    }

    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == OcppTelemetry.ActivitySourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>The span with the message id.</summary>
        public Activity Single(string name, string messageId) =>
            Assert.Single(
                _ended,
                span => span.OperationName == name && messageId.Equals(span.GetTagItem("ocpp.message_id"))
            );

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Measurements : IDisposable
    {
        /// <summary>
        /// Flows with a test into the sessions that it opens, so that those of others are not counted.
        /// </summary>
        private static readonly AsyncLocal<Measurements?> s_ofThisTest = new();

        private readonly ConcurrentQueue<(string Name, double Value, string? Action, string? Outcome)> _all = new();
        private readonly ConcurrentQueue<(string Name, double Value)> _own = new();
        private readonly MeterListener _listener = new();

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == OcppTelemetry.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public static Measurements OfThisTest() => s_ofThisTest.Value = new Measurements();

        public double Sum(string name) => _own.Where(measured => measured.Name == name).Sum(measured => measured.Value);

        public IEnumerable<string> Names => _all.Select(measured => measured.Name);

        /// <summary>What was measured of an action.</summary>
        public IEnumerable<(string, double, string?)> Of(string action) =>
            _all.Where(measured => measured.Action == action)
                .Select(measured => (measured.Name, measured.Value, measured.Outcome));

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? action = null;
            string? outcome = null;
            foreach ((string key, object? tag) in tags)
            {
                action = key == "ocpp.action" ? (string?)tag : action;
                outcome = key == "ocpp.outcome" ? (string?)tag : outcome;
            }

            _all.Enqueue((instrument.Name, value, action, outcome));
            if (s_ofThisTest.Value == this)
            {
                _own.Enqueue((instrument.Name, value));
            }
        }
    }
}
