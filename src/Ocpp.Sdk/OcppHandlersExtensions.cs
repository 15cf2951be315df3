using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// Registers handlers, by the types of their requests. With the types of its parameters written out, a handler needs no
/// type arguments: <c>handlers.On((HeartbeatRequest request, OcppRequestContext context) => new HeartbeatResponse { …
/// })</c>.
/// </summary>
public static class OcppHandlersExtensions
{
    /// <summary>Handles a request.</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="handler">
    /// Gets the request, and what else is known of it. It may call the peer back. What it throws is answered with
    /// InternalError and reported to the owner of the session, except an <see cref="OcppCallErrorException"/>, which
    /// says what to answer.
    /// </param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">No protocol has such a request, or it already has a handler.</exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    public static IOcppHandlers On<TRequest, TResponse>(
        this IOcppHandlers handlers,
        Func<TRequest, OcppRequestContext, Task<TResponse>> handler
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new AsyncHandler<TRequest, TResponse>(handler));
    }

    /// <inheritdoc cref="On{TRequest, TResponse}(IOcppHandlers, Func{TRequest, OcppRequestContext, Task{TResponse}})"/>
    [OverloadResolutionPriority(1)] // what only throws would fit both
    public static IOcppHandlers On<TRequest, TResponse>(
        this IOcppHandlers handlers,
        Func<TRequest, OcppRequestContext, TResponse> handler
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new SyncHandler<TRequest, TResponse>(handler));
    }

    /// <summary>Handles a request, in a handler that needs nothing but the request.</summary>
    /// <inheritdoc cref="On{TRequest, TResponse}(IOcppHandlers, Func{TRequest, OcppRequestContext, Task{TResponse}})"/>
    public static IOcppHandlers On<TRequest, TResponse>(
        this IOcppHandlers handlers,
        Func<TRequest, Task<TResponse>> handler
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new AsyncHandler<TRequest, TResponse>((request, _) => handler(request)));
    }

    /// <summary>Handles a request, in a handler that needs nothing but the request.</summary>
    /// <inheritdoc cref="On{TRequest, TResponse}(IOcppHandlers, Func{TRequest, OcppRequestContext, Task{TResponse}})"/>
    [OverloadResolutionPriority(1)] // what only throws would fit both
    public static IOcppHandlers On<TRequest, TResponse>(this IOcppHandlers handlers, Func<TRequest, TResponse> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new SyncHandler<TRequest, TResponse>((request, _) => handler(request)));
    }

    /// <summary>Handles a message that is sent one way.</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="handler">
    /// Gets the message, and what else is known of it. It may call the peer. What it throws is reported to the owner of
    /// the session.
    /// </param>
    /// <inheritdoc cref="On{TRequest, TResponse}(IOcppHandlers, Func{TRequest, OcppRequestContext, Task{TResponse}})"/>
    public static IOcppHandlers On<TMessage>(
        this IOcppHandlers handlers,
        Func<TMessage, OcppRequestContext, Task> handler
    )
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new OneWayHandler<TMessage>(handler));
    }

    /// <summary>Handles a message that is sent one way, in a handler that needs nothing but the message.</summary>
    /// <inheritdoc cref="On{TMessage}(IOcppHandlers, Func{TMessage, OcppRequestContext, Task})"/>
    public static IOcppHandlers On<TMessage>(this IOcppHandlers handlers, Func<TMessage, Task> handler)
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new OneWayHandler<TMessage>((message, _) => handler(message)));
    }

    /// <inheritdoc cref="On{TMessage}(IOcppHandlers, Func{TMessage, OcppRequestContext, Task})"/>
    public static IOcppHandlers On<TMessage>(this IOcppHandlers handlers, Action<TMessage, OcppRequestContext> handler)
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(
            new OneWayHandler<TMessage>(
                (message, context) =>
                {
                    handler(message, context);
                    return Task.CompletedTask;
                }
            )
        );
    }

    /// <summary>
    /// Handles the requests of all actions that have no handler of their own, as JSON: for gateways and tools. Payloads
    /// of the protocol's actions are validated in both directions; of an action that the protocol does not have
    /// (<see cref="OcppRequestContext.IsActionKnown"/>) they are any JSON objects.
    /// </summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="handler">
    /// Gets the request and its payload, and returns the response, a JSON object. What it returns for a message that
    /// goes one way is ignored; such messages of actions that the protocol does not have are not handled.
    /// </param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">There is such a handler already.</exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    public static IOcppHandlers OnOther(
        this IOcppHandlers handlers,
        Func<OcppRequestContext, JsonElement, Task<JsonElement>> handler
    )
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new OtherHandler(handler));
    }

    /// <summary>
    /// Handles requests in a class: each for which it implements <see cref="IOcppHandler{TRequest, TResponse}"/> or
    /// <see cref="IOcppOneWayHandler{TMessage}"/>. This instance handles them all.
    /// </summary>
    /// <param name="handlers">Where to register the class.</param>
    /// <param name="handler">The instance. It is not disposed of.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">
    /// The class handles no request of a protocol, or one that already has a handler.
    /// </exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    public static IOcppHandlers Handle<THandler>(this IOcppHandlers handlers, THandler handler)
        where THandler : class
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(handler);
        return handlers.Add(new SingleHandler(handler));
    }

    /// <summary>
    /// Handles requests in a class: each for which it implements <see cref="IOcppHandler{TRequest, TResponse}"/> or
    /// <see cref="IOcppOneWayHandler{TMessage}"/>. Each request has a scope of its own, from which the constructor of
    /// the class gets its services; the class need not be registered there. Instance and scope are disposed of when the
    /// handler has ended.
    /// </summary>
    /// <param name="handlers">Where to register the class.</param>
    /// <param name="services">The services of the application.</param>
    /// <inheritdoc cref="Handle{THandler}(IOcppHandlers, THandler)"/>
    public static IOcppHandlers Handle<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler
    >(this IOcppHandlers handlers, IServiceProvider services)
        where THandler : class
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(services);
        return handlers.Add(new ScopedHandler<THandler>(services.GetRequiredService<IServiceScopeFactory>()));
    }

    private static IOcppHandlers Add(this IOcppHandlers handlers, HandlerClass handlerClass)
    {
        // Protocols may share a request, which is then added to all of them at once.
        OcppRequestHandler[] found =
        [
            .. handlers
                .Protocols.SelectMany(protocol => protocol.Actions)
                .DistinctBy(action => action.RequestType)
                .Select(action => action.HandlerOf(handlerClass))
                .OfType<OcppRequestHandler>(),
        ];
        if (found.Length == 0)
        {
            string protocols = string.Join(" or ", handlers.Protocols.Select(protocol => protocol.Subprotocol));
            throw new ArgumentException($"{handlerClass.Type} handles no message of {protocols}.");
        }

        Array.ForEach(found, handler => handlers.Add(handler));
        return handlers;
    }
}
