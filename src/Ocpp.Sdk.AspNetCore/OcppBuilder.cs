using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Stations;

namespace Ocpp.AspNetCore;

/// <summary>Says which stations there are.</summary>
/// <param name="services">The application's services.</param>
public sealed class OcppBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>
    /// Asks the application's own store which stations there are. If it can't be made, because a service that it needs
    /// is missing, the application does not start.
    /// </summary>
    /// <param name="lifetime">Defaults to scoped: each connection asks in a scope of its own.</param>
    public OcppBuilder AddStationStore<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore
    >(ServiceLifetime lifetime = ServiceLifetime.Scoped)
        where TStore : class, IOcppStationStore
    {
        Services.Add(new ServiceDescriptor(typeof(IOcppStationStore), typeof(TStore), lifetime));
        return this;
    }

    /// <summary>Asks a store that the application has made, for all connections. It is not disposed.</summary>
    /// <param name="store">The store. Must be thread-safe.</param>
    public OcppBuilder AddStationStore(IOcppStationStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Services.AddSingleton(store);
        return this;
    }

    /// <summary>Asks a store that the application makes itself.</summary>
    /// <param name="factory">Makes the store. If it throws, the application does not start.</param>
    /// <inheritdoc cref="AddStationStore{TStore}(ServiceLifetime)"/>
    public OcppBuilder AddStationStore(
        Func<IServiceProvider, IOcppStationStore> factory,
        ServiceLifetime lifetime = ServiceLifetime.Scoped
    )
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Add(new ServiceDescriptor(typeof(IOcppStationStore), factory, lifetime));
        return this;
    }

    /// <summary>
    /// Knows every identity and asks for no credentials: for trials. Where a profile is required, a certificate still
    /// lets in, a password nobody. The identity of a session is as its station has it, in upper or lower case.
    /// </summary>
    public OcppBuilder AllowAnyStation()
    {
        Services.AddSingleton<IOcppStationStore, AnyStation>();
        return this;
    }
}
