using System.Net.WebSockets;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Security;

namespace Ocpp;

/// <summary>
/// One connection of OCPP-J (OCPP 2.0.1 part 4) over any WebSocket, on either side. Calls go out one after the other, each
/// after the answer to the last; each request of the peer gets exactly one answer, whatever its handler does. Thread-safe;
/// handlers may call the peer back. The session owns its socket.
/// </summary>
public sealed partial class OcppSession : IAsyncDisposable
{
    private const int MaxCloseDescriptionSize = 123;

    private readonly object _gate = new();
    private readonly WebSocket _socket;
    private readonly OcppHandlers _handlers;
    private readonly ReportLog _reportLog;
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationToken _closedToken;
    private readonly TaskCompletionSource<OcppCloseReason> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<OcppCloseReason>? _run;
    private OcppCloseReason? _reason;
    private bool _takesCalls;
    private TaskCompletionSource? _drained;
    private IDictionary<object, object?>? _items;
    private volatile SessionWriting _writing;

    /// <summary>For logs: who makes a session need not have checked the identity.</summary>
    private readonly string _printableIdentity;

    /// <summary>Ends a connection whose last bytes are the close frame that the socket sent by itself.</summary>
    private ITimer? _lingering;

    /// <summary>Makes a session; <see cref="RunAsync"/> lets it begin.</summary>
    /// <param name="socket">An open WebSocket.</param>
    /// <param name="handlers">What handles the peer's requests, and the protocol that both sides speak.</param>
    /// <param name="identity">The identity of the charging station at one end, for logs.</param>
    /// <param name="options">Defaults to <see cref="OcppSessionOptions.Default"/>.</param>
    /// <param name="connection">How the two sides are connected. Defaults to <see cref="OcppConnection.Unknown"/>.</param>
    public OcppSession(
        WebSocket socket,
        OcppHandlers handlers,
        string identity,
        OcppSessionOptions? options = null,
        OcppConnection? connection = null)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(identity);
        _closedToken = _closed.Token;
        _socket = socket;
        _handlers = handlers;
        Identity = identity;
        _printableIdentity = PrintableText.Of(identity);
        Options = options ?? OcppSessionOptions.Default;
        _reportLog = new ReportLog(Options.Logger, Options.TimeProvider, _printableIdentity);
        Connection = connection ?? OcppConnection.Unknown;
        ReadOptions = Options.ReadOptions;
        _writing = new SessionWriting(Options.WriteOptions, Options.CsmsDecimalPlaces);
        _rate = new MessageRate(Options.MaxMessagesPerSecond, Options.TimeProvider);
        _nextMessageId = (uint)Random.Shared.Next();
        handlers.Use();
    }

    /// <summary>The identity of the charging station.</summary>
    public string Identity { get; }

    /// <summary>How the two sides are connected: the security profile, the station's certificate, the peer's address.</summary>
    public OcppConnection Connection { get; }

    /// <summary>The protocol that both sides speak.</summary>
    public OcppProtocol Protocol => _handlers.Protocol;

    /// <summary>How the session behaves.</summary>
    public OcppSessionOptions Options { get; }

    /// <summary>How strictly this peer's payloads are read: to be relaxed for one bad charger, at any time.</summary>
    public OcppReadOptions ReadOptions { get; set; }

    /// <summary>
    /// How payloads are written to this peer, for example with the <see cref="OcppWriteOptions.FieldLimits"/> that it has
    /// reported. To be set at any time.
    /// </summary>
    public OcppWriteOptions WriteOptions
    {
        get => _writing.Options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _writing = new SessionWriting(value, Options.CsmsDecimalPlaces);
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

    /// <summary>Whether calls can be made.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _takesCalls;
            }
        }
    }

    /// <summary>Ends when the connection is closed and everything of the session with it; tells why. Never fails.</summary>
    public Task<OcppCloseReason> Completion => _completion.Task;

    /// <summary>Whether the connection is gone, and all calls have failed with it; a handler may still run.</summary>
    internal bool IsDown
    {
        get
        {
            lock (_gate)
            {
                return _current is null && (_closedToken.IsCancellationRequested || Completion.IsCompleted);
            }
        }
    }

    /// <summary>Receives until the connection is closed. Call it once; the session does nothing before.</summary>
    /// <returns>Why the connection was closed: the same task as <see cref="Completion"/>. It never fails.</returns>
    /// <exception cref="InvalidOperationException">The session runs already.</exception>
    public Task<OcppCloseReason> RunAsync()
    {
        lock (_gate)
        {
            if (_run is not null)
            {
                throw new InvalidOperationException("The session runs already.");
            }

            _run = Completion;
            _takesCalls = _reason is null;
        }

        _ = RunToEndAsync();
        return Completion;
    }

    /// <summary>
    /// Closes the connection in order: calls that wait fail, outstanding answers in both directions are waited for, then
    /// close frames are exchanged; each for <see cref="OcppSessionOptions.CloseTimeout"/> at most. A handler must not wait
    /// for it: it would wait for its own answer.
    /// </summary>
    /// <param name="status">The close code.</param>
    /// <param name="description">The reason in words; at most 123 bytes in UTF-8 (RFC 6455 section 5.5).</param>
    /// <param name="drain">
    /// <see langword="false"/> waits for no outstanding answer: the call that has none yet fails at once, as those that wait do.
    /// </param>
    /// <returns>Why the connection was closed: perhaps something else came first.</returns>
    /// <exception cref="ArgumentException">The description is too long, or the code is one that can't be sent.</exception>
    public async Task<OcppCloseReason> CloseAsync(
        WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string description = "", bool drain = true)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (Encoding.UTF8.GetByteCount(description) > MaxCloseDescriptionSize)
        {
            throw new ArgumentException("The description of a close frame has at most 123 bytes.", nameof(description));
        }

        if ((int)status is < 1000 or 1004 or 1005 or 1006 or 1015 or > 4999)
        {
            throw new ArgumentException("The code stands for the lack of a close frame, or is none.", nameof(status));
        }

        var reason = new OcppCloseReason(OcppCloseKind.ClosedByUs, status, description);
        Task drained = StopCalls(reason);
        if (drain)
        {
            await Within(drained, Options.CloseTimeout).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _reason ??= reason;
        }

        if (!drain)
        {
            FailOutstanding(reason);
        }

        await SendCloseAsync(status, description).ConfigureAwait(false);
        if (_run is null)
        {
            return EndUnstarted(reason);
        }

        if (!await Within(Completion, Options.CloseTimeout).ConfigureAwait(false))
        {
            Cut();
        }

        return await Completion.ConfigureAwait(false);
    }

    /// <summary>Drops the connection at once, without a close frame.</summary>
    public void Abort(string description = "") => Abort(new OcppCloseReason(OcppCloseKind.Aborted, null, description));

    /// <summary>Aborts what is still open, and waits for the end.</summary>
    public async ValueTask DisposeAsync()
    {
        Abort();
        if (_run is not null)
        {
            await Completion.ConfigureAwait(false);
        }

        _lingering?.Dispose();
        _socket.Dispose();
    }

    private void Abort(OcppCloseReason reason)
    {
        _ = StopCalls(reason);
        lock (_gate)
        {
            _reason ??= reason;
        }

        Cut();
        if (_run is null)
        {
            EndUnstarted(reason);
        }
    }

    /// <summary>Aborts the socket, also while nothing is read from it.</summary>
    private void Cut()
    {
        _socket.Abort();
        lock (_gate)
        {
            _isCut = true;
            _room?.TrySetResult();
        }
    }

    private async Task RunToEndAsync()
    {
        OcppLog.Connected(Options.Logger, _printableIdentity, Protocol.Subprotocol, Connection);
        OcppTelemetry.Sessions.Add(1);
        OcppCloseReason reason;
        try
        {
            reason = await ReceiveAllAsync().ConfigureAwait(false);
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.Faulted)
        {
            reason = SetReason(WebSocketRefusal.Of(exception));
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            reason = ReasonOr(new OcppCloseReason(OcppCloseKind.Lost) { Exception = exception });
        }
#pragma warning disable CA1031 // Whatever it is, the session has to end with it, and the owner has to know.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.Failed(Options.Logger, exception, _printableIdentity);
            reason = ReasonOr(new OcppCloseReason(OcppCloseKind.Aborted) { Exception = exception });
        }

        await EndAsync(reason).ConfigureAwait(false);
        OcppTelemetry.Sessions.Add(-1);
        _reportLog.End();
        OcppLog.Disconnected(Options.Logger, _printableIdentity, reason);
        _completion.TrySetResult(reason);
    }

    /// <summary>Ends what depends on the connection: calls fail, handlers are told.</summary>
    private async Task EndAsync(OcppCloseReason reason)
    {
        // A socket that has refused the peer's bytes has sent its close frame, which an abort might overtake.
        if (_socket.State != WebSocketState.Closed && !WebSocketRefusal.IsOne(reason.Exception))
        {
            _socket.Abort();
        }

        lock (_gate)
        {
            _reason ??= reason;
        }

        Task drained = StopCalls(reason);
        lock (_gate)
        {
            // What is not handled yet need not be: nothing can be answered.
            _handled?.RemoveRange(_running, _handled.Count - _running);
            _waitingBytes = 0;
            CheckDrained();
        }

        // Before the calls fail: a handler that passes their failure on has then not failed itself.
        Task cancelled = CancelAndDisposeAsync(_closed);
        FailOutstanding(reason);
        await Within(Task.WhenAll(cancelled, drained), Options.CloseTimeout).ConfigureAwait(false);
        _callTimer?.Dispose();
        _messageTimer?.Dispose();
        if (WebSocketRefusal.IsOne(reason.Exception))
        {
            // Kestrel resets the connection with a socket that is disposed of in this state.
            _lingering = Options.TimeProvider.CreateTimer(
                static socket => ((WebSocket)socket!).Dispose(), _socket, Options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _socket.Dispose();
        }
    }

    private OcppCloseReason EndUnstarted(OcppCloseReason reason)
    {
        _completion.TrySetResult(reason);
        return reason;
    }

    private OcppCloseReason ReasonOr(OcppCloseReason other)
    {
        lock (_gate)
        {
            return _reason ?? other;
        }
    }

    /// <summary>Takes no more calls, fails those that wait, and tells when none is outstanding in either direction.</summary>
    private Task StopCalls(OcppCloseReason reason)
    {
        List<PendingCall>? waiting;
        Task drained;
        lock (_gate)
        {
            _takesCalls = false;
            waiting = _waiting;
            _waiting = null;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _drained.Task;
            CheckDrained();
        }

        foreach (PendingCall call in waiting ?? [])
        {
            OcppTelemetry.Waiting.Add(-1);
            EndCall(call, OcppTelemetry.Closed);
            call.Fail(new OcppConnectionClosedException(reason));
        }

        return drained;
    }

    /// <summary>Called under the lock, whenever something outstanding has ended.</summary>
    private void CheckDrained()
    {
        if (_current is null && _handled is null or { Count: 0 })
        {
            _drained?.TrySetResult();
        }
    }

    /// <summary>Cancels without failing: what is told is the application's. Disposes when all are told, or some would never be.</summary>
    private async Task CancelAndDisposeAsync(CancellationTokenSource cancellation)
    {
        try
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A call-back of the application, on a token that it was given.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.CallBackFailed(Options.Logger, exception, _printableIdentity);
        }

        cancellation.Dispose();
    }

    /// <summary>Whether a socket failed for its connection is gone, whoever ended it.</summary>
    private static bool IsLoss(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException;

    /// <summary>A task that is waited for a time only: how it fails after that is nobody's business.</summary>
    private static Task Observed(Task task)
    {
        _ = task.ContinueWith(
            static late => _ = late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return task;
    }

    /// <returns>Whether the task has ended within the time.</returns>
    private async Task<bool> Within(Task task, TimeSpan time)
    {
        try
        {
            await task.WaitAsync(time, Options.TimeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Report(OcppReport report)
    {
        OcppTelemetry.Count(report.Kind);
        _reportLog.Add(report);
        if (Options.Reported is { } reported)
        {
            CallBack(() => reported(this, report));
        }
    }

    /// <summary>Calls something of the application's, which must not harm the connection.</summary>
    private void CallBack(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // What the application's call-back throws must not end the connection; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.CallBackFailed(Options.Logger, exception, _printableIdentity);
        }
    }
}
