using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;

namespace Ocpp.Rpc;

/// <summary>
/// Puts the messages of the peer together from what the socket receives, and holds the peer to the limits of size, rate
/// and time. Used by the one loop that receives.
/// </summary>
/// <param name="options">The limits and the clock.</param>
/// <param name="session">Refuses a message that takes too long.</param>
internal sealed class MessageAssembler(OcppSessionOptions options, ISessionOfParts session) : IDisposable
{
    /// <summary>
    /// What a connection holds while nothing comes; larger messages borrow more. .NET's WebSocket reads a frame's
    /// header into a buffer of 125 bytes, and as much of the message as fits: at least 117 bytes of a message that is
    /// longer. To take no more than that at first costs no read of the network.
    /// </summary>
    public const int IdleBufferSize = 112;

    /// <summary>What the first buffer that a message borrows has at least: most messages fit in it.</summary>
    private const int BorrowedSize = 4096;

    private readonly byte[] _idle = new byte[IdleBufferSize];
    private byte[]? _borrowed;
    private int _count;
    private MessageRate _rate = new(options.MaxMessagesPerSecond, options.TimeProvider);

    private bool _hasBegun;

    /// <summary>
    /// Runs from when the rest of a message is first waited for to the end of the message. One for all messages.
    /// </summary>
    private ITimer? _timer;
    private bool _isArmed;

    /// <summary>Where the socket puts what it receives next. Never empty.</summary>
    public Memory<byte> Free => (_borrowed ?? _idle).AsMemory(_count);

    /// <summary>The message, once it is complete, until <see cref="Reset"/>.</summary>
    public ReadOnlySpan<byte> Message => (_borrowed ?? _idle).AsSpan(0, _count);

    /// <summary>
    /// Called whenever the socket has nothing to receive yet. The time of a message that has begun runs from the first
    /// such call to its end: what has already arrived takes none, and is limited by size and rate.
    /// </summary>
    public void OnWaiting()
    {
        if (_hasBegun && !_isArmed)
        {
            StartTimer();
        }
    }

    /// <summary>Adds what was received into <see cref="Free"/>; not for a close frame.</summary>
    /// <param name="received">What the socket returned.</param>
    /// <param name="isComplete">Whether the message is complete.</param>
    /// <returns>
    /// The limit that the peer has broken: the connection closes; <see langword="null"/> if all is well.
    /// </returns>
    public OcppCloseReason? Add(ValueWebSocketReceiveResult received, out bool isComplete)
    {
        Debug.Assert(received.MessageType != WebSocketMessageType.Close, "A close frame is no part of a message.");
        Debug.Assert(received.Count <= Free.Length, "What was received is in the buffer.");
        isComplete = false;
        if (received.MessageType == WebSocketMessageType.Binary)
        {
            return Violation(WebSocketCloseStatus.InvalidMessageType, "Binary messages are not supported.");
        }

        // A limit of bytes does not end a message of fragments that have none.
        if (received is { Count: 0, EndOfMessage: false } && !_rate.TryTake())
        {
            return Flood();
        }

        _count += received.Count;
        if (_count > options.MaxMessageSize)
        {
            return Violation(
                WebSocketCloseStatus.MessageTooBig,
                string.Create(CultureInfo.InvariantCulture, $"The message exceeds {options.MaxMessageSize} bytes.")
            );
        }

        if (!received.EndOfMessage)
        {
            _hasBegun = true;
            if (Free.IsEmpty)
            {
                Grow();
            }

            return null;
        }

        _hasBegun = false;
        StopTimer();
        isComplete = true;
        return _rate.TryTake() ? null : Flood();
    }

    /// <summary>Begins a new message.</summary>
    public void Reset()
    {
        _count = 0;
        if (_borrowed is { } borrowed)
        {
            _borrowed = null;
            ArrayPool<byte>.Shared.Return(borrowed);
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Reset();
    }

    private static OcppCloseReason Violation(WebSocketCloseStatus status, string description) =>
        new(OcppCloseKind.Violation, status, description);

    private OcppCloseReason Flood() =>
        Violation(
            WebSocketCloseStatus.PolicyViolation,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The rate exceeds {options.MaxMessagesPerSecond} messages per second."
            )
        );

    /// <summary>
    /// Room for at least one byte more than was received, and never for more than one beyond the limit.
    /// </summary>
    private void Grow()
    {
        int size = (int)Math.Min(Math.Max(4L * _count, BorrowedSize), options.MaxMessageSize + 1L);
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, _count + 1));
        Message.CopyTo(larger);
        int count = _count;
        Reset();
        _borrowed = larger;
        _count = count;
        Debug.Assert(!Free.IsEmpty, "A socket that receives into nothing receives nothing.");
    }

    private void StartTimer()
    {
        _isArmed = true;
        _timer ??= options.TimeProvider.CreateTimer(
            static session => ((ISessionOfParts)session!).RefuseSlowMessage(),
            session,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timer.Change(options.MessageTimeout, Timeout.InfiniteTimeSpan);
    }

    private void StopTimer()
    {
        if (_isArmed)
        {
            _isArmed = false;
            _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
