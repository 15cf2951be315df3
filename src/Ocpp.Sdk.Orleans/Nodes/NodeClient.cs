using Orleans.Runtime.Services;

namespace Ocpp.Orleans.Nodes;

/// <summary>Reaches the service of a node.</summary>
internal sealed class NodeClient(
    IServiceProvider services,
    IClusterMembershipService membership,
    NodeLosses losses,
    ILocalSiloDetails silo
) : GrainServiceClient<INodeService>(services), INodes
{
    /// <inheritdoc/>
    public SiloAddress Self => silo.SiloAddress;

    /// <summary>The nodes that are alive, as this one knows it.</summary>
    public IReadOnlyList<SiloAddress> Nodes =>
        [
            .. membership
                .CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active)
                .Select(member => member.SiloAddress),
        ];

    /// <inheritdoc/>
    public bool IsDead(SiloAddress node) => membership.CurrentSnapshot.GetSiloStatus(node) == SiloStatus.Dead;

    /// <inheritdoc/>
    public Task WhenDeadAsync(SiloAddress node) => losses.WhenLostAsync(node);

    /// <inheritdoc/>
    public INodeService this[SiloAddress node] => GetGrainService(node);
}
