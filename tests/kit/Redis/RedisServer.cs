using System.Net;
using System.Net.Sockets;

namespace Ocpp.TestKit;

/// <summary>
/// A Redis of its own, on a free port of the loopback interface. It keeps nothing, and ends with the process that
/// started it, even when that is killed.
/// </summary>
internal sealed class RedisServer : IDisposable
{
    // Waits for commands on its input, and stops the server when that ends.
    private const string Script = """
        start() {
          redis-server --bind 127.0.0.1 --port "$port" --save '' --appendonly no --dir /tmp > /dev/null 2>&1 &
          server=$!
        }
        port=$1
        start
        echo started
        while read -r command; do
          case $command in
            stop) kill -TERM "$server"; wait "$server" ;;
            start) start ;;
          esac
          echo "$command"
        done
        kill -TERM "$server" 2> /dev/null
        wait "$server"
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _server;
    private readonly int _port;

    private RedisServer(ChildProcess server, int port)
    {
        _server = server;
        _port = port;
    }

    /// <summary>Why no Redis can be started here; <see langword="null"/> if one can.</summary>
    public static string? WhyNone { get; } =
        OperatingSystem.IsWindows() ? "On Windows no Redis is started."
        : IsInPath("redis-server") ? null
        : "Redis is not installed: no redis-server in PATH.";

    /// <summary>Host and port.</summary>
    public string Address => $"127.0.0.1:{_port}";

    public static async Task<RedisServer> StartAsync()
    {
        int port = FindPort();
        var server = new RedisServer(new ChildProcess("sh", "-c", Script, "sh", $"{port}"), port);
        await server._server.ReadLineAsync();
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Stops it. What it had is lost.</summary>
    public Task StopAsync() => _server.AskAsync("stop");

    /// <summary>Starts it again, empty.</summary>
    public async Task StartAgainAsync()
    {
        await _server.AskAsync("start");
        await WaitUntilReadyAsync();
    }

    public void Dispose() => _server.Dispose();

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (!await IsReadyAsync(limit.Token))
        {
            await Task.Delay(50, limit.Token); // it has no way to say so
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            return await new StreamReader(client.GetStream()).ReadLineAsync(cancellationToken) == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private static bool IsInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static int FindPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
