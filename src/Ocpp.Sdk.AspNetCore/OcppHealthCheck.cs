using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ocpp.AspNetCore;

/// <summary>Healthy while stations are accepted; reports how many are connected.</summary>
internal sealed class OcppHealthCheck(OcppConnectionRegistry stations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var data = new Dictionary<string, object> { ["connected"] = stations.Count };
        return Task.FromResult(
            !stations.IsFull
                ? HealthCheckResult.Healthy("Stations are accepted.", data)
                : new HealthCheckResult(
                    context.Registration.FailureStatus,
                    "No more stations are accepted.",
                    null,
                    data
                )
        );
    }
}
