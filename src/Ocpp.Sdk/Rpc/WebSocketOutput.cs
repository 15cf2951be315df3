using System.Net.WebSockets;

namespace Ocpp.Rpc;

/// <summary>
/// The sending half of a WebSocket. It is not cancelled, since that aborts a WebSocket: the sender limits the time.
/// </summary>
internal sealed class WebSocketOutput(WebSocket socket) : IFrameOutput
{
    public bool IsOpen => socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);

    public Task CloseAsync(WebSocketCloseStatus status, string description) =>
        socket.CloseOutputAsync(status, description, CancellationToken.None);
}
