using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ocpp.Orleans.Nodes;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health check of a node of a cluster.</summary>
public static class OcppClusterHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the cluster, as this node sees it. It is unhealthy while this node is not an active one: it
    /// starts or stops, the other nodes have declared it dead, or it is not in the membership store. It is degraded
    /// while the membership store can't be reached within 5 seconds, or a node is suspected of being lost. It reports
    /// this node under <c>node</c>, the number of active nodes under <c>nodes</c>, and those that are suspected under
    /// <c>suspected</c>.
    /// </summary>
    /// <remarks>
    /// Each check reads the membership store once. How many stations this node holds is reported by <c>AddOcpp</c>.
    /// </remarks>
    public static IHealthChecksBuilder AddOcppCluster(
        this IHealthChecksBuilder builder,
        string name = "ocpp-cluster",
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<ClusterHealthCheck>(name, HealthStatus.Unhealthy, tags ?? []);
    }
}
