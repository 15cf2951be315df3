using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Ocpp.Rpc;

namespace Ocpp.AspNetCore;

/// <summary>What an endpoint does: who handles which request, and how stations authenticate.</summary>
public sealed class OcppEndpointBuilder : IOcppHandlers
{
    private readonly IServiceProvider _services;

    internal OcppEndpointBuilder(IEnumerable<OcppProtocol> protocols, IServiceProvider services)
    {
        Handlers = new OcppHandlers([.. protocols]);
        _services = services;
    }

    /// <inheritdoc/>
    public IReadOnlyList<OcppProtocol> Protocols => Handlers.Protocols;

    internal OcppHandlers Handlers { get; }

    internal IReadOnlyList<OcppSecurityProfile>? Profiles { get; private set; }

    /// <summary>
    /// Demands one of these profiles. Without it, each of the three will do, and a station without credentials is let
    /// in where the store says so (<see cref="OcppStationAccount.AllowAnonymous"/>).
    /// </summary>
    /// <exception cref="ArgumentException">No profile.</exception>
    public OcppEndpointBuilder RequireProfile(params OcppSecurityProfile[] profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        Profiles =
            profiles.Length > 0
                ? [.. profiles]
                : throw new ArgumentException("At least one profile is required.", nameof(profiles));
        return this;
    }

    /// <summary>
    /// Handles requests in a class: each for which it implements <see cref="IOcppHandler{TRequest, TResponse}"/> or
    /// <see cref="IOcppOneWayHandler{TMessage}"/>. Each request has a scope of its own, from which the constructor of
    /// the class gets its services; the class need not be registered. Instance and scope are disposed of when the
    /// handler has ended.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The class handles no request of a protocol, or one that already has a handler.
    /// </exception>
    public OcppEndpointBuilder Handle<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
    >()
        where THandler : class
    {
        this.Handle<THandler>(_services);
        return this;
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    public IOcppHandlers Add(OcppRequestHandler handler)
    {
        Handlers.Add(handler);
        return this;
    }

    /// <inheritdoc/>
    public IOcppHandlers Use(Func<OcppRequestDelegate, OcppRequestDelegate> filter)
    {
        Handlers.Use(filter);
        return this;
    }
}
