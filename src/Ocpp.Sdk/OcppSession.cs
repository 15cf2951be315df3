using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Security;

namespace Ocpp;

/// <summary>
/// One connection of OCPP-J (OCPP 2.0.1 part 4) over any WebSocket, on either side. Calls go out one after the other,
/// each after the answer to the last; each request of the peer gets exactly one answer, whatever its handler does.
/// Thread-safe; handlers may call the peer back. The session owns its socket.
/// </summary>
public sealed partial class OcppSession : IOcppCaller, ISessionOfParts, IAsyncDisposable
{
    private const int MaxCloseDescriptionSize = 123;

    private readonly object _gate = new();
    private readonly WebSocket _socket;
    private readonly HandlerTable _handlers;
    private readonly OcppProtocolRules _rules;

    /// <summary>What a CALLRESULTERROR may refer to; none if the protocol has no such message.</summary>
    private readonly AnsweredRequests? _answered;

    /// <summary>Made for the first report: most sessions have none.</summary>
    private ReportLog? _reportLog;
    private readonly SessionLifecycle _lifecycle;
    private readonly CallQueue _calls;
    private readonly RequestQueue<OcppRequestContext> _requests;
    private readonly MessageAssembler _assembler;
    private readonly ReceiveThread _thread = new();
    private readonly FrameSender _sender;
    private readonly TaskCompletionSource<OcppCloseReason> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Set while somebody waits for the end of what is outstanding.</summary>
    private TaskCompletionSource? _idle;

    /// <summary>How many threads are aborting the socket. Guarded by the lock.</summary>
    private int _aborts;

    /// <summary>Whether nothing is left to do but to let the socket go. Guarded by the lock.</summary>
    private bool _hasEnded;
    private IDictionary<object, object?>? _items;
    private volatile SessionWriting _writing;

    /// <summary>For logs: who makes a session need not have checked the identity.</summary>
    private readonly string _printableIdentity;

    /// <summary>Ends a connection whose last bytes are the close frame that the socket sent by itself.</summary>
    private ITimer? _lingering;

