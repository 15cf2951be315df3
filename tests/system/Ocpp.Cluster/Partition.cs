using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Ocpp.Cluster;

/// <summary>
/// Cuts a node off from Redis and from the other nodes: its connections are aborted, and new ones do not come about.
/// </summary>
internal sealed class Partition : IDisposable
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _silos = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _redis;
    private volatile bool _isCut;

    public Partition(string redis)
    {
        _redis = IPEndPoint.Parse(redis);
        _listener.Start();
        Redis = new ConfigurationOptions { AbortOnConnectFail = false };
        Redis.EndPoints.Add(_listener.LocalEndpoint);
        _ = ForwardAsync();
    }

    /// <summary>Redis, by a way that can be cut.</summary>
    public ConfigurationOptions Redis { get; }

    public void Configure(SiloConnectionOptions connections)
    {
        connections.ConfigureSiloInboundConnection(builder => builder.Use(Watch));
        connections.ConfigureSiloOutboundConnection(builder => builder.Use(Watch));
    }

    public async Task CutAsync(TimeSpan time)
    {
        _isCut = true;
        foreach (ConnectionContext silo in _silos.Keys)
        {
            silo.Abort();
        }

        foreach (Socket socket in _sockets.Keys)
        {
            socket.Dispose();
        }

        await Task.Delay(time);
        _isCut = false;
    }

    public void Dispose() => _listener.Dispose();

    private ConnectionDelegate Watch(ConnectionDelegate next) =>
        async connection =>
        {
            _silos[connection] = true;
            try
            {
                if (_isCut)
                {
                    connection.Abort();
                }

                await next(connection);
            }
            finally
            {
                _silos.TryRemove(connection, out _);
            }
        };

    private async Task ForwardAsync()
    {
        while (true)
        {
            Socket node;
            try
            {
                node = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return; // The node ends.
            }

            _ = ForwardAsync(node);
        }
    }

    private async Task ForwardAsync(Socket node)
    {
        using var redis = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _sockets[node] = true;
        try
        {
            if (!_isCut)
            {
                await redis.ConnectAsync(_redis);
                await await Task.WhenAny(CopyAsync(node, redis), CopyAsync(redis, node));
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // Redis is away, or the connection is cut.
        }
        finally
        {
            _sockets.TryRemove(node, out _);
            node.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer) is > 0 and var count)
        {
            for (int sent = 0; sent < count; )
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
        }
    }
}
