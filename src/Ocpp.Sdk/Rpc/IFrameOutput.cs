using System.Net.WebSockets;

namespace Ocpp.Rpc;

/// <summary>Where a <see cref="FrameSender"/> sends to: a WebSocket, or what a test puts in its place.</summary>
internal interface IFrameOutput
{
    /// <summary>Whether a frame can still be sent: no close frame has been, and the connection is there.</summary>
    bool IsOpen { get; }

    /// <summary>Sends one message of text.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame);

    /// <summary>Sends the close frame.</summary>
    Task CloseAsync(WebSocketCloseStatus status, string description);
}
