using System.Net;
using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Nodes;

namespace Ocpp.Orleans.Tests.Running;

/// <summary>Nodes that only take calls.</summary>
internal sealed class FakeNodes : INodes
{
    private readonly Dictionary<SiloAddress, FakeNode> _nodes = [];

    public SiloAddress Self { get; } = AddressOf(0);

    /// <summary>Those that are known to be lost.</summary>
    public HashSet<SiloAddress> Lost { get; } = [];

    INodeService INodes.this[SiloAddress node] => Get(node);

    public FakeNode this[int node] => Get(AddressOf(node));

    public static NodeConnection ConnectionTo(int node) =>
        new(Guid.NewGuid(), AddressOf(node), "CS-1", "ocpp2.0.1", DateTimeOffset.UnixEpoch);

    public bool IsDead(SiloAddress node) => Lost.Contains(node);

    public Task WhenDeadAsync(SiloAddress node) => Get(node).Death.Task;

    private FakeNode Get(SiloAddress node) =>
        _nodes.TryGetValue(node, out FakeNode? known) ? known : _nodes[node] = new FakeNode();

    private static SiloAddress AddressOf(int node) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1 + node), 0);
}
