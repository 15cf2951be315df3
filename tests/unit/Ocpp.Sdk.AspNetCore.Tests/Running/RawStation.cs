using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>
/// A station's end of TCP, upgraded to WebSocket: the test writes every byte, and sees every byte and how it ends.
/// </summary>
internal sealed class RawStation : IDisposable
{
    private const string EndOfHead = "\r\n\r\n";

    private readonly TcpClient _client;
    private readonly Stream _stream;

    private RawStation(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    public static async Task<RawStation> OpenAsync(Uri url, string protocol = "ocpp2.0.1")
    {
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        var station = new RawStation(client);
        await station._stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: "
                    + $"websocket\r\n"
                    + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    + $"Sec-WebSocket-Protocol: {protocol}{EndOfHead}"
            )
        );
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith(EndOfHead, StringComparison.Ordinal))
        {
            Assert.Equal(1, await station.ReadAsync(one));
            head.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return station;
    }

    public async Task WriteAsync(string hex) => await _stream.WriteAsync(Convert.FromHexString(hex));

    /// <summary>Receives as many bytes.</summary>
    /// <returns>In hexadecimal; fewer if the connection ends before.</returns>
    public async Task<string> ReadAsync(int count)
    {
        var all = new StringBuilder();
        byte[] one = new byte[1];
        while (all.Length < 2 * count && await ReadAsync(one) == 1)
        {
            all.Append(Convert.ToHexString(one));
        }

        return all.ToString();
    }

    /// <summary>Waits until the connection has ended, in order or not.</summary>
    public async Task EndAsync()
    {
        try
        {
            while (await ReadAsync(new byte[64]) > 0) { }
        }
        catch (IOException)
        {
            // Reset: nothing comes any more.
        }
    }

    /// <summary>A close frame of a server, in hexadecimal.</summary>
    public static string Close(int code) => string.Create(CultureInfo.InvariantCulture, $"8802{code:X4}");

    public void Dispose() => _client.Dispose();

    private Task<int> ReadAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer).AsTask().WaitAsync(CsmsHost.Patience);
}
