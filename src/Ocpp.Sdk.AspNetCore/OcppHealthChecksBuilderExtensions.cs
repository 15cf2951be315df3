using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ocpp.AspNetCore;

// Where ASP.NET Core's developers look for it.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health check of OCPP endpoints.</summary>
public static class OcppHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that reports under <c>connected</c> how many stations are connected, and is degraded when there are
    /// as many as <see cref="OcppOptions.MaxConnections"/> allows, or the application stops.
    /// </summary>
    public static IHealthChecksBuilder AddOcpp(
        this IHealthChecksBuilder builder,
        string name = "ocpp",
        IEnumerable<string>? tags = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<OcppHealthCheck>(name, HealthStatus.Degraded, tags ?? []);
    }
}