    /// <summary>Makes a session; <see cref="RunAsync"/> lets it begin.</summary>
    /// <param name="socket">
    /// An open WebSocket. Handlers, and the code after a call, run on the threads on which it completes a receive:
    /// those of <see cref="ClientWebSocket"/> and of ASP.NET Core may be blocked.
    /// </param>
    /// <param name="handlers">
    /// What handles the peer's requests. If they are for several protocols, both sides speak the one that they have
    /// agreed on: the subprotocol of the WebSocket.
    /// </param>
    /// <param name="identity">The identity of the charging station at one end, for logs.</param>
    /// <param name="options">Defaults to <see cref="OcppSessionOptions.Default"/>.</param>
    /// <param name="connection">
    /// How the two sides are connected. Defaults to <see cref="OcppConnection.Unknown"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The handlers are for several protocols, and the WebSocket has the subprotocol of none.
    /// </exception>
    public OcppSession(
        WebSocket socket,
        OcppHandlers handlers,
        string identity,
        OcppSessionOptions? options = null,
        OcppConnection? connection = null
    )
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(identity);
        _socket = socket;
        _handlers = handlers.TableFor(socket);
        _rules = _handlers.Protocol.Rules;
        _answered = _rules.Knows(OcppMessageType.CallResultError) ? new AnsweredRequests() : null;
        Identity = identity;
        _printableIdentity = PrintableText.Of(identity);
        Options = options ?? OcppSessionOptions.Default;
        Connection = connection ?? OcppConnection.Unknown;
        ReadOptions = Options.ReadOptions;
        _writing = SessionWriting.Of(Options.WriteOptions, Options.CsmsDecimalPlaces);
        _lifecycle = new SessionLifecycle(_gate);
        _calls = new CallQueue(_gate, Options, this);
        _requests = new RequestQueue<OcppRequestContext>(_gate, Options, QueueTimeOut, this);
        _assembler = new MessageAssembler(Options, this);
        _sender = new FrameSender(new WebSocketOutput(socket), Options, this);
        _nextMessageId = (uint)Random.Shared.Next();
        _messageIdPrefix =
            _rules.MessageIdScope == OcppMessageIdScope.Station
                ? string.Create(CultureInfo.InvariantCulture, $"{Random.Shared.NextInt64():x16}-")
                : "";
    }

    /// <summary>The identity of the charging station.</summary>
    public string Identity { get; }

    /// <summary>
    /// How the two sides are connected: the security profile, the station's certificate, the peer's address.
    /// </summary>
    public OcppConnection Connection { get; }

    /// <summary>The protocol that both sides speak.</summary>
    public OcppProtocol Protocol => _handlers.Protocol;

    /// <summary>How the session behaves.</summary>
    public OcppSessionOptions Options { get; }

    /// <summary>How strictly this peer's payloads are read: to be relaxed for one bad charger, at any time.</summary>
    public OcppReadOptions ReadOptions { get; set; }

    /// <summary>
    /// How payloads are written to this peer, for example with the <see cref="OcppWriteOptions.FieldLimits"/> that it
    /// has reported. To be set at any time.
    /// </summary>
    public OcppWriteOptions WriteOptions
    {
        get => _writing.Options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _writing = SessionWriting.Of(value, Options.CsmsDecimalPlaces);
        }
    }

    /// <summary>Whatever the application wants to keep with the connection.</summary>
    public IDictionary<object, object?> Items
    {
        get
        {
            lock (_gate)
            {
                return _items ??= new System.Collections.Concurrent.ConcurrentDictionary<object, object?>();
            }
        }
    }

    /// <summary>Where the session is between its construction and its end.</summary>
    public OcppSessionState State => _lifecycle.State;

    /// <summary>Whether calls can be made: the session is <see cref="OcppSessionState.Open"/>.</summary>
    public bool IsOpen => State == OcppSessionState.Open;

    /// <summary>Ends when the session is <see cref="OcppSessionState.Closed"/>, with the reason. Never fails.</summary>
    public Task<OcppCloseReason> Completion => _completion.Task;

    /// <summary>Whether the connection is gone, and all calls have failed with it; a handler may still run.</summary>
    internal bool IsDown
    {
        get
        {
            lock (_gate)
            {
                return State >= OcppSessionState.Disconnected && _calls.IsIdle;
            }
        }
    }

    /// <summary>What a call fails with on a session that is not open any more.</summary>
    internal OcppCloseReason CloseReason => _lifecycle.Reason ?? new OcppCloseReason(OcppCloseKind.ClosedByUs);

    /// <summary>Calls the application's callbacks, which must not affect the connection.</summary>
    internal Callbacks Callbacks => new(Options.Logger, _printableIdentity);

    /// <summary>Whether no call of this side and no request of the peer is outstanding. Read under the lock.</summary>
    private bool IsIdle => _calls.IsIdle && _requests.IsIdle;

    /// <summary>
    /// Receives until the connection is closed. Call it once; the session does nothing before. A session that was
    /// closed before stays closed.
    /// </summary>
    /// <returns>Why the connection was closed: the same task as <see cref="Completion"/>. It never fails.</returns>
    /// <exception cref="InvalidOperationException">The session has already been started.</exception>
    public Task<OcppCloseReason> RunAsync()
    {
        if (TryEnter(OcppSessionState.Open))
        {
            _ = RunToEndAsync();
        }
        else if (State is OcppSessionState.Open or OcppSessionState.Draining)
        {
            throw new InvalidOperationException("The session has already been started.");
        }

        return Completion;
    }

    /// <summary>
    /// Closes the connection in order: calls that wait fail, outstanding answers in both directions are waited for,
    /// then close frames are exchanged; each for <see cref="OcppSessionOptions.CloseTimeout"/> at most. A handler must
    /// not wait for it: it would wait for its own answer.
    /// </summary>
    /// <param name="status">The close code.</param>
    /// <param name="description">The reason in words; at most 123 bytes in UTF-8 (RFC 6455 section 5.5).</param>
    /// <param name="drain">
    /// <see langword="false"/> waits for no outstanding answer: the call that has none yet fails at once, as those that
    /// wait do.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the waiting: the connection is dropped as by <see cref="Abort(string)"/>, and <see cref="Completion"/> ends
    /// soon after.
    /// </param>
    /// <returns>Why the connection was closed: perhaps something else came first.</returns>
    /// <exception cref="ArgumentException">
    /// The description is too long, or the code is one that can't be sent.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the session was closed.</exception>
    public async Task<OcppCloseReason> CloseAsync(
        WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure,
        string description = "",
        bool drain = true,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(description);
        if (Encoding.UTF8.GetByteCount(description) > MaxCloseDescriptionSize)
        {
            throw new ArgumentException(
                "The description of a close frame must not exceed 123 bytes.",
                nameof(description)
            );
        }

        if ((int)status is < 1000 or 1004 or 1005 or 1006 or 1015 or > 4999)
        {
            throw new ArgumentException("The status must be a close code that can be sent.", nameof(status));
        }

        var reason = new OcppCloseReason(OcppCloseKind.ClosedByUs, status, description);
        try
        {
            return await CloseInOrderAsync(reason, drain, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Abort("The closing handshake was canceled.");
            throw;
        }
    }

    /// <summary>Drops the connection at once, without a close frame; does nothing if the session has ended.</summary>
    public void Abort(string description = "") => Drop(new OcppCloseReason(OcppCloseKind.Aborted, null, description));

    /// <summary>Aborts what is still open, and waits for the end.</summary>
    public async ValueTask DisposeAsync()
    {
        Abort();
        await Completion.ConfigureAwait(false);
        _lingering?.Dispose();
        _socket.Dispose();
    }

    private async Task<OcppCloseReason> CloseInOrderAsync(
        OcppCloseReason reason,
        bool drain,
        CancellationToken cancellationToken
    )
    {
        if (drain)
        {
            // A session that does not run, or closes already, has nothing to wait for.
            TryEnter(OcppSessionState.Draining, reason);
            if (State == OcppSessionState.Draining)
            {
                await WithinCloseTimeAsync(WhenIdleAsync(), cancellationToken).ConfigureAwait(false);
            }
        }

        if (TryEnter(OcppSessionState.Closing, reason, out OcppSessionState previous))
        {
            if (!drain)
            {
                _calls.FailOutstanding(reason);
            }

            try
            {
                await _sender
                    .SendCloseAsync(reason.Status!.Value, reason.Description)
                    .WaitAsync(cancellationToken)
                    .ConfigureAwait(false);
            }
            finally
            {
                if (previous == OcppSessionState.Created)
                {
                    // Nothing receives that would end it.
                    TryEnter(OcppSessionState.Disconnected, reason);
                    Complete();
                }
            }
        }
        else if (!drain)
        {
            _calls.FailOutstanding(CloseReason);
        }

        if (!await WithinCloseTimeAsync(Completion, cancellationToken).ConfigureAwait(false))
        {
            Drop(reason);
        }

        return await Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Drops the connection, also while nothing is read from it. The reason counts if there is none yet.
    /// </summary>
    private void Drop(OcppCloseReason reason)
    {
        bool isEntered = TryEnter(OcppSessionState.Disconnected, reason, out OcppSessionState previous);
        AbortSocket();
        if (isEntered && previous == OcppSessionState.Created)
        {
            Complete();
        }
    }

    /// <summary>
    /// Aborts the socket, unless the session has ended; it does not end meanwhile. A socket of ASP.NET Core must not be
    /// aborted after that: it would abort its HTTP request, whose objects the server uses for other requests by then.
    /// </summary>
    private void AbortSocket()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _aborts++;
        }

        try
        {
            _socket.Abort();
        }
        finally
        {
            bool isLast;
            lock (_gate)
            {
                isLast = --_aborts == 0 && _hasEnded;
            }

            if (isLast)
            {
                EnterClosed();
            }
        }
    }

    void ISessionOfParts.Drop(OcppCloseReason reason) => Drop(reason);

    private bool TryEnter(OcppSessionState state, OcppCloseReason? reason = null) => TryEnter(state, reason, out _);

    /// <summary>
    /// Enters a state if the current one allows it. The first one beyond <see cref="OcppSessionState.Open"/> fails the
    /// calls that wait.
    /// </summary>
    private bool TryEnter(OcppSessionState state, OcppCloseReason? reason, out OcppSessionState previous)
    {
        List<PendingCall>? waiting = null;
        lock (_gate)
        {
            previous = State;
            if (!_lifecycle.TryEnter(state, reason))
            {
                return false;
            }

            if (state > OcppSessionState.Open)
            {
                waiting = _calls.TakeWaiting();
            }

            if (state == OcppSessionState.Disconnected)
            {
                // Nothing can be answered: what is not handled yet need not be.
                _requests.DropWaiting();
            }
        }

        // Only a session that closes in order has no reason yet: it then fails them with what it is going to close for.
        _calls.FailWaiting(waiting, _lifecycle.Reason ?? reason!);
        return true;
    }

    /// <summary>Ends what depends on the connection: calls fail, handlers are cancelled.</summary>
    private async Task EndAsync()
    {
        // Whatever ended the receiving has set the reason.
        Debug.Assert(State >= OcppSessionState.Closing, "A session ends receiving for a reason.");
        OcppCloseReason reason = _lifecycle.Reason!;

        // A socket that has refused the peer's bytes has sent its close frame, which an abort might overtake.
        bool isRefusal = WebSocketRefusal.IsOne(reason.Exception);
        TryEnter(OcppSessionState.Disconnected, reason);
        if (_socket.State != WebSocketState.Closed && !isRefusal)
        {
            _socket.Abort();
        }

        // Before the calls fail: a handler that passes their failure on has then not failed itself.
        Task cancelled = CancelHandlersAsync();
        _calls.FailOutstanding(reason);
        await WithinCloseTimeAsync(Task.WhenAll(cancelled, WhenIdleAsync())).ConfigureAwait(false);
        _calls.Dispose();
        _requests.Dispose();
        _assembler.Dispose();
        if (isRefusal)
        {
            // Kestrel resets the connection with a socket that is disposed of in this state.
            _lingering = Options.TimeProvider.CreateTimer(
                static socket => ((WebSocket)socket!).Dispose(),
                _socket,
                Options.CloseTimeout,
                Timeout.InfiniteTimeSpan
            );
        }
        else
        {
            _socket.Dispose();
        }
    }

    /// <summary>Ends the session, as soon as no other thread aborts the socket.</summary>
    private void Complete()
    {
        bool isAborting;
        lock (_gate)
        {
            _hasEnded = true;
            isAborting = _aborts > 0;
        }

        if (!isAborting)
        {
            EnterClosed();
        }
    }

    private void EnterClosed()
    {
        TryEnter(OcppSessionState.Closed, _lifecycle.Reason);
        _completion.TrySetResult(_lifecycle.Reason!);
    }

    /// <summary>Ends when nothing is outstanding in either direction.</summary>
    private Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (IsIdle)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    void ISessionOfParts.CheckIdle()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "What is outstanding is guarded by the lock.");
        if (_idle is { } idle && IsIdle)
        {
            _idle = null;
            idle.TrySetResult();
        }
    }

    /// <summary>
    /// Cancels what handlers wait for. Does not fail: what they have registered is the application's.
    /// </summary>
    private Task CancelHandlersAsync()
    {
        OcppRequestContext[] running;
        lock (_gate)
        {
            running = _requests.Running;
        }

        return Task.WhenAll(running.Select(request => Callbacks.InvokeAsync(request.CancelAsync)));
    }

    /// <returns>Whether the task has ended within the time that closing has for it.</returns>
    private Task<bool> WithinCloseTimeAsync(Task task, CancellationToken cancellationToken = default) =>
        task.EndsWithinAsync(Options.CloseTimeout, Options.TimeProvider, cancellationToken);

    /// <summary>Counts and logs a report, and tells the application.</summary>
    internal void Report(OcppReport report)
    {
        OcppTelemetry.Count(report.Kind);
        LazyInitializer
            .EnsureInitialized(
                ref _reportLog,
                () => new ReportLog(Options.Logger, Options.TimeProvider, _printableIdentity)
            )
            .Add(report);
        Callbacks.Invoke(Options.Reported, this, report);
    }
}
