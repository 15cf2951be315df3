using System.Net;
using System.Net.Sockets;

namespace Ocpp.Orleans.Tests.Running;

/// <summary>Some nodes of a CSMS in this process.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<Node> _nodes = [];
    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>How long anything is waited for that should come at once.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    public Node this[int index] => _nodes[index];

    public static async Task<Cluster> StartAsync(int nodes)
    {
        var cluster = new Cluster();
        for (int i = 0; i < nodes; i++)
        {
            await cluster.AddNodeAsync();
        }

        return cluster;
    }

    public async Task<Node> AddNodeAsync()
    {
        Node node = await Node.StartAsync(_id, FindFreePort(), _nodes.FirstOrDefault()?.SiloPort);
        _nodes.Add(node);
        foreach (Node one in _nodes)
        {
            await one.WhenClusterHasAsync(_nodes.Count(other => !other.IsStopped)).WaitAsync(Patience);
        }

        return node;
    }

    public async ValueTask DisposeAsync()
    {
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            await _nodes[i].DisposeAsync();
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
