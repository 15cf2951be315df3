using System.Net.WebSockets;

namespace Ocpp.CertificateKill;

/// <summary>
/// A WebSocket over which now and then a message of the station takes its time, so that kills find answers under way.
/// </summary>
internal sealed class SlowLine(WebSocket socket, Random random) : WebSocket
{
    private const int SlowPercent = 30;
    private const int LongestDelay = 250; // ms

    public override WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public override string? CloseStatusDescription => socket.CloseStatusDescription;

    public override WebSocketState State => socket.State;

    public override string? SubProtocol => socket.SubProtocol;

    public static async Task<WebSocket> ConnectAsync(Uri url, Random random, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol("ocpp2.0.1");
            await socket.ConnectAsync(url, cancellationToken);
            return new SlowLine(socket, random);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override async Task SendAsync(
        ArraySegment<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    )
    {
        await DelayAsync(cancellationToken);
        await socket.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    public override async ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer,
        WebSocketMessageType messageType,
        bool endOfMessage,
        CancellationToken cancellationToken
    )
    {
        await DelayAsync(cancellationToken);
        await socket.SendAsync(buffer, messageType, endOfMessage, cancellationToken);
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer,
        CancellationToken cancellationToken
    ) => socket.ReceiveAsync(buffer, cancellationToken);

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken
    ) => socket.ReceiveAsync(buffer, cancellationToken);

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => socket.CloseAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus,
        string? statusDescription,
        CancellationToken cancellationToken
    ) => socket.CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort() => socket.Abort();

    public override void Dispose() => socket.Dispose();

    // One sends at a time, so that the numbers are drawn one at a time.
    private Task DelayAsync(CancellationToken cancellationToken) =>
        random.Next(100) < SlowPercent ? Task.Delay(random.Next(LongestDelay), cancellationToken) : Task.CompletedTask;
}
