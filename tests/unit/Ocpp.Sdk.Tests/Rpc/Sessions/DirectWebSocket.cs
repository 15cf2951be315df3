using System.Net.WebSockets;
using System.Threading.Tasks.Sources;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>
/// A WebSocket that hands what it receives over on the thread that delivers it, allocates nothing, and takes at once
/// what is sent.
/// </summary>
internal sealed class DirectWebSocket : WebSocket, IValueTaskSource<ValueWebSocketReceiveResult>
{
    private ManualResetValueTaskSourceCore<ValueWebSocketReceiveResult> _received;
    private Memory<byte> _buffer;

    /// <summary>What did not fit in the buffer: it is received at once.</summary>
    private byte[] _rest = [];

    /// <summary>The last frame that was sent.</summary>
    public byte[] Last { get; private set; } = [];

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>Whether <see cref="Last"/> is kept, which allocates.</summary>
    public bool KeepsLast { get; set; }

    /// <summary>Receives a message, and returns when all is done that is done on this thread.</summary>
    public void Deliver(ReadOnlySpan<byte> message)
    {
        _received.SetResult(Take(message));
    }

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        _buffer = buffer;
        if (_rest.Length > 0)
        {
            return ValueTask.FromResult(Take(_rest));
        }

        _received.Reset();
        return new ValueTask<ValueWebSocketReceiveResult>(this, _received.Version);
    }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer,
        WebSocketMessageType messageType,
        WebSocketMessageFlags messageFlags,
        CancellationToken cancellationToken
    )
    {
        Last = KeepsLast ? buffer.ToArray() : [];
        return ValueTask.CompletedTask;
    }

    public override void Abort() { }

    private ValueWebSocketReceiveResult Take(ReadOnlySpan<byte> message)
    {
        int count = Math.Min(message.Length, _buffer.Length);
        message[..count].CopyTo(_buffer.Span);
        _rest = message[count..].ToArray();
        return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, _rest.Length == 0);
    }

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public override Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public override void Dispose() { }

    ValueWebSocketReceiveResult IValueTaskSource<ValueWebSocketReceiveResult>.GetResult(short token) =>
        _received.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ValueWebSocketReceiveResult>.GetStatus(short token) =>
        _received.GetStatus(token);

    void IValueTaskSource<ValueWebSocketReceiveResult>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _received.OnCompleted(continuation, state, token, flags);
}
