using Orleans.Runtime.Services;

namespace Ocpp.Orleans.Nodes;

/// <summary>Reaches the service of a node.</summary>
internal sealed class NodeClient(
    IServiceProvider services,
    IClusterMembershipService membership,
    ILocalSiloDetails silo
) : GrainServiceClient<INodeService>(services)
{
    /// <summary>This node.</summary>
    public SiloAddress Self => silo.SiloAddress;

    /// <summary>The nodes that are alive, as this one knows it.</summary>
    public IReadOnlyList<SiloAddress> Nodes =>
        [
            .. membership
                .CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active)
                .Select(member => member.SiloAddress),
        ];

    /// <summary>Whether a node is known to have left the cluster for good.</summary>
    public bool IsDead(SiloAddress node) => membership.CurrentSnapshot.GetSiloStatus(node) == SiloStatus.Dead;

    /// <summary>The service of a node.</summary>
    public INodeService this[SiloAddress node] => GetGrainService(node);
}
