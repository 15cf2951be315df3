using System.Text.Json;
using Ocpp.SignedMessages;
using Ocpp.WebSockets;

namespace Ocpp;

// Calls on the current connection, or on the next.
public sealed partial class OcppClient
{
    private readonly LinkedList<OfflineCall> _offlineCalls = [];

    /// <summary>
    /// Makes a call on the current connection; without one, does what <see cref="OcppClientOptions.OfflineCalls"/>
    /// says.
    /// </summary>
    /// <remarks>
    /// A call that was begun on a connection fails with it, sent or not: only the caller knows whether it may be sent
    /// twice.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait for a connection too.</param>
    /// <exception cref="OcppConnectionClosedException">
    /// There is no connection and calls do not wait for one; or the connection was closed before the answer came; or
    /// the client is closed.
    /// </exception>
    /// <exception cref="OcppQueueFullException">
    /// As many calls as allowed wait already, for a connection or on it.
    /// </exception>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)"/>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        return Session is { IsOpen: true } session
            ? session.CallAsync(request, cancellationToken)
            : CallOfflineAsync(request, OcppCallOptions.Default, cancellationToken);
    }

    /// <param name="request">The request.</param>
    /// <param name="options">
    /// How the call is made: its time-out, and whether it is signed. The wait for a connection is not part of the
    /// time-out.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for a connection too.</param>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, OcppCallOptions, CancellationToken)"/>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        return Session is { IsOpen: true } session
            ? session.CallAsync(request, options, cancellationToken)
            : CallOfflineAsync(request, options, cancellationToken);
    }

    /// <summary>
    /// Makes a call whose action is known only at run time, on the current connection; without one, does what
    /// <see cref="OcppClientOptions.OfflineCalls"/> says.
    /// </summary>
    /// <param name="action">The action, such as <c>SignCertificate</c>. Case-sensitive.</param>
    /// <param name="payload">The request.</param>
    /// <param name="cancellationToken">Ends the wait for a connection too.</param>
    /// <inheritdoc cref="OcppSession.CallAsync(string, JsonElement, CancellationToken)"/>
    public Task<JsonElement> CallAsync(
        string action,
        JsonElement payload,
        CancellationToken cancellationToken = default
    ) => CallAsync(action, payload, OcppCallOptions.Default, cancellationToken);

    /// <param name="action">The action, such as <c>SignCertificate</c>. Case-sensitive.</param>
    /// <param name="payload">The request.</param>
    /// <param name="options">
    /// How the call is made: its time-out, and whether it is signed. The wait for a connection is not part of the
    /// time-out.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for a connection too.</param>
    /// <inheritdoc cref="CallAsync(string, JsonElement, CancellationToken)"/>
    public Task<JsonElement> CallAsync(
        string action,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(options);
        return Session is { IsOpen: true } session
            ? session.CallAsync(action, payload, options, cancellationToken)
            : CallOfflineAsync(next => next.CallAsync(action, payload, options, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Sends a message that nothing answers, on the current connection; without one, does what
    /// <see cref="OcppClientOptions.OfflineCalls"/> says.
    /// </summary>
    /// <exception cref="OcppQueueFullException">As many calls as allowed wait for a connection already.</exception>
    /// <inheritdoc cref="OcppSession.SendAsync{TMessage}(TMessage, CancellationToken)"/>
    public Task SendAsync<TMessage>(TMessage message, CancellationToken cancellationToken = default)
        where TMessage : class, IOcppOneWayMessage<TMessage> => SendAsync(message, signer: null, cancellationToken);

    /// <summary>
    /// Sends a message that nothing answers, signed (part 4, section 7), on the current connection; without one, does
    /// what <see cref="OcppClientOptions.OfflineCalls"/> says.
    /// </summary>
    /// <exception cref="OcppQueueFullException">As many calls as allowed wait for a connection already.</exception>
    /// <inheritdoc cref="OcppSession.SendAsync{TMessage}(TMessage, IOcppMessageSigner, CancellationToken)"/>
    public Task SendAsync<TMessage>(
        TMessage message,
        IOcppMessageSigner? signer,
        CancellationToken cancellationToken = default
    )
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(message);
        return Session is { IsOpen: true } session
            ? session.SendAsync(message, signer, cancellationToken)
            : SendOfflineAsync();

        async Task SendOfflineAsync()
        {
            Task sending = await WhenConnectedAsync(
                    next => next.SendAsync(message, signer, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    /// <remarks>Apart from its callers, which would make the closure for calls on a connection, too.</remarks>
    private Task<TResponse> CallOfflineAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions options,
        CancellationToken cancellationToken
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        CallOfflineAsync(next => next.CallAsync(request, options, cancellationToken), cancellationToken);

    private async Task<TResponse> CallOfflineAsync<TResponse>(
        Func<OcppSession, Task<TResponse>> begin,
        CancellationToken cancellationToken
    )
    {
        Task call = await WhenConnectedAsync(begin, cancellationToken).ConfigureAwait(false);
        return await ((Task<TResponse>)call).ConfigureAwait(false);
    }

    /// <summary>Begins a call on the next connection, if calls wait for it.</summary>
    /// <returns>The call that was begun.</returns>
    private async Task<Task> WhenConnectedAsync(Func<OcppSession, Task> begin, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new OfflineCall(begin);
        // The connection may have come about since the caller looked.
        if (Queue(call) is { } session)
        {
            return begin(session);
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                bool waited;
                lock (_gate)
                {
                    waited = _offlineCalls.Remove(call);
                }

                if (waited)
                {
                    call.SetCanceled(token);
                }
            },
            null
        );
        return await call.Task.ConfigureAwait(false);
    }

    /// <summary>Lets a call wait, where that is allowed.</summary>
    /// <returns>The connection, if there is one: the call does not wait then.</returns>
    private OcppSession? Queue(OfflineCall call)
    {
        lock (_gate)
        {
            if (_session is { IsOpen: true } session)
            {
                return session;
            }

            if (_lastChange.State == OcppClientState.Closed)
            {
                throw Closed();
            }

            if (Options.OfflineCalls == OcppOfflineCalls.Fail)
            {
                throw new OcppConnectionClosedException(
                    _lastChange.CloseReason
                        ?? new OcppCloseReason(OcppCloseKind.Lost, Description: "Not connected.")
                        {
                            Exception = _lastChange.Failure,
                        }
                );
            }

            if (_offlineCalls.Count >= Options.Session.MaxQueuedCalls)
            {
                throw new OcppQueueFullException("The queue of calls that wait for a connection is full.");
            }

            _offlineCalls.AddLast(call);
            return null;
        }
    }

    /// <summary>Lets a connection begin. The calls that wait for it are made before any that find it.</summary>
    private void Begin(OcppSession session)
    {
        _ = session.RunAsync();
        while (true)
        {
            OfflineCall? call;
            lock (_gate)
            {
                call = session.IsOpen ? _offlineCalls.First?.Value : null;
                if (call is null)
                {
                    _session = session;
                    break;
                }

                _offlineCalls.RemoveFirst();
            }

            call.Begin(session);
        }

        Change(OcppClientState.Connected);
    }

    private void FailOfflineCalls()
    {
        OfflineCall[] calls;
        lock (_gate)
        {
            calls = [.. _offlineCalls];
            _offlineCalls.Clear();
        }

        foreach (OfflineCall call in calls)
        {
            call.SetException(Closed());
        }
    }
}
