using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Ocpp.AspNetCore.Handlers;
using Ocpp.Rpc;

namespace Ocpp.AspNetCore;

/// <summary>What an endpoint does: who handles which request, and how stations authenticate.</summary>
public sealed class OcppEndpointBuilder : IOcppHandlers
{
    private readonly IServiceProvider _services;
    private bool _requiresRegistration;

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
    /// Holds each station to how it is registered (part 2, B01 to B03), as the application's own responses to
    /// BootNotification say: a station that it has pending or rejected gets SecurityError for everything but a
    /// BootNotification (B01.FR.10, B02.FR.09, B03.FR.07). One that is pending may also send what a TriggerMessage,
    /// GetBaseReport or GetReport has asked for since that response (B02.FR.02). A protocol without
    /// <see cref="OcppProtocol.Registration"/> is not affected.
    /// <para>
    /// The status stays over a reconnection, and is kept in the memory of this process. A request that is invalid, or
    /// that nothing handles, is answered as such in any state. Call it before adding filters that respond in place of a
    /// handler: those that are added before it are not affected by it.
    /// </para>
    /// </summary>
    /// <param name="refuseUnregistered">
    /// Specifies whether a station that this process has not accepted yet is refused, too. Defaults to
    /// <see langword="false"/>: a station that the CSMS accepted before a restart, or on another node, connects again
    /// without a BootNotification, and the rules concern only a station that got a response.
    /// </param>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public OcppEndpointBuilder RequireRegistration(bool refuseUnregistered = false)
    {
        if (_requiresRegistration)
        {
            throw new InvalidOperationException("The endpoint requires the registration of stations already.");
        }

        _requiresRegistration = true;
        new RegistrationFilter(refuseUnregistered).AddTo(Handlers);
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
