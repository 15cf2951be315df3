using System.Net;
using System.Net.Sockets;

namespace Cluster;

/// <summary>
/// Stands for a load balancer: hands each connection to the next node, byte by byte, so that TLS and the certificates
/// of stations pass through. A node that does not accept is passed over.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<Node> _nodes;
    private readonly Task _running;
    private int _next;

    public LoadBalancer(IReadOnlyList<Node> nodes)
    {
        _nodes = nodes;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Where stations connect.</summary>
    public Uri Url => new($"wss://{_listener.LocalEndpoint}/ocpp");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
                connections.RemoveAll(connection => connection.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient station)
    {
        try
        {
            using (station)
            using (TcpClient? node = await ConnectAsync())
            {
                if (node is not null)
                {
                    // One end that closes or resets ends both.
                    await Task.WhenAny(CopyAsync(station, node), CopyAsync(node, station));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (int tries = 0; tries < _nodes.Count; tries++)
        {
            Node node = _nodes[(Interlocked.Increment(ref _next) & int.MaxValue) % _nodes.Count];
            var client = new TcpClient { NoDelay = true };
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, node.StationPort, _stop.Token);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
            }
        }

        return null;
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
        }
        catch (Exception exception)
            when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of a connection.
        }
    }
}
