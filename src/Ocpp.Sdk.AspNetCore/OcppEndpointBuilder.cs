using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Ocpp.Rpc;

namespace Ocpp.AspNetCore;

/// <summary>What an endpoint does: who handles which request, and how stations authenticate.</summary>
public sealed class OcppEndpointBuilder : IOcppHandlers
{
    private readonly OcppHandlers[] _handlers;
    private readonly IServiceProvider _services;

    internal OcppEndpointBuilder(IEnumerable<OcppProtocol> protocols, IServiceProvider services)
    {
        Protocols = [.. protocols];
        _handlers = [.. Protocols.Select(protocol => new OcppHandlers(protocol))];
        _services = services;
    }

    /// <inheritdoc/>
    public IReadOnlyList<OcppProtocol> Protocols { get; }

    internal IReadOnlyList<OcppHandlers> Handlers => _handlers;

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
        ArgumentNullException.ThrowIfNull(handler);

        // A type belongs to one protocol, as a rule, so that nobody has to say to which.
        OcppHandlers[] matches = [.. _handlers.Where(handlers => handler.IsFor(handlers.Protocol))];
        if (matches.Length == 0)
        {
            throw new ArgumentException(
                $"{handler.RequestType} is not a message of {string.Join(" or ", Protocols.Select(protocol => protocol.Subprotocol))}."
            );
        }

        Array.ForEach(matches, handlers => handlers.Add(handler));
        return this;
    }

    /// <inheritdoc/>
    public IOcppHandlers Use(Func<OcppRequestDelegate, OcppRequestDelegate> filter)
    {
        Array.ForEach(_handlers, handlers => handlers.Use(filter));
        return this;
    }
}
