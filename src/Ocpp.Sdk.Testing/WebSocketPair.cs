using System.Net.WebSockets;

namespace Ocpp.Testing;

/// <summary>
/// Two WebSockets joined in memory, with the framing, masking and closing of real ones: give one to an
/// <see cref="OcppSession"/> and play its peer with the other, well or badly.
/// </summary>
public sealed class WebSocketPair : IDisposable
{
    /// <summary>
    /// How many bytes are under way in each direction by default until sending waits for the other side to receive: 64
    /// KiB.
    /// </summary>
    public const int DefaultCapacity = 64 * 1024;

    private WebSocketPair(MemoryStreamEnd client, MemoryStreamEnd server, string? subprotocol)
    {
        ClientStream = client;
        ServerStream = server;
        Client = Open(client, isServer: false, subprotocol);
        Server = Open(server, isServer: true, subprotocol);
    }

    /// <summary>The charging station's side: it masks what it sends.</summary>
    public WebSocket Client { get; }

    /// <summary>The CSMS's side.</summary>
    public WebSocket Server { get; }

    /// <summary>What <see cref="Client"/> writes its frames to: write to it what no WebSocket would send.</summary>
    public Stream ClientStream { get; }

    /// <summary>What <see cref="Server"/> writes its frames to.</summary>
    public Stream ServerStream { get; }

    /// <summary>Makes two open WebSockets.</summary>
    /// <param name="subprotocol">What both have agreed on, such as <c>ocpp2.0.1</c>.</param>
    /// <param name="capacity">
    /// How many bytes are under way in each direction until sending waits for the other side to receive.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public static WebSocketPair Create(string? subprotocol = null, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (MemoryStreamEnd client, MemoryStreamEnd server) = MemoryStreamEnd.CreatePair(capacity);
        return new WebSocketPair(client, server, subprotocol);
    }

    /// <summary>Breaks the connection, as a pulled cable does: neither side sees a close frame.</summary>
    public void Cut()
    {
        ClientStream.Dispose();
        ServerStream.Dispose();
    }

    /// <summary>Drops both sides.</summary>
    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    // No keep-alive: its pings would come by the machine's clock.
    private static WebSocket Open(Stream stream, bool isServer, string? subprotocol) =>
        WebSocket.CreateFromStream(
            stream,
            new WebSocketCreationOptions
            {
                IsServer = isServer,
                SubProtocol = subprotocol,
                KeepAliveInterval = TimeSpan.Zero,
            }
        );
}
