using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ocpp.TestKit;

namespace Ocpp.Benchmarks.Floor;

/// <summary>Frames of the same sizes over the same WebSockets, and nothing else: no JSON is read or written.</summary>
internal static class RawEnds
{
    private const int BufferSize = 4096;

    public static CsmsHost CreateCsms()
    {
        WebApplication app = CsmsHost.CreateBuilder().Build();
        app.UseWebSockets();
        app.Run(AnswerAllAsync);
        return new CsmsHost(app);
    }

    public static async Task<Func<Task>[]> ConnectAsync(Uri url, int count)
    {
        byte[] request = Frame("""[2,"0123abcd","TransactionEvent",""", FloorRole.Payloads().Request);
        return await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(async _ =>
                {
                    var socket = new ClientWebSocket();
                    await socket.ConnectAsync(url, CancellationToken.None);
                    byte[] buffer = new byte[BufferSize];
                    return (Func<Task>)(
                        async () =>
                        {
                            await SendAsync(socket, request);
                            await ReceiveAsync(socket, buffer);
                        }
                    );
                })
        );
    }

    private static async Task AnswerAllAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] response = Frame("""[3,"0123abcd",""", FloorRole.Payloads().Response);
        byte[] buffer = new byte[BufferSize];
        try
        {
            while (await ReceiveAsync(socket, buffer))
            {
                await SendAsync(socket, response);
            }
        }
        catch (WebSocketException)
        {
            // The stations have ended.
        }
    }

    private static ValueTask SendAsync(WebSocket socket, byte[] frame) =>
        socket.SendAsync(
            frame.AsMemory(),
            WebSocketMessageType.Text,
            WebSocketMessageFlags.EndOfMessage,
            CancellationToken.None
        );

    /// <returns>Whether it was a message.</returns>
    private static async ValueTask<bool> ReceiveAsync(WebSocket socket, byte[] buffer)
    {
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        } while (!received.EndOfMessage);
        return received.MessageType != WebSocketMessageType.Close;
    }

    private static byte[] Frame(string header, byte[] payload) =>
        [.. Encoding.UTF8.GetBytes(header), .. payload, (byte)']'];
}
