using System.Net.WebSockets;
using System.Text;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>Messages as bytes, for a station that keeps to no rule.</summary>
internal static class RawMessages
{
    private const string Begin = """[2,"1","DataTransfer",{"vendorId":"v","data":" """;
    private const string End = "\"}]";

    /// <summary>A valid request of an exact size.</summary>
    public static byte[] OfSize(int size) =>
        Encoding.UTF8.GetBytes(Begin.TrimEnd() + new string('x', size - Begin.TrimEnd().Length - End.Length) + End);

    public static async Task SendAsync(this ClientWebSocket socket, ReadOnlyMemory<byte> message, int pieceSize)
    {
        while (message.Length > pieceSize)
        {
            await socket.SendAsync(
                message[..pieceSize],
                WebSocketMessageType.Text,
                endOfMessage: false,
                CancellationToken.None
            );
            message = message[pieceSize..];
        }

        await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    /// <summary>Receives what fits; the text of a message, or nothing when it was a close frame.</summary>
    public static async Task<string?> ReceiveTextAsync(this ClientWebSocket socket)
    {
        byte[] buffer = new byte[100_000];
        int count = 0;
        while (true)
        {
            ValueWebSocketReceiveResult received = await socket
                .ReceiveAsync(buffer.AsMemory(count), CancellationToken.None)
                .AsTask()
                .WaitAsync(CsmsHost.Patience);
            count += received.Count;
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, count);
            }
        }
    }
}
