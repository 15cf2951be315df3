using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Testing;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>
/// How messages are put together, and the limits of size, rate and time, without a session and without a WebSocket.
/// </summary>
public sealed class MessageAssemblerTests : IDisposable
{
    private readonly OcppTestClock _clock = new();
    private readonly MessageAssembler _assembler;
    private int _timedOut;

    public MessageAssemblerTests() =>
        _assembler = new MessageAssembler(
            new OcppSessionOptions
            {
                TimeProvider = _clock,
                MaxMessageSize = 5_000,
                MaxMessagesPerSecond = 3,
            },
            new SessionOfParts { SlowMessage = () => _timedOut++ }
        );

    public void Dispose() => _assembler.Dispose();

    [Fact]
    public void A_message_in_one_piece_is_complete_at_once()
    {
        Assert.Equal((null, true), Add("[2]"));

        Assert.Equal("[2]", Text());
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void A_message_in_pieces_is_complete_with_its_last_one_and_the_next_begins_anew()
    {
        Assert.Equal((null, false), Add("[2,", isEnd: false));
        Assert.Equal((null, false), Add("", isEnd: false));
        Assert.Equal((null, true), Add("1]"));
        Assert.Equal("[2,1]", Text());

        _assembler.Reset();
        Assert.Equal((null, false), Add("a", isEnd: false));
        Assert.Equal("a", Text());
    }

    [Fact]
    public void A_message_grows_to_the_limit_and_not_beyond()
    {
        string message = new('x', 5_000);
        Assert.Equal((null, true), AddInPieces(message));
        Assert.Equal(message, Text());
        _assembler.Reset();

        (OcppCloseReason? violation, bool isComplete) = AddInPieces(message + "y");

        Assert.False(isComplete);
        Assert.Equal(
            new OcppCloseReason(
                OcppCloseKind.Violation,
                WebSocketCloseStatus.MessageTooBig,
                "The message exceeds 5000 bytes."
            ),
            violation
        );
    }

    [Fact]
    public void There_is_always_room_and_an_idle_connection_holds_a_small_buffer()
    {
        Assert.Equal(112, _assembler.Free.Length);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(
                (null, false),
                Add(new string('x', _assembler.Free.Length > 1_000 ? 1_000 : _assembler.Free.Length), isEnd: false)
            );
            Assert.False(_assembler.Free.IsEmpty);
        }

        _assembler.Reset();

        Assert.Equal(112, _assembler.Free.Length);
    }

    [Theory]
    [InlineData(112, 128)]
    [InlineData(1_000, 1_024)]
    [InlineData(4_095, 4_096)]
    [InlineData(5_000, 4_096)]
    public void A_longer_message_borrows_a_buffer_for_most_messages_or_for_the_largest(int maxMessageSize, int borrowed)
    {
        using var assembler = new MessageAssembler(
            new OcppSessionOptions { MaxMessageSize = maxMessageSize },
            new SessionOfParts()
        );

        Add(assembler, new string('x', 112), isEnd: false);

        Assert.Equal(borrowed - 112, assembler.Free.Length);
    }

    [Fact]
    public void A_binary_message_is_refused()
    {
        OcppCloseReason? violation = _assembler.Add(
            new ValueWebSocketReceiveResult(1, WebSocketMessageType.Binary, true),
            out bool isComplete
        );

        Assert.False(isComplete);
        Assert.Equal(
            new OcppCloseReason(
                OcppCloseKind.Violation,
                WebSocketCloseStatus.InvalidMessageType,
                "Binary messages are not supported."
            ),
            violation
        );
    }

    [Fact]
    public void Messages_beyond_the_rate_are_refused_and_as_many_as_have_come_free_are_not()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Null(Add("a").Violation);
            _assembler.Reset();
        }

        Assert.Equal(
            new OcppCloseReason(
                OcppCloseKind.Violation,
                WebSocketCloseStatus.PolicyViolation,
                "The rate exceeds 3 messages per second."
            ),
            Add("a").Violation
        );
        _assembler.Reset();
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(Add("a").Violation);
        _assembler.Reset();
        Assert.NotNull(Add("a").Violation);
    }

    [Fact]
    public void Fragments_without_bytes_count_as_messages()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Null(Add("", isEnd: false).Violation);
        }

        Assert.Equal("The rate exceeds 3 messages per second.", Add("", isEnd: false).Violation?.Description);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("")]
    public void A_message_that_has_begun_must_end_in_time(string begin)
    {
        Add(begin, isEnd: false);
        _assembler.OnWaiting();
        _clock.Advance(OcppSessionOptions.Default.MessageTimeout - TimeSpan.FromTicks(1));
        Add("2", isEnd: false);
        _assembler.OnWaiting();
        Assert.Equal((0, 1), (_timedOut, _clock.ArmedTimers));

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(1, _timedOut);
    }

    [Fact]
    public void Nothing_is_timed_that_has_come_already_and_nothing_between_messages()
    {
        _assembler.OnWaiting();
        Assert.Equal(0, _clock.ArmedTimers);
        Add("[", isEnd: false);
        Add("2", isEnd: false);
        Assert.Equal((null, true), Add("]"));
        Assert.Equal(0, _clock.ArmedTimers);
        _assembler.Reset();

        _assembler.OnWaiting();

        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void A_message_that_ends_in_time_leaves_no_timer_and_the_next_has_its_whole_time()
    {
        Add("[", isEnd: false);
        _assembler.OnWaiting();
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal((null, true), Add("]"));
        Assert.Equal(0, _clock.ArmedTimers);
        _assembler.Reset();

        Add("[", isEnd: false);
        _assembler.OnWaiting();
        _clock.Advance(OcppSessionOptions.Default.MessageTimeout - TimeSpan.FromTicks(1));
        Assert.Equal((0, 1), (_timedOut, _clock.ArmedTimers));

        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(1, _timedOut);
    }

    [Fact]
    public void Disposing_leaves_no_timer()
    {
        Add("[", isEnd: false);
        _assembler.OnWaiting();

        _assembler.Dispose();

        Assert.Equal(0, _clock.ArmedTimers);
    }

    private static (OcppCloseReason? Violation, bool IsComplete) Add(
        MessageAssembler assembler,
        string text,
        bool isEnd
    )
    {
        int count = Encoding.UTF8.GetBytes(text, assembler.Free.Span);
        OcppCloseReason? violation = assembler.Add(
            new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, isEnd),
            out bool isComplete
        );
        return (violation, isComplete);
    }

    private (OcppCloseReason? Violation, bool IsComplete) Add(string text, bool isEnd = true) =>
        Add(_assembler, text, isEnd);

    private (OcppCloseReason? Violation, bool IsComplete) AddInPieces(string text)
    {
        while (true)
        {
            int length = Math.Min(text.Length, _assembler.Free.Length);
            (OcppCloseReason? Violation, bool IsComplete) added = Add(text[..length], length == text.Length);
            text = text[length..];
            if (text.Length == 0 || added.Violation is not null)
            {
                return added;
            }
        }
    }

    private string Text() => Encoding.UTF8.GetString(_assembler.Message);
}
