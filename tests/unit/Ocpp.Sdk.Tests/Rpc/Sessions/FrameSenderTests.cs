using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Testing;
using Ocpp.V201;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>The lock, the time-out and the close frame of sending, without a session and without a WebSocket.</summary>
[SuppressMessage(
    "Reliability",
    "CA2000:Dispose objects before losing scope",
    Justification = "The sender gives frames back."
)]
public sealed class FrameSenderTests
{
    private readonly OcppTestClock _clock = new();
    private readonly ScriptedOutput _output = new();
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _seen = [];
    private readonly List<OcppCloseReason> _lost = [];
    private readonly FrameSender _sender;

    public FrameSenderTests() =>
        _sender = new FrameSender(
            _output,
            new OcppSessionOptions { TimeProvider = _clock },
            new SessionOfParts
            {
                Sending = (type, frame) => _seen.Add($"{type} {Encoding.UTF8.GetString(frame.Span)}"),
                Dropped = _lost.Add,
            }
        );

    [Fact]
    public async Task A_frame_is_seen_and_then_handed_over()
    {
        Assert.True(await _sender.SendAsync(Frame("a"), OcppMessageType.CallResult));

        Assert.Equal(["CallResult a"], _seen);
        Assert.Equal(["a"], _output.Taken);
        Assert.Equal((0, 0), (_lost.Count, _clock.ArmedTimers));
    }

    [Fact]
    public async Task A_frame_waits_for_the_one_before()
    {
        _output.Sending = _sending.Task;
        Task<bool> first = _sender.SendAsync(Frame("a"), OcppMessageType.Call);
        Task<bool> second = _sender.SendAsync(Frame("b"), OcppMessageType.CallError);
        Assert.Equal(["a"], _output.Taken);
        Assert.Equal(["Call a"], _seen);

        _sending.SetResult();

        Assert.True(await first);
        Assert.True(await second);
        Assert.Equal(["a", "b"], _output.Taken);
        Assert.Equal(["Call a", "CallError b"], _seen);
    }

    [Fact]
    public async Task A_call_that_ends_while_another_frame_is_sent_is_not_sent()
    {
        _output.Sending = _sending.Task;
        Task<bool> first = _sender.SendAsync(Frame("a"), OcppMessageType.CallResult);
        var call = new PendingCall<HeartbeatResponse>("1", "Heartbeat", TimeSpan.FromSeconds(30)) { HasSlot = true };
        Task<bool> second = _sender.SendAsync(Frame("b"), OcppMessageType.Call, call);

        call.HasSlot = false;
        _sending.SetResult();

        Assert.True(await first);
        Assert.True(await second);
        Assert.Equal(["a"], _output.Taken);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task Nothing_is_sent_over_a_connection_that_is_not_open()
    {
        _output.IsOpen = false;

        Assert.False(await _sender.SendAsync(Frame("a"), OcppMessageType.Call));
        await _sender.SendCloseAsync(WebSocketCloseStatus.NormalClosure, "");

        Assert.Empty(_output.Taken);
        Assert.Empty(_seen);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task A_frame_that_is_not_taken_in_time_loses_the_connection()
    {
        _output.Sending = _sending.Task;
        Task<bool> sending = _sender.SendAsync(Frame("a"), OcppMessageType.Call);
        await _clock.WhenArmedAsync(1);
        _clock.Advance(OcppSessionOptions.Default.SendTimeout);

        Assert.False(await sending);

        OcppCloseReason reason = Assert.Single(_lost);
        Assert.Equal(
            (OcppCloseKind.Lost, null, "Sending timed out."),
            (reason.Kind, reason.Status, reason.Description)
        );
        Assert.IsType<TimeoutException>(reason.Exception);
    }

    [Theory]
    [InlineData(typeof(WebSocketException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task A_frame_that_can_not_be_sent_loses_the_connection_and_frees_the_lock(Type type)
    {
        var failure = (Exception)Activator.CreateInstance(type)!;
        _output.Sending = Task.FromException(failure);

        Assert.False(await _sender.SendAsync(Frame("a"), OcppMessageType.Call));

        Assert.Equal([new OcppCloseReason(OcppCloseKind.Lost) { Exception = failure }], _lost);
        _output.Sending = Task.CompletedTask;
        Assert.True(await _sender.SendAsync(Frame("b"), OcppMessageType.Call));
    }

    [Fact]
    public async Task The_close_frame_follows_what_is_being_sent_and_is_the_last()
    {
        _output.Sending = _sending.Task;
        Task<bool> first = _sender.SendAsync(Frame("a"), OcppMessageType.CallResult);
        Task close = _sender.SendCloseAsync(WebSocketCloseStatus.EndpointUnavailable, "bye");
        Task<bool> late = _sender.SendAsync(Frame("b"), OcppMessageType.CallResult);
        Assert.Equal(["a"], _output.Taken);

        _sending.SetResult();

        Assert.True(await first);
        await close;
        Assert.False(await late);
        Assert.Equal(["a", "close 1001: bye"], _output.Taken);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_gets_no_close_frame_and_closing_does_not_wait_longer_than_its_time()
    {
        _output.Sending = _sending.Task;
        Task<bool> stuck = _sender.SendAsync(Frame("a"), OcppMessageType.CallResult);
        Task close = _sender.SendCloseAsync(WebSocketCloseStatus.NormalClosure, "");
        await _clock.WhenArmedAsync(2);

        _clock.Advance(OcppSessionOptions.Default.CloseTimeout);

        await close;
        Assert.Equal(["a"], _output.Taken);
        Assert.Empty(_lost);
        _sending.SetResult();
        Assert.True(await stuck);
    }

    [Fact]
    public async Task A_close_frame_that_is_not_taken_in_time_loses_the_connection()
    {
        _output.Sending = _sending.Task;
        Task close = _sender.SendCloseAsync(WebSocketCloseStatus.NormalClosure, "");
        await _clock.WhenArmedAsync(2);

        _clock.Advance(OcppSessionOptions.Default.CloseTimeout);

        await close;
        Assert.IsType<TimeoutException>(Assert.Single(_lost).Exception);
    }

    private static PooledBuffer Frame(string text)
    {
        PooledBuffer frame = PooledBuffer.Rent();
        frame.Write(Encoding.UTF8.GetBytes(text));
        return frame;
    }
}
