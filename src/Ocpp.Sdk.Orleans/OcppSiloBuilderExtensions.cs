using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Ocpp.AspNetCore;
using Ocpp.Orleans;
using Ocpp.Orleans.Nodes;

// Where developers of Orleans look for it.
namespace Orleans.Hosting;

/// <summary>Makes a CSMS one of several nodes.</summary>
public static class OcppSiloBuilderExtensions
{
    /// <summary>
    /// Makes <see cref="IOcppStations"/> reach all stations of the cluster, and keeps one connection for each station:
    /// a newer one replaces the one before, on whatever node that is. Call it on each node, beside
    /// <c>services.AddOcpp()</c>; which nodes form the cluster is configured as usual with Orleans.
    /// </summary>
    /// <param name="silo">The node.</param>
    public static ISiloBuilder AddOcpp(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        if (silo.Services.Any(service => service.ServiceType == typeof(NodeConnections)))
        {
            return silo;
        }

        silo.AddGrainService<NodeService>().AddActivityPropagation();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<NodeClient>();
        silo.Services.AddSingleton<NodeLosses>();
        silo.Services.AddSingleton<StationRoutes>();
        silo.Services.AddSingleton<ChangeFeed>();
        silo.Services.AddSingleton<NodeConnections>();
        silo.Services.AddSingleton<IOcppConnectionLifetime>(static provider =>
            provider.GetRequiredService<NodeConnections>()
        );
        silo.Services.AddHostedService<RegistrationKeeper>();
        silo.Services.Replace(ServiceDescriptor.Singleton<IOcppStations, ClusterStations>());
        return silo;
    }
}
