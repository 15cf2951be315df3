using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.AspNetCore.Handlers;
using Ocpp.Rpc;

namespace Ocpp.AspNetCore;

/// <summary>What an endpoint does: who handles which request, and how stations authenticate.</summary>
public sealed class OcppEndpointBuilder
{
    private readonly OcppHandlers[] _handlers;
    private readonly IServiceProvider _services;

    internal OcppEndpointBuilder(IEnumerable<OcppProtocol> protocols, IServiceProvider services)
    {
        _handlers = [.. protocols.Select(protocol => new OcppHandlers(protocol))];
        _services = services;
    }

    internal IReadOnlyList<OcppHandlers> Handlers => _handlers;

    internal IReadOnlyList<OcppSecurityProfile>? Profiles { get; private set; }

    /// <summary>
    /// Demands one of these profiles. Without it, each of the three will do, and a station without credentials is let in
    /// where the store says so (<see cref="OcppStationAccount.AllowAnonymous"/>).
    /// </summary>
    /// <exception cref="ArgumentException">No profile.</exception>
    public OcppEndpointBuilder RequireProfile(params OcppSecurityProfile[] profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        Profiles = profiles.Length > 0 ? [.. profiles] : throw new ArgumentException("At least one profile is needed.", nameof(profiles));
        return this;
    }

    /// <inheritdoc cref="OcppHandlers.On{TRequest, TResponse}(Func{TRequest, OcppSession, CancellationToken, Task{TResponse}})"/>
    public OcppEndpointBuilder On<TRequest, TResponse>(Func<TRequest, OcppSession, CancellationToken, Task<TResponse>> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        Add(TRequest.Action, typeof(TRequest), handlers => handlers.On(handler));

    /// <inheritdoc cref="OcppHandlers.On{TRequest, TResponse}(Func{TRequest, OcppSession, Task{TResponse}})"/>
    public OcppEndpointBuilder On<TRequest, TResponse>(Func<TRequest, OcppSession, Task<TResponse>> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        Add(TRequest.Action, typeof(TRequest), handlers => handlers.On(handler));

    /// <inheritdoc cref="OcppHandlers.On{TRequest, TResponse}(Func{TRequest, OcppSession, TResponse})"/>
    [OverloadResolutionPriority(1)] // what only throws would fit both
    public OcppEndpointBuilder On<TRequest, TResponse>(Func<TRequest, OcppSession, TResponse> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        Add(TRequest.Action, typeof(TRequest), handlers => handlers.On(handler));

    /// <inheritdoc cref="OcppHandlers.On{TMessage}(Func{TMessage, OcppSession, CancellationToken, Task})"/>
    public OcppEndpointBuilder On<TMessage>(Func<TMessage, OcppSession, CancellationToken, Task> handler)
        where TMessage : class, IOcppOneWayMessage<TMessage> =>
        Add(TMessage.Action, typeof(TMessage), handlers => handlers.On(handler));

    /// <summary>
    /// Handles a request in a class. Each request has a scope of its own, from which the constructor of the class gets its
    /// services; the class need not be registered. Instance and scope are disposed of when the handler has ended.
    /// </summary>
    /// <exception cref="ArgumentException">The protocol has no such request, or it is handled already.</exception>
    public OcppEndpointBuilder On<
        TRequest, TResponse, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
        where THandler : class, IOcppHandler<TRequest, TResponse>
    {
        HandlerScope<THandler> scope = ScopeOf<THandler>();
        return On<TRequest, TResponse>((request, session, cancellationToken) =>
            scope.UseAsync(handler => handler.HandleAsync(request, session, cancellationToken)));
    }

    /// <summary>Handles a message that is sent one way, in a class.</summary>
    /// <inheritdoc cref="On{TRequest, TResponse, THandler}()"/>
    public OcppEndpointBuilder On<TMessage, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TMessage : class, IOcppOneWayMessage<TMessage>
        where THandler : class, IOcppOneWayHandler<TMessage>
    {
        HandlerScope<THandler> scope = ScopeOf<THandler>();
        return On<TMessage>((message, session, cancellationToken) => scope.UseAsync(async handler =>
        {
            await handler.HandleAsync(message, session, cancellationToken);
            return true;
        }));
    }

    private HandlerScope<THandler> ScopeOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class => new(_services.GetRequiredService<IServiceScopeFactory>());

    /// <summary>A type belongs to one protocol, as a rule, so that nobody has to say to which.</summary>
    private OcppEndpointBuilder Add(string action, Type type, Action<OcppHandlers> add)
    {
        OcppHandlers[] matches = [.. _handlers.Where(handlers => handlers.Protocol.FindAction(action)?.RequestType == type)];
        if (matches.Length == 0)
        {
            throw new ArgumentException($"{type} is not a message of {string.Join(" or ", _handlers.Select(handlers => handlers.Protocol.Subprotocol))}.");
        }

        Array.ForEach(matches, add);
        return this;
    }
}
