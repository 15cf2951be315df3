using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;
using Ocpp.V201;
using static Ocpp.Tests.Rpc.Sessions.Frames;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>Peers beyond the limits: closed with the code that says why, or dropped.</summary>
public sealed class LimitTests
{
    private const int Limit = 64 * 1024;

    [Theory]
    [InlineData(Limit)]
    [InlineData(Limit / 2)]
    [InlineData(1500)]
    [InlineData(7)]
    public async Task A_message_of_64_kB_arrives_in_pieces_of_any_size(int piece)
    {
        await using var line = Line.Open(configure: options => options with { MaxMessageSize = Limit });
        await SendPiecesAsync(line, OfSize(Limit), piece);
        Assert.StartsWith("[4,\"1\",\"NotSupported\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Limit + 1)]
    [InlineData(Limit)]
    [InlineData(1500)]
    public async Task A_message_one_byte_beyond_the_limit_closes_with_1009(int piece)
    {
        await using var line = Line.Open(configure: options => options with { MaxMessageSize = Limit });
        await SendPiecesAsync(line, OfSize(Limit + 1), piece);
        await AssertRefusedAsync(line, WebSocketCloseStatus.MessageTooBig, "The message exceeds 65536 bytes.");
    }

    [Fact]
    public async Task A_limit_below_the_smallest_buffer_holds_too()
    {
        await using var line = Line.Open(configure: options => options with { MaxMessageSize = 10 });
        await line.SendAsync("[2,\"1\"]   ");
        Assert.StartsWith("[4,\"1\",\"FormatViolation\"", await line.ReceiveAsync(), StringComparison.Ordinal);
        await line.SendAsync("[2,\"1\"]    ");
        await AssertRefusedAsync(line, WebSocketCloseStatus.MessageTooBig, "The message exceeds 10 bytes.");
    }

    [Fact]
    public async Task A_message_without_end_closes_with_1009_and_not_with_all_memory()
    {
        await using var line = Line.Open(configure: options => options with { MaxMessageSize = Limit });
        for (int piece = 0; piece < 40; piece++)
        {
            await line.SendAsync(new byte[4096].AsMemory(), isEnd: false);
        }

        await AssertRefusedAsync(line, WebSocketCloseStatus.MessageTooBig, "The message exceeds 65536 bytes.");
    }

    [Fact]
    public async Task A_binary_message_closes_with_1003()
    {
        await using var line = Line.Open();
        await line.SendAsync(Encoding.UTF8.GetBytes(Call("1")), WebSocketMessageType.Binary);
        await AssertRefusedAsync(line, WebSocketCloseStatus.InvalidMessageType, "Binary messages are not supported.");
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_closes_with_1007()
    {
        await using var line = Line.Open();
        await line.SendAsync(new byte[] { (byte)'[', 0xFF, (byte)']' });
        Assert.StartsWith("close 1007: ", await line.ReceiveAsync(), StringComparison.Ordinal);
        await AssertEndedAsync(line, WebSocketCloseStatus.InvalidPayloadData, "The message is not valid UTF-8.");
    }

    [Fact]
    public async Task A_frame_of_an_unknown_kind_closes_with_1002()
    {
        await using var line = Line.Open();
        await line.PeerStream.WriteAsync(new byte[] { 0x83, 0x80, 0, 0, 0, 0 });
        Assert.StartsWith("close 1002: ", await line.ReceiveAsync(), StringComparison.Ordinal);
        await AssertEndedAsync(line, WebSocketCloseStatus.ProtocolError, "Invalid WebSocket frame.");
    }

    [Fact]
    public async Task Fragments_that_have_no_bytes_count_as_messages()
    {
        await using var line = Line.Open(configure: options => options with { MaxMessagesPerSecond = 5 });
        for (int fragment = 0; fragment < 6; fragment++)
        {
            await line.SendAsync(ReadOnlyMemory<byte>.Empty, isEnd: false);
        }

        await AssertRefusedAsync(line, WebSocketCloseStatus.PolicyViolation, "The rate exceeds 5 messages per second.");
    }

    [Fact]
    public async Task A_flood_closes_with_1008()
    {
        await using var line = Line.Open(configure: options => options with { MaxMessagesPerSecond = 5 });
        for (int message = 0; message < 6; message++)
        {
            await line.SendAsync(Result("nobody's"));
        }

        await AssertRefusedAsync(line, WebSocketCloseStatus.PolicyViolation, "The rate exceeds 5 messages per second.");
    }

    [Fact]
    public async Task As_many_messages_a_second_as_allowed_may_come_for_ever_and_a_seconds_worth_at_once()
    {
        await using var line = Line.Open(configure: options => options with { MaxMessagesPerSecond = 5 });
        for (int second = 0; second < 4; second++)
        {
            for (int message = 0; message < 5; message++)
            {
                await line.SendAsync(Call("1"));
                await line.ReceiveAsync();
            }

            line.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        line.Clock.Advance(TimeSpan.FromHours(1));
        for (int message = 0; message < 6; message++)
        {
            await line.SendAsync(Result("nobody's"));
        }

        await AssertRefusedAsync(line, WebSocketCloseStatus.PolicyViolation, "The rate exceeds 5 messages per second.");
    }

    [Fact]
    public async Task A_message_that_begins_must_end_in_time_however_many_pieces_come()
    {
        await using var line = Line.Open();
        await line.SendAsync("["u8.ToArray(), isEnd: false);
        await line.Clock.WhenArmedAsync(1);
        for (int second = 0; second < 29; second++)
        {
            line.Clock.Advance(TimeSpan.FromSeconds(1));
            await line.SendAsync(" "u8.ToArray(), isEnd: false);
        }

        Assert.True(line.Session.IsOpen);
        line.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(line, WebSocketCloseStatus.PolicyViolation, "The message was not completed in time.");
    }

    [Fact]
    public void A_message_that_has_come_as_a_whole_starts_no_timer_however_many_pieces_it_is_received_in()
    {
        using var socket = new DirectWebSocket();
        var clock = new CountingClock();
        var reported = new List<OcppReportKind>();
        var session = new OcppSession(
            socket,
            new OcppHandlers(Ocpp201Protocol.Instance),
            "station-1",
            new OcppSessionOptions { TimeProvider = clock, Reported = (_, report) => reported.Add(report.Kind) }
        );
        _ = session.RunAsync();

        socket.Deliver(Encoding.UTF8.GetBytes(Result(new string('x', 10_000))));

        Assert.Equal([OcppReportKind.InvalidFrame], reported);
        Assert.Equal(0, clock.CreatedTimers);
        session.Abort();
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_a_close_frame_is_dropped()
    {
        await using var line = Line.Open();
        await line.SendAsync("["u8.ToArray(), isEnd: false);
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(OcppSessionOptions.Default.MessageTimeout);
        await line.Clock.WhenArmedAsync(1);
        line.Clock.Advance(OcppSessionOptions.Default.CloseTimeout);
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(
            (OcppCloseKind.Violation, WebSocketCloseStatus.PolicyViolation, "The message was not completed in time."),
            (reason.Kind, reason.Status, reason.Description)
        );
    }

    [Fact]
    public async Task A_message_that_ended_in_time_is_timed_no_longer()
    {
        await using var line = Line.Open();
        await SendPiecesAsync(line, Encoding.UTF8.GetBytes(Call("1")), 3);
        await line.ReceiveAsync();
        Assert.Equal(0, line.Clock.ArmedTimers);
        line.Clock.Advance(TimeSpan.FromDays(1));
        await line.SendAsync(Call("2"));
        Assert.StartsWith("[4,\"2\"", await line.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_stops_reading_is_dropped_when_its_time_to_receive_is_over()
    {
        await using var line = Line.Open(capacity: 16);
        Task call = line.Session.CallAsync(new SignCertificateRequest { Csr = new string('c', 1000) });
        await line.Clock.WhenArmedAsync(2);
        line.Clock.Advance(OcppSessionOptions.Default.SendTimeout);
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(
            (OcppCloseKind.Lost, null, "Sending timed out."),
            (reason.Kind, reason.Status, reason.Description)
        );
        Assert.IsType<TimeoutException>(reason.Exception);
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => call);
        // Both times are over at once: either may be first.
        Assert.True(failure is OcppTimeoutException or OcppConnectionClosedException);
    }

    [Fact]
    public async Task A_peer_that_asks_on_and_does_not_read_the_answers_is_not_read_from_and_dropped()
    {
        await using var line = Line.Open(
            capacity: 512,
            configure: options => options with { MaxWaitingRequests = 3, MaxMessagesPerSecond = 1_000_000 }
        );
        Task asking = Task.Run(async () =>
        {
            for (int asked = 0; asked < 10_000; asked++)
            {
                await line.SendAsync("garbage");
            }
        });
        while (!line.Session.Completion.IsCompleted && !asking.IsCompletedSuccessfully)
        {
            line.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(asking.IsCompletedSuccessfully, "The session reads on and on.");
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal(
            (OcppCloseKind.Lost, null, "Sending timed out."),
            (reason.Kind, reason.Status, reason.Description)
        );
        await Assert.ThrowsAnyAsync<Exception>(() => asking);
    }

    [Fact]
    public async Task What_one_peer_does_is_nothing_to_another()
    {
        await using var good = Line.Open(handlers =>
            handlers.On<HeartbeatRequest, HeartbeatResponse>((_, _) => HeartbeatAnswer)
        );
        await using var flooding = Line.Open(configure: options => options with { MaxMessagesPerSecond = 1 });
        await using var slow = Line.Open();
        await using var cut = Line.Open();
        await slow.SendAsync("["u8.ToArray(), isEnd: false);
        cut.Cut();
        await flooding.SendAsync("garbage");
        await flooding.SendAsync("garbage");
        await flooding.ReceiveCloseAsync();
        await good.SendAsync(Call("1"));
        Assert.Equal(Result("1"), await good.ReceiveAsync());
        Assert.True(slow.Session.IsOpen);
    }

    /// <summary>How it ended for the owner: by the completion and by a report.</summary>
    private static async Task AssertEndedAsync(Line line, WebSocketCloseStatus status, string description)
    {
        OcppCloseReason reason = await line.CompletionAsync();
        Assert.Equal((OcppCloseKind.Violation, status, description), (reason.Kind, reason.Status, reason.Description));
        OcppReport report = await line.ReportAsync();
        while (report.Kind is OcppReportKind.InvalidFrame or OcppReportKind.UnexpectedAnswer)
        {
            report = await line.ReportAsync();
        }

        Assert.Equal(
            new OcppReport(OcppReportKind.ConnectionViolation)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"{(int)status}, {description}"),
            },
            report
        );
    }

    private static byte[] OfSize(int size)
    {
        string start = "[2,\"1\",\"Heartbeat\",{";
        return Encoding.UTF8.GetBytes($"{start}{new string(' ', size - start.Length - 2)}}}]");
    }

    private static async Task SendPiecesAsync(Line line, byte[] message, int piece)
    {
        for (int start = 0; start < message.Length; start += piece)
        {
            int count = Math.Min(piece, message.Length - start);
            await line.SendAsync(message.AsMemory(start, count), isEnd: start + count == message.Length);
        }
    }

    private static async Task AssertRefusedAsync(Line line, WebSocketCloseStatus status, string description)
    {
        Assert.Equal($"close {(int)status}: {description}", await line.ReceiveCloseAsync());
        Assert.Equal(new OcppCloseReason(OcppCloseKind.Violation, status, description), await line.CompletionAsync());
        Assert.False(line.Session.IsOpen);
        OcppConnectionClosedException closed = await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            line.Session.CallAsync(Heartbeat)
        );
        Assert.Equal(status, closed.Reason.Status);
    }

    private sealed class CountingClock : TimeProvider
    {
        public int CreatedTimers { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            CreatedTimers++;
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
