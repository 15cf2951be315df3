using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ocpp.Orleans.Nodes;

/// <summary>
/// Registers the connections of this node again when another node has left, for the grains of some of them may have
/// been there; and from time to time, for whatever else a cluster may have lost.
/// </summary>
internal sealed class RegistrationKeeper(
    NodeConnections connections,
    NodeLosses losses,
    IClusterMembershipService membership,
    TimeProvider timeProvider,
    ILogger<RegistrationKeeper> logger
) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            FollowLossesAsync(stoppingToken),
            FollowMembershipAsync(stoppingToken),
            RenewFromTimeToTimeAsync(stoppingToken)
        );

    /// <summary>Apart from what follows from a loss, which may wait for other nodes.</summary>
    private async Task FollowLossesAsync(CancellationToken cancellationToken)
    {
        await foreach (
            ClusterMembershipSnapshot snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken)
        )
        {
            foreach (ClusterMember member in snapshot.Members.Values.Where(one => one.Status == SiloStatus.Dead))
            {
                losses.Add(member.SiloAddress);
            }
        }
    }

    private async Task FollowMembershipAsync(CancellationToken cancellationToken)
    {
        HashSet<SiloAddress> before = [];
        await foreach (
            ClusterMembershipSnapshot snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken)
        )
        {
            HashSet<SiloAddress> active =
            [
                .. snapshot
                    .Members.Values.Where(member => member.Status == SiloStatus.Active)
                    .Select(member => member.SiloAddress),
            ];
            if (!before.IsSubsetOf(active))
            {
                await RenewAsync("a node has left", cancellationToken);
            }

            if (!active.IsSubsetOf(before))
            {
                await connections.Changes.SubscribeAsync();
            }

            before = active;
        }
    }

    private async Task RenewFromTimeToTimeAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_interval * (0.9 + (Random.Shared.NextDouble() * 0.2)), timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await RenewAsync("it is time", cancellationToken);
        }
    }

    private async Task RenewAsync(string reason, CancellationToken cancellationToken)
    {
        OrleansLog.Renewing(logger, connections.Count, reason);
        await connections.RenewAsync(cancellationToken);
    }
}
