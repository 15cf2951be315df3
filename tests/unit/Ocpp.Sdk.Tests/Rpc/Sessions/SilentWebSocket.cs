using System.Net.WebSockets;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>A WebSocket over which nothing comes.</summary>
/// <param name="sent">Ends when the peer takes what is sent; at once unless told.</param>
internal sealed class SilentWebSocket(Task? sent = null) : WebSocket
{
    private readonly TaskCompletionSource<ValueWebSocketReceiveResult> _received = new();

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _received.Task.IsCompleted ? WebSocketState.Aborted : WebSocketState.Open;

    public override string? SubProtocol => null;

    public bool IsDisposed { get; private set; }

    /// <summary>Called at the end of each <see cref="Abort"/>: what waits to receive has gone on then.</summary>
    public Action? Aborted { get; init; }

    public override void Abort()
    {
        Lose();
        Aborted?.Invoke();
    }

    public override void Dispose()
    {
        IsDisposed = true;
        Lose();
    }

    private void Lose() =>
        _received.TrySetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    /// <summary>What is to be received is not: this is thrown.</summary>
    public void Fail(Exception failure) => _received.TrySetException(failure);

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken
    ) => new(_received.Task);

    public override Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public override Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    ) => sent ?? Task.CompletedTask;

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => sent ?? Task.CompletedTask;
}
