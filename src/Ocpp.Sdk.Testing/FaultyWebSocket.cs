using System.Net.WebSockets;

namespace Ocpp.Testing;

/// <summary>A WebSocket whose messages meet faults as they are sent.</summary>
internal sealed class FaultyWebSocket(
    WebSocket inner,
    TimeProvider clock,
    Func<ReadOnlyMemory<byte>, OcppFault> choose,
    Action cut
) : WebSocket
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>The delayed messages, and those behind them.</summary>
    private Task _underWay = Task.CompletedTask;

    public override WebSocketCloseStatus? CloseStatus => inner.CloseStatus;

    public override string? CloseStatusDescription => inner.CloseStatusDescription;

    public override WebSocketState State => inner.State;

    public override string? SubProtocol => inner.SubProtocol;

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer,
        WebSocketMessageType messageType,
        WebSocketMessageFlags messageFlags,
        CancellationToken cancellationToken
    )
    {
        OcppFault fault = choose(buffer);
        switch (fault.Kind)
        {
            case OcppFaultKind.Drop:
                return ValueTask.CompletedTask;
            case OcppFaultKind.Cut:
                cut();
                return ValueTask.CompletedTask;
            case OcppFaultKind.Replace:
                buffer = fault.Bytes;
                break;
        }

        if (fault.Kind != OcppFaultKind.Delay && _underWay.IsCompleted)
        {
            return inner.SendAsync(buffer, messageType, messageFlags, cancellationToken);
        }

        _underWay = SendLaterAsync(_underWay, fault.Time, buffer.ToArray(), messageType, messageFlags);
        return ValueTask.CompletedTask;
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    ) =>
        SendAsync(buffer, messageType, endOfMessage ? WebSocketMessageFlags.EndOfMessage : default, cancellationToken)
            .AsTask();

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken
    ) => inner.ReceiveAsync(buffer, cancellationToken);

    public override Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    ) => inner.ReceiveAsync(buffer, cancellationToken);

    public override async Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    )
    {
        await _underWay.WaitAsync(cancellationToken).ConfigureAwait(false);
        await inner.CloseOutputAsync(closeStatus, statusDescription, cancellationToken).ConfigureAwait(false);
    }

    public override async Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    )
    {
        await _underWay.WaitAsync(cancellationToken).ConfigureAwait(false);
        await inner.CloseAsync(closeStatus, statusDescription, cancellationToken).ConfigureAwait(false);
    }

    public override void Abort()
    {
        _ended.Cancel();
        inner.Abort();
    }

    public override void Dispose()
    {
        _ended.Cancel();
        inner.Dispose();
    }

    private async Task SendLaterAsync(
        Task before,
        TimeSpan delay,
        ReadOnlyMemory<byte> message,
        WebSocketMessageType messageType,
        WebSocketMessageFlags messageFlags
    )
    {
        try
        {
            await Task.WhenAll(before, Task.Delay(delay, clock, _ended.Token)).ConfigureAwait(false);
            await inner.SendAsync(message, messageType, messageFlags, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection ended first: what was under way is lost, as with any other.
        }
    }
}
