using System.Runtime.CompilerServices;
using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// What handles the peer's requests, by their types: one set for all connections. Complete before the first session
/// begins. A request that nothing handles is answered with NotSupported.
/// </summary>
/// <param name="protocol">The protocol whose requests are handled.</param>
public sealed class OcppHandlers(OcppProtocol protocol)
{
    private readonly Dictionary<OcppAction, RequestReader> _readers = [];
    private bool _isInUse;

    /// <summary>The protocol whose requests are handled.</summary>
    public OcppProtocol Protocol { get; } = protocol;

    /// <summary>Handles a request.</summary>
    /// <param name="handler">
    /// Gets the request, the session it came by, and a token that is cancelled when the connection is closed or the handler
    /// takes too long. It may call the peer back. What it throws is answered with InternalError and goes to the owner,
    /// except an <see cref="OcppCallErrorException"/>, which says what to answer.
    /// </param>
    /// <exception cref="ArgumentException">The protocol has no such request, or it is handled already.</exception>
    /// <exception cref="InvalidOperationException">A session uses these handlers already.</exception>
    public OcppHandlers On<TRequest, TResponse>(Func<TRequest, OcppSession, CancellationToken, Task<TResponse>> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(TRequest.Action, typeof(TRequest), new RequestReader<TRequest, TResponse>(handler));
    }

    /// <summary>Handles a request, in a handler that can't be cancelled.</summary>
    /// <inheritdoc cref="On{TRequest, TResponse}(Func{TRequest, OcppSession, CancellationToken, Task{TResponse}})"/>
    public OcppHandlers On<TRequest, TResponse>(Func<TRequest, OcppSession, Task<TResponse>> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On<TRequest, TResponse>((request, session, _) => handler(request, session));
    }

    /// <summary>Handles a request at once.</summary>
    /// <inheritdoc cref="On{TRequest, TResponse}(Func{TRequest, OcppSession, CancellationToken, Task{TResponse}})"/>
    [OverloadResolutionPriority(1)] // what only throws would fit both
    public OcppHandlers On<TRequest, TResponse>(Func<TRequest, OcppSession, TResponse> handler)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On<TRequest, TResponse>((request, session, _) => Task.FromResult(handler(request, session)));
    }

    /// <summary>Handles a message that is sent one way.</summary>
    /// <inheritdoc cref="On{TRequest, TResponse}(Func{TRequest, OcppSession, CancellationToken, Task{TResponse}})"/>
    public OcppHandlers On<TMessage>(Func<TMessage, OcppSession, CancellationToken, Task> handler)
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(TMessage.Action, typeof(TMessage), new OneWayReader<TMessage>(handler));
    }

    /// <summary>Ends the registration.</summary>
    internal void Use() => _isInUse = true;

    internal RequestReader? Find(OcppAction action) => _readers.GetValueOrDefault(action);

    private OcppHandlers Add(string name, Type type, RequestReader reader)
    {
        if (_isInUse)
        {
            throw new InvalidOperationException("A session uses these handlers already: all handlers are to be added before.");
        }

        if (Protocol.FindAction(name) is not { } action || action.RequestType != type)
        {
            throw new ArgumentException($"{type} is not a request of {Protocol.Subprotocol}.");
        }

        return _readers.TryAdd(action, reader) ? this : throw new ArgumentException($"{name} has a handler already.");
    }
}
