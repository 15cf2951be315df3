using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Ocpp.AspNetCore;

/// <summary>Says which stations there are.</summary>
/// <param name="services">The application's services.</param>
public sealed class OcppBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Asks the application's own store which stations there are.</summary>
    /// <param name="lifetime">Scoped unless told: each connection asks in a scope of its own.</param>
    public OcppBuilder AddStationStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, IOcppStationStore
    {
        Services.Add(new ServiceDescriptor(typeof(IOcppStationStore), typeof(TStore), lifetime));
        return this;
    }

    /// <summary>
    /// Knows every identity and asks for no credentials: for trials. Where a profile is required, a certificate still lets
    /// in, a password nobody.
    /// </summary>
    public OcppBuilder AllowAnyStation()
    {
        Services.AddSingleton<IOcppStationStore, AnyStation>();
        return this;
    }
}
