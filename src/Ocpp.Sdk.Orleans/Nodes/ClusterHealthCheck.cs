using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Ocpp.Orleans.Nodes;

/// <summary>
/// Healthy while this node is an active one of the cluster, the membership store can be reached, and no node is
/// suspected of being lost.
/// </summary>
internal sealed class ClusterHealthCheck(
    IClusterMembershipService membership,
    IMembershipTable store,
    ILocalSiloDetails silo,
    IOptions<ClusterMembershipOptions> options,
    TimeProvider timeProvider
) : IHealthCheck
{
    /// <summary>How long the store may take.</summary>
    private static readonly TimeSpan s_storeTimeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        ClusterMembershipSnapshot known = membership.CurrentSnapshot;
        var data = new Dictionary<string, object>
        {
            ["node"] = silo.SiloAddress.ToParsableString(),
            ["nodes"] = known.Members.Values.Count(member => member.Status == SiloStatus.Active),
        };
        if (known.GetSiloStatus(silo.SiloAddress) is var own and not SiloStatus.Active)
        {
            return Failed($"This node is not active: {own}.");
        }

        MembershipTableData stored;
        try
        {
            stored = await store
                .ReadAllAsync(cancellationToken)
                .WaitAsync(s_storeTimeout, timeProvider, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Each provider has exceptions of its own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Degraded("The membership store can't be reached.", exception, data);
        }

        switch (stored.TryGet(silo.SiloAddress)?.Item1.Status)
        {
            case SiloStatus.Active:
                break;

            // The store has lost its data, and another node has begun a cluster in it.
            case null:
                return Failed("This node is not in the membership store.");

            // It was paused or cut off, and has not read the membership since.
            case var status:
                return Failed($"The other nodes take this node for {status}.");
        }

        string[] suspected = [.. stored.Members.Select(member => member.Item1).Where(IsSuspected).Select(NameOf)];
        data["suspected"] = suspected;
        return suspected.Length == 0
            ? HealthCheckResult.Healthy("The cluster is complete.", data)
            : HealthCheckResult.Degraded($"Suspected of being lost: {string.Join(", ", suspected)}.", null, data);

        HealthCheckResult Failed(string description) =>
            new(context.Registration.FailureStatus, description, null, data);
    }

    private static string NameOf(MembershipEntry node) => node.SiloAddress.ToParsableString();

    /// <summary>Whether a node has a vote against it that counts.</summary>
    private bool IsSuspected(MembershipEntry node)
    {
        DateTime since = timeProvider.GetUtcNow().UtcDateTime - options.Value.DeathVoteExpirationTimeout;
        return node.Status == SiloStatus.Active && node.SuspectTimes?.Exists(vote => vote.Item2 > since) == true;
    }
}
