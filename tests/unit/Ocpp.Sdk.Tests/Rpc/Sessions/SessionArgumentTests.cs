using System.Net.WebSockets;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>What a session, its handlers and its options refuse, and what they say then.</summary>
public sealed class SessionArgumentTests
{
    [Fact]
    public void A_session_needs_a_socket_handlers_and_an_identity()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        using WebSocket socket = WebSocketPair.Create("ocpp2.0.1").Client;

        Assert.Throws<ArgumentNullException>("socket", () => new OcppSession(null!, handlers, "CS-1"));
        Assert.Throws<ArgumentNullException>("handlers", () => new OcppSession(socket, null!, "CS-1"));
        Assert.Throws<ArgumentNullException>("identity", () => new OcppSession(socket, handlers, null!));
    }

    [Fact]
    public async Task A_session_that_has_not_begun_takes_no_call_and_one_that_runs_does_not_begin_again()
    {
        await using var session = new OcppSession(
            WebSocketPair.Create("ocpp2.0.1").Server,
            new OcppHandlers(Ocpp201Protocol.Instance),
            "CS-1"
        );

        var early = await Assert.ThrowsAsync<InvalidOperationException>(() => session.CallAsync(Heartbeat));
        Assert.Equal("The session has not been started.", early.Message);
        await using var oneWay = new OcppSession(
            WebSocketPair.Create("vendor1.0").Server,
            new OcppHandlers(new NoticeProtocol()),
            "CS-1"
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() => oneWay.SendAsync(new Notice { Text = "a" }));
        _ = session.RunAsync();
        Assert.Equal(
            "The session has already been started.",
            Assert
                .Throws<InvalidOperationException>(() =>
                {
                    _ = session.RunAsync();
                })
                .Message
        );
    }

    [Fact]
    public async Task A_call_needs_a_request()
    {
        await using var line = Line.Open();

        await Assert.ThrowsAsync<ArgumentNullException>(
            "request",
            () => line.Session.CallAsync<HeartbeatRequest, HeartbeatResponse>(null!)
        );
    }

    [Fact]
    public async Task A_message_that_goes_one_way_needs_to_be_there_and_not_cancelled()
    {
        await using var line = Line.Open(protocol: new NoticeProtocol());

        await Assert.ThrowsAsync<ArgumentNullException>("message", () => line.Session.SendAsync<Notice>(null!));
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            line.Session.SendAsync(new Notice { Text = "a" }, new CancellationToken(true))
        );
        await line.Session.SendAsync(new Notice { Text = "b" });
        Assert.Contains("{\"text\":\"b\"}", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_id_is_eight_hexadecimal_digits()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);

        string id = await line.ReceiveIdAsync("Heartbeat");

        Assert.Matches("^[0-9a-f]{8}$", id);
        await line.SendAsync(Result(id));
        await call;
    }

    [Fact]
    public async Task What_the_application_keeps_with_a_session_stays()
    {
        await using var line = Line.Open();

        line.Session.Items["a"] = 1;

        Assert.Equal(1, line.Session.Items["a"]);
    }

    [Fact]
    public async Task A_close_frame_that_can_not_be_sent_is_refused_in_words()
    {
        await using var line = Line.Open();

        await Assert.ThrowsAsync<ArgumentNullException>(
            "description",
            () => line.Session.CloseAsync(description: null!)
        );
        var tooLong = await Assert.ThrowsAsync<ArgumentException>(
            "description",
            () => line.Session.CloseAsync(description: new string('€', 42))
        );
        Assert.StartsWith(
            "The description of a close frame must not exceed 123 bytes.",
            tooLong.Message,
            StringComparison.Ordinal
        );
        var noCode = await Assert.ThrowsAsync<ArgumentException>(
            "status",
            () => line.Session.CloseAsync((WebSocketCloseStatus)5000)
        );
        Assert.StartsWith(
            "The status must be a close code that can be sent.",
            noCode.Message,
            StringComparison.Ordinal
        );

        Task closing = line.Session.CloseAsync((WebSocketCloseStatus)4999, new string('€', 41));
        Assert.Equal($"close 4999: {new string('€', 41)}", await line.ReceiveCloseAsync());
        await closing;
    }

    [Fact]
    public async Task Closing_without_draining_fails_the_outstanding_call_at_once()
    {
        await using var line = Line.Open();
        Task call = line.Session.CallAsync(Heartbeat);
        await line.ReceiveIdAsync("Heartbeat");

        Task<OcppCloseReason> closing = line.Session.CloseAsync(drain: false);

        Assert.Equal(
            OcppCloseKind.ClosedByUs,
            (await Assert.ThrowsAsync<OcppConnectionClosedException>(() => call)).Reason.Kind
        );
        await line.ReceiveCloseAsync();
        await closing;
    }

    [Fact]
    public async Task A_handler_that_gives_no_response_has_failed()
    {
        await using var line = Line.Open(handlers => handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => null!));
        await line.SendAsync(Call("1"));

        Assert.Contains("InternalError", await line.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal("The handler of Heartbeat returned no response.", (await line.ReportAsync()).Exception?.Message);
    }

    [Fact]
    public void Handlers_need_to_be_there_and_are_complete_before_a_session_begins()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);

        Assert.Throws<ArgumentNullException>(
            "handler",
            () => handlers.On((Func<HeartbeatRequest, OcppRequestContext, Task<HeartbeatResponse>>)null!)
        );
        Assert.Throws<ArgumentNullException>(
            "handler",
            () => handlers.On((Func<HeartbeatRequest, OcppRequestContext, HeartbeatResponse>)null!)
        );
        Assert.Throws<ArgumentNullException>(
            "handler",
            () => handlers.On((Func<Notice, OcppRequestContext, Task>)null!)
        );
        handlers.Freeze();
        var late = Assert.Throws<InvalidOperationException>(() =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
        );
        Assert.Equal("A session already uses these handlers: add all handlers before the first session.", late.Message);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_by_their_names()
    {
        Assert.All<(string Name, Func<OcppSessionOptions> Make)>(
            [
                (nameof(OcppSessionOptions.ResponseTimeout), () => new() { ResponseTimeout = TimeSpan.Zero }),
                (nameof(OcppSessionOptions.ResponseTimeout), () => new() { ResponseTimeout = TimeSpan.FromDays(25) }),
                (nameof(OcppSessionOptions.HandlerTimeout), () => new() { HandlerTimeout = TimeSpan.Zero }),
                (nameof(OcppSessionOptions.HandlerTimeout), () => new() { HandlerTimeout = TimeSpan.FromDays(25) }),
                (nameof(OcppSessionOptions.MessageTimeout), () => new() { MessageTimeout = TimeSpan.Zero }),
                (nameof(OcppSessionOptions.MessageTimeout), () => new() { MessageTimeout = TimeSpan.FromDays(25) }),
                (nameof(OcppSessionOptions.SendTimeout), () => new() { SendTimeout = TimeSpan.Zero }),
                (nameof(OcppSessionOptions.SendTimeout), () => new() { SendTimeout = TimeSpan.FromDays(25) }),
                (nameof(OcppSessionOptions.CloseTimeout), () => new() { CloseTimeout = TimeSpan.Zero }),
                (nameof(OcppSessionOptions.CloseTimeout), () => new() { CloseTimeout = TimeSpan.FromDays(25) }),
                (nameof(OcppSessionOptions.MaxMessageSize), () => new() { MaxMessageSize = 0 }),
                (nameof(OcppSessionOptions.MaxMessagesPerSecond), () => new() { MaxMessagesPerSecond = 0 }),
                (nameof(OcppSessionOptions.MaxConcurrentHandlers), () => new() { MaxConcurrentHandlers = 0 }),
                (nameof(OcppSessionOptions.MaxWaitingRequests), () => new() { MaxWaitingRequests = 0 }),
                (nameof(OcppSessionOptions.MaxWaitingRequestBytes), () => new() { MaxWaitingRequestBytes = 0 }),
                (nameof(OcppSessionOptions.MaxQueuedCalls), () => new() { MaxQueuedCalls = -1 }),
                (nameof(OcppSessionOptions.CsmsDecimalPlaces), () => new() { CsmsDecimalPlaces = 29 }),
                (nameof(OcppSessionOptions.CsmsDecimalPlaces), () => new() { CsmsDecimalPlaces = -1 }),
            ],
            option => Assert.Throws<ArgumentOutOfRangeException>(option.Name, option.Make)
        );
        Assert.Equal(0, new OcppSessionOptions { MaxQueuedCalls = 0 }.MaxQueuedCalls);
    }

    [Fact]
    public void A_CALLERROR_says_in_words_what_it_is()
    {
        var cause = new InvalidOperationException();
        var caused = new OcppCallErrorException("what", cause);

        Assert.Equal(
            "The call failed with SecurityError.",
            new OcppCallErrorException(OcppErrorCode.SecurityError).Message
        );
        Assert.Equal(
            "The call failed with SecurityError: no",
            new OcppCallErrorException(OcppErrorCode.SecurityError, "no").Message
        );
        Assert.Equal("The call failed with GenericError: what", caused.Message);
        Assert.Same(cause, caused.InnerException);
        Assert.Equal(
            (OcppErrorCode.GenericError, "GenericError", "what"),
            (caused.ErrorCode, caused.ErrorCodeName, caused.ErrorDescription)
        );
    }

    [Fact]
    public async Task What_a_session_is_given_is_there()
    {
        await using var line = Line.Open();

        await Assert.ThrowsAsync<ArgumentNullException>(
            "options",
            () => line.Session.CallAsync("Heartbeat", default, null!)
        );
        Assert.Throws<ArgumentNullException>("value", () => line.Session.WriteOptions = null!);
        var request = new OcppRequestContext(line.Session, null!, "1", new object(), 1);
        Assert.Throws<ArgumentNullException>("action", () => request.OnResponseRejected(null!));
    }

    [Fact]
    public void A_session_has_the_connection_that_it_was_given_or_an_unknown_one()
    {
        var handlers = new OcppHandlers(Ocpp201Protocol.Instance);
        using WebSocket socket = WebSocketPair.Create("ocpp2.0.1").Client;
        var connection = new OcppConnection();

        Assert.Same(connection, new OcppSession(socket, handlers, "CS-1", connection: connection).Connection);
        Assert.Same(OcppConnection.Unknown, new OcppSession(socket, handlers, "CS-1").Connection);
    }
}
