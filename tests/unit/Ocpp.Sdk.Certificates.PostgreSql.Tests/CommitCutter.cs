using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>
/// Lies between a store and PostgreSQL, and loses the answers to commits: they happen, and their connections end.
/// </summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly (string Host, int Port) _server;
    private readonly Task _accepting;
    private int _cuts;
    private int _lost;

    private CommitCutter(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        _server = (server.Host!, server.Port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public static CommitCutter Start(string connectionString) => new(connectionString);

    /// <summary>How many commits have lost their answers.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Leads a store through here.</summary>
    public void Configure(NpgsqlConnectionStringBuilder builder)
    {
        builder.Host = "127.0.0.1";
        builder.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        builder.SslMode = SslMode.Disable; // or it could not see commits
        builder.GssEncryptionMode = GssEncryptionMode.Disable;
    }

    /// <summary>From now on, the answers to so many commits are lost.</summary>
    public void Cut(int count) => Volatile.Write(ref _cuts, count);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
                NetworkStream above = client.GetStream();
                NetworkStream below = server.GetStream();
                bool isCut = false;
                Task up = PumpAsync(
                    below,
                    above,
                    _ => Volatile.Read(ref isCut) && Interlocked.Increment(ref _lost) > 0
                );
                Task down = PumpAsync(
                    above,
                    below,
                    sent =>
                    {
                        // The whole statement: READ COMMITTED is another.
                        if (sent.Span.IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Decrement(ref _cuts) >= 0)
                        {
                            Volatile.Write(ref isCut, true);
                        }

                        return false;
                    }
                );
                await Task.WhenAny(up, down);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The test has ended.
            }
        }
    }

    /// <summary>Copies until one end closes, or until what came is not to arrive.</summary>
    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, bool> isLost)
    {
        byte[] buffer = new byte[65536];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var count && !isLost(buffer.AsMemory(0, count)))
            {
                await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One of both has closed the connection.
        }
    }
}
