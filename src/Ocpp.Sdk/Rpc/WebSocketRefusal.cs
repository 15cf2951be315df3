using System.Net.WebSockets;

namespace Ocpp.Rpc;

/// <summary>
/// Bytes that .NET's WebSocket itself refuses: invalid UTF-8, frames that are not masked, of an unknown kind, or out of
/// order. It sends the close frame by itself, and can't be read from any more.
/// </summary>
internal static class WebSocketRefusal
{
    /// <summary>
    /// What .NET throws for invalid UTF-8: the only refusal without words of its own, but for an invalid close frame.
    /// </summary>
    private static readonly string s_wordless = new WebSocketException(WebSocketError.Faulted).Message;

    public static bool IsOne(Exception? exception) =>
        exception is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted };

    public static OcppCloseReason Of(WebSocketException exception) =>
        exception.Message == s_wordless
            ? new(OcppCloseKind.Violation, WebSocketCloseStatus.InvalidPayloadData, "The message is not valid UTF-8.")
            {
                Exception = exception,
            }
            : new(OcppCloseKind.Violation, WebSocketCloseStatus.ProtocolError, "Invalid WebSocket frame.")
            {
                Exception = exception,
            };
}
