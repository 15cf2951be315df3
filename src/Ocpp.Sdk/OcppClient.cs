using System.Net.WebSockets;
using Ocpp.Rpc;
using Ocpp.WebSockets;

namespace Ocpp;

/// <summary>
/// The charging station's end of the line to a CSMS (OCPP 2.0.1 part 4, sections 3 and 5): connects, stays connected
/// until it is closed, and makes calls on whichever connection there is. Each connection is an
/// <see cref="OcppSession"/>. Thread-safe.
/// </summary>
public sealed partial class OcppClient : IOcppHandlers, IOcppCaller, IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly OcppHandlers _handlers;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Held by who connects, reconnects or closes: one after the other.</summary>
    private readonly SemaphoreSlim _control = new(1);

    private Connector _connector;

    /// <summary>Keeps the client connected until it is stopped; both null until the first connection.</summary>
    private Task _keeping = Task.CompletedTask;
    private CancellationTokenSource? _stopKeeping;
    private OcppSession? _session;

    /// <summary>
    /// Makes a client, on which handlers of the CSMS's requests are registered before <see cref="ConnectAsync"/>:
    /// <c>client.On((ResetRequest request) => …)</c>.
    /// </summary>
    /// <param name="protocol">The protocol to speak.</param>
    /// <param name="options">Where and how to connect.</param>
    /// <exception cref="ArgumentException">
    /// The options have a client certificate, but a URL without TLS; or both a password and an authorization key.
    /// </exception>
    public OcppClient(OcppProtocol protocol, OcppClientOptions options)
        : this(new OcppHandlers(protocol), options) { }

    /// <summary>
    /// Makes a client that offers several protocols. <see cref="OcppSession.Protocol"/> of <see cref="Session"/> is the
    /// one that the CSMS has chosen; it may choose another one with each connection.
    /// </summary>
    /// <param name="protocols">The protocols, the preferred one first.</param>
    /// <param name="options">Where and how to connect.</param>
    /// <exception cref="ArgumentException">
    /// There is no protocol, or two have the same subprotocol; or the options have a client certificate, but a URL
    /// without TLS; or both a password and an authorization key.
    /// </exception>
    public OcppClient(IReadOnlyList<OcppProtocol> protocols, OcppClientOptions options)
        : this(new OcppHandlers(protocols), options) { }

    /// <summary>Makes a client; <see cref="ConnectAsync"/> connects it.</summary>
    /// <param name="handlers">What handles the CSMS's requests, and the protocols to offer.</param>
    /// <param name="options">Where and how to connect.</param>
    /// <exception cref="ArgumentException">
    /// The options have a client certificate, but a URL without TLS; or both a password and an authorization key.
    /// </exception>
    public OcppClient(OcppHandlers handlers, OcppClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(options);
        _handlers = handlers;
        _connector = new Connector(options, handlers.Protocols);
        _lastChange = new OcppClientStateChange(OcppClientState.Disconnected, options.Session.TimeProvider.GetUtcNow());
    }

    /// <inheritdoc/>
    IReadOnlyList<OcppProtocol> IOcppHandlers.Protocols => _handlers.Protocols;

    /// <summary>
    /// The options in use; <see cref="ReconnectAsync"/> and <see cref="ChangeOptionsAsync"/> change them.
    /// </summary>
    public OcppClientOptions Options => Volatile.Read(ref _connector).Options;

    /// <summary>The current connection; none while the client is not connected.</summary>
    public OcppSession? Session => Volatile.Read(ref _session);

    /// <summary>
    /// Connects for the first time. From then on the client reconnects by itself, with the back-off of the options,
    /// until it is closed.
    /// </summary>
    /// <param name="cancellationToken">Gives up; the client is then as it was before.</param>
    /// <exception cref="OcppConnectionFailedException">
    /// The first try failed, and <see cref="OcppClientOptions.RetryFirstConnection"/> is not set. The client is then as
    /// it was before.
    /// </exception>
    /// <exception cref="OcppConnectionClosedException">The client was closed.</exception>
    /// <exception cref="InvalidOperationException">The client has connected before.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (State != OcppClientState.Disconnected)
            {
                throw new InvalidOperationException("The client is already connected and reconnects by itself.");
            }

            int attempts = Options.RetryFirstConnection ? int.MaxValue : 1;
            Keep(_connector, await OpenAsync(_connector, attempts, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is OcppConnectionFailedException or OperationCanceledException)
        {
            Change(OcppClientState.Disconnected, failure: exception as OcppConnectionFailedException);
            throw;
        }
        finally
        {
            _control.Release();
        }
    }

    /// <summary>
    /// Changes the options, such as the URL, the password or the certificate, and reconnects with them at once: a CSMS
    /// takes one connection of an identity, so the old one is closed in order first. When
    /// <see cref="OcppClientOptions.ConnectionAttempts"/> tries have failed, with the back-off between them, the old
    /// options are in use again, as A02.FR.28 has it for a new certificate, and the client goes on to connect with
    /// those.
    /// </summary>
    /// <remarks>
    /// Not to be waited for in a handler: closing in order waits for the handler, and the handler's answer would come
    /// too late. Begins after a <see cref="ConnectAsync"/> that is under way.
    /// </remarks>
    /// <param name="options">The new options, best made from <see cref="Options"/> with <c>with</c>.</param>
    /// <param name="cancellationToken">Gives the new options up; the client goes on with the old ones.</param>
    /// <returns>Which options are in use, and why not the new ones.</returns>
    /// <exception cref="ArgumentException">
    /// The options have a client certificate, but a URL without TLS; or both a password and an authorization key.
    /// Nothing has changed.
    /// </exception>
    /// <exception cref="OcppConnectionClosedException">The client was closed.</exception>
    /// <exception cref="InvalidOperationException">The client has not been connected yet.</exception>
    public async Task<OcppReconnection> ReconnectAsync(
        OcppClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var connector = new Connector(options, _handlers.Protocols);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (State == OcppClientState.Disconnected)
            {
                throw new InvalidOperationException("The client has not been connected yet.");
            }

            Change(
                OcppClientState.Disconnected,
                await StopKeepingAsync(session => session.CloseAsync()).ConfigureAwait(false)
            );
            OcppSession? session = null;
            try
            {
                session = await OpenAsync(connector, options.ConnectionAttempts, cancellationToken)
                    .ConfigureAwait(false);
                return new OcppReconnection(options, null);
            }
            catch (OcppConnectionFailedException exception)
            {
                return new OcppReconnection(Options, exception);
            }
            finally
            {
                Keep(session is null ? _connector : connector, session);
            }
        }
        finally
        {
            _control.Release();
        }
    }

    /// <summary>
    /// Changes the options without a new connection: the next one is opened with them, and the back-off applies when
    /// this one is lost. Waits for a connection that is being opened for the first time, or by
    /// <see cref="ReconnectAsync"/>.
    /// </summary>
    /// <param name="change">Makes the new options from those in use.</param>
    /// <param name="cancellationToken">Ends the wait. Nothing has changed then.</param>
    /// <exception cref="ArgumentException">
    /// The options have a client certificate, but a URL without TLS; or both a password and an authorization key.
    /// Nothing has changed.
    /// </exception>
    /// <exception cref="OcppConnectionClosedException">The client was closed.</exception>
    public async Task ChangeOptionsAsync(
        Func<OcppClientOptions, OcppClientOptions> change,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(change);
        await EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Volatile.Write(ref _connector, new Connector(change(Options), _handlers.Protocols));
        }
        finally
        {
            _control.Release();
        }
    }

    /// <summary>
    /// Closes the client for good: its connection in order, as <see cref="OcppSession.CloseAsync"/> does, or whatever
    /// it does to get one. Calls that wait for a connection fail.
    /// </summary>
    /// <param name="status">The close code.</param>
    /// <param name="description">The reason in words; at most 123 bytes in UTF-8 (RFC 6455 section 5.5).</param>
    /// <param name="cancellationToken">
    /// Ends the waiting: the connection is dropped. The client is closed all the same.
    /// </param>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled before the connection was closed.
    /// </exception>
    public Task CloseAsync(
        WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure,
        string description = "",
        CancellationToken cancellationToken = default
    ) => CloseAsync(session => session.CloseAsync(status, description, cancellationToken: cancellationToken));

    /// <summary>
    /// Closes the client for good: its connection with close code 1000, waiting for the CSMS's close frame, but not for
    /// outstanding answers, for <see cref="OcppSessionOptions.CloseTimeout"/> at most. To drop the connection at once,
    /// call <see cref="OcppSession.Abort(string)"/> of <see cref="Session"/> before.
    /// </summary>
    public async ValueTask DisposeAsync() =>
        await CloseAsync(session => session.CloseAsync(drain: false)).ConfigureAwait(false);

    /// <inheritdoc/>
    IOcppHandlers IOcppHandlers.Add(OcppRequestHandler handler)
    {
        _handlers.Add(handler);
        return this;
    }

    /// <inheritdoc/>
    IOcppHandlers IOcppHandlers.Use(Func<OcppRequestDelegate, OcppRequestDelegate> filter)
    {
        _handlers.Use(filter);
        return this;
    }

    private async Task CloseAsync(Func<OcppSession, Task<OcppCloseReason>> end)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _control.WaitAsync().ConfigureAwait(false);
        try
        {
            if (State != OcppClientState.Closed)
            {
                OcppSession? session = Session;
                OcppCloseReason? reason = null;
                try
                {
                    reason = await StopKeepingAsync(end).ConfigureAwait(false);
                }
                finally
                {
                    // Also when closing in order was cancelled: the connection is then dropped.
                    SetSession(null);
                    Change(OcppClientState.Closed, reason ?? session?.CloseReason);
                    FailOfflineCalls();
                }
            }
        }
        finally
        {
            _control.Release();
        }
    }

    /// <summary>Waits until nobody else connects, reconnects or closes.</summary>
    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        await _control.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_closing.IsCancellationRequested)
        {
            _control.Release();
            throw Closed();
        }
    }

    private static OcppConnectionClosedException Closed() =>
        new(new OcppCloseReason(OcppCloseKind.ClosedByUs, Description: "The client is closed."));
}
