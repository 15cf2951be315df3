using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Ocpp.Tests.WebSockets;

/// <summary>
/// The server's end of TCP on the loopback, with or without TLS: a test sees every byte, and answers as it likes.
/// </summary>
internal sealed class RawCsms : IAsyncDisposable
{
    private const string EndOfHead = "\r\n\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<RawRequest, Task> _answer;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly Task _accepting;
    private readonly Channel<Exception> _tlsFailures = Channel.CreateUnbounded<Exception>();

    /// <param name="answer">Answers a request; the connection is cut when it ends.</param>
    /// <param name="tls">TLS, if any.</param>
    public RawCsms(Func<RawRequest, Task> answer, SslServerAuthenticationOptions? tls = null)
    {
        _answer = answer;
        _tls = tls;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url =>
        new($"{(_tls is null ? "ws" : "wss")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/ocpp");

    /// <summary>
    /// Why TLS failed on the server's side, for each connection where it did: the station may know of it before.
    /// </summary>
    public ChannelReader<Exception> TlsFailures => _tlsFailures.Reader;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    /// <summary>Answers with a status, and nothing else.</summary>
    public static Func<RawRequest, Task> Status(string status) =>
        request => request.WriteAsync($"HTTP/1.1 {status}\r\nContent-Length: 0{EndOfHead}");

    /// <summary>Completes the handshake of a WebSocket.</summary>
    /// <returns>The CSMS's end of it.</returns>
    public static async Task<WebSocket> UpgradeAsync(
        RawRequest request,
        string? subProtocol = "ocpp2.0.1",
        string? accept = null
    )
    {
        string guid = request.Headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
#pragma warning disable CA5350 // The handshake is defined with SHA-1 (RFC 6455 section 4.2.2).
        accept ??= Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(guid)));
#pragma warning restore CA5350
        bool isCompressed = request.Headers.ContainsKey("Sec-WebSocket-Extensions");
        string protocolLine = subProtocol is null ? "" : $"\r\nSec-WebSocket-Protocol: {subProtocol}";
        string extensionLine = isCompressed ? "\r\nSec-WebSocket-Extensions: permessage-deflate" : "";
        await request.WriteAsync(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + $"{accept}{protocolLine}{extensionLine}{EndOfHead}"
        );
        return WebSocket.CreateFromStream(
            request.Stream,
            new WebSocketCreationOptions
            {
                IsServer = true,
                SubProtocol = subProtocol,
                DangerousDeflateOptions = isCompressed ? new WebSocketDeflateOptions() : null,
            }
        );
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_closing.Token);
                serving.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_closing.IsCancellationRequested)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        Stream stream = client.GetStream();
        try
        {
            if (_tls is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await secured.AuthenticateAsServerAsync(_tls, _closing.Token);
            }

            if (await ReadHeadAsync(stream) is { } head)
            {
                await _answer(RawRequest.Parse(head, stream, _closing.Token));
            }
        }
        catch (Exception exception) when (_tls is not null && stream is SslStream { IsAuthenticated: false })
        {
            _tlsFailures.Writer.TryWrite(exception);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or WebSocketException)
        {
            // The station went away, or the test has ended.
        }
    }

    private async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith(EndOfHead, StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _closing.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
