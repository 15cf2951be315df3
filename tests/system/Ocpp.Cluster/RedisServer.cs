using System.Globalization;
using System.Net.Sockets;

namespace Ocpp.Cluster;

/// <summary>A Redis of the trial's own, which keeps what it has in a folder.</summary>
internal sealed class RedisServer(string folder, int port) : IAsyncDisposable
{
    private ChildProcess? _server;

    public string Address { get; } = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";

    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        _server = new ChildProcess(
            "redis-server",
            "--port",
            port.ToString(CultureInfo.InvariantCulture),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder,
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--logfile",
            Path.Combine(folder, "log")
        );
        while (!await IsListeningAsync())
        {
            await Task.Delay(50); // it has no way to say so
        }
    }

    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            await server.KillAsync();
            server.Dispose();
            _server = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<bool> IsListeningAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
