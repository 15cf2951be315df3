using System.Collections.Concurrent;
using System.Diagnostics;
using Ocpp.Rpc;
using Ocpp.SignedMessages;

namespace Ocpp;

/// <summary>
/// A request of the peer that is being handled: what its handler gets beside the request, and what filters see
/// (<see cref="IOcppHandlers.Use"/>).
/// </summary>
public sealed class OcppRequestContext : IQueuedRequest, IFollowUp
{
    /// <summary>Marks a request that has been completed.</summary>
    private static readonly Action s_isCompleted = () => { };

    private const int Waiting = 0;
    private const int Handling = 1;
    private const int Ended = 2;

    private readonly HandledAction _handled;

    /// <summary>
    /// How far it has come. The handler and the time-out may end it at once: the first of them answers.
    /// </summary>
    private int _phase;
    private bool _isCancelled;
    private CancellationTokenSource? _cancellation;
    private Action? _completed;
    private Action<OcppResponseError>? _rejected;
    private IDictionary<object, object?>? _items;

    internal OcppRequestContext(OcppSession session, HandledAction handled, string messageId, object request, int size)
    {
        _handled = handled;
        Session = session;
        MessageId = messageId;
        Request = request;
        Size = size;
    }

    /// <summary>The session that the request came by. A handler may call the peer back on it.</summary>
    public OcppSession Session { get; }

    /// <summary>The protocol that the request is of: where a handler serves several, which one it is.</summary>
    public OcppProtocol Protocol => Session.Protocol;

    /// <summary>The id of the CALL, or of the SEND.</summary>
    public string MessageId { get; }

    /// <summary>The action on the wire, such as <c>SignCertificate</c>.</summary>
    public string Action => _handled.Action.Name;

    /// <summary>Whether the protocol has the action. Otherwise <see cref="Action"/> is what the peer wrote.</summary>
    public bool IsActionKnown => _handled.Action is not UnlistedAction;

    /// <summary>Whether the message goes one way (SEND of OCPP 2.1): it gets no response.</summary>
    public bool IsOneWay => _handled.Action.IsOneWay;

    /// <summary>
    /// The signature of a request or message that came signed, and was accepted. Returns <see langword="null"/> if it
    /// came unsigned. The response to a signed request is signed if this side has a
    /// <see cref="OcppSignedMessageOptions.Signer"/>; an error never is.
    /// </summary>
    public OcppMessageSignature? Signature { get; internal init; }

    /// <summary>The size of the message, in bytes.</summary>
    public int Size { get; }

    /// <summary>The request or message, as its handler gets it.</summary>
    public object Request { get; }

    /// <summary>
    /// The response, once the handler has returned. <see langword="null"/> before, if the handler failed, and for a
    /// message that goes one way. A filter may replace it by another one of the same type, or set it without calling
    /// the handler. It is checked when it is sent, after all filters.
    /// </summary>
    public object? Response { get; set; }

    /// <summary>
    /// Whether <see cref="Response"/> was handed to the connection: <see langword="true"/> in a callback of
    /// <see cref="OnCompleted(Action)"/> unless the request was answered with an error, goes one way, or the connection
    /// was lost before.
    /// </summary>
    public bool IsResponseSent { get; internal set; }

    /// <summary>
    /// Is cancelled when the connection is closed, or the handler takes longer than
    /// <see cref="OcppSessionOptions.HandlerTimeout"/>.
    /// </summary>
    public CancellationToken CancellationToken => (Volatile.Read(ref _cancellation) ?? CreateCancellation()).Token;

    /// <summary>Values that filters and the handler keep with this request. Created by the first use.</summary>
    public IDictionary<object, object?> Items =>
        Volatile.Read(ref _items)
        ?? Interlocked.CompareExchange(ref _items, new ConcurrentDictionary<object, object?>(), null)
        ?? _items;

    internal OcppRequestHandler Handler => _handled.Handler!;

    /// <summary>Who sends requests of this action.</summary>
    internal OcppParty Sender => _handled.Action.Sender;

    /// <summary>The action for logs, metrics and reports, which have no text that the peer may choose.</summary>
    internal string ActionForLogs => IsActionKnown ? Action : "(unknown)";

    /// <summary>The span of the request; <see langword="null"/> if nobody listens.</summary>
    internal Activity? Activity { get; private set; }

    /// <summary>When it began to run, on the session's clock.</summary>
    internal long StartedAt { get; private set; }

    int IQueuedRequest.Size => Size;

    bool IQueuedRequest.HasEnded => Volatile.Read(ref _phase) == Ended;

    long IQueuedRequest.StartedAt
    {
        get => StartedAt;
        set => StartedAt = value;
    }

    /// <summary>Calls the handler, and answers with what it ends with.</summary>
    void IFollowUp.Run() => Session.Handle(this);

    /// <summary>What to call when the peer rejects the response.</summary>
    internal Action<OcppResponseError>? Rejected => Volatile.Read(ref _rejected);

    /// <summary>
    /// Registers something to be done if the peer can't process the response (CALLRESULTERROR of OCPP 2.1). Register it
    /// before the handler and all filters have returned. The session reports the rejection in any case
    /// (<see cref="OcppReportKind.ResponseRejected"/>).
    /// </summary>
    /// <param name="action">
    /// Is called at most once, on the thread that receives; mostly after <see cref="OnCompleted(Action)"/>. Never
    /// called where the protocol has no such message. Must not block. What it throws is logged.
    /// </param>
    public void OnResponseRejected(Action<OcppResponseError> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Action<OcppResponseError>? seen;
        do
        {
            seen = Volatile.Read(ref _rejected);
        } while (Interlocked.CompareExchange(ref _rejected, seen + action, seen) != seen);
    }

    /// <summary>
    /// Registers something to be done when the request is completed, such as a call that must not overtake the
    /// response.
    /// </summary>
    /// <param name="action">
    /// Is called once: after the response or the error was handed to the connection, or when the connection is lost and
    /// nothing can be sent; at once if the request is completed already. Must not block. What it throws is logged.
    /// </param>
    public void OnCompleted(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Action? seen = Volatile.Read(ref _completed);
        while (!ReferenceEquals(seen, s_isCompleted))
        {
            Action? found = Interlocked.CompareExchange(ref _completed, seen + action, seen);
            if (ReferenceEquals(found, seen))
            {
                return;
            }

            seen = found;
        }

        Session.Callbacks.Invoke(action);
    }

    /// <summary>
    /// Registers something to be begun when the request is completed, such as a call that must not overtake the
    /// response.
    /// </summary>
    /// <param name="action">
    /// Is called once, as that of <see cref="OnCompleted(Action)"/>. The next request does not wait for its task. How
    /// the task fails is logged.
    /// </param>
    public void OnCompleted(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        OnCompleted((Action)(() => _ = Session.Callbacks.InvokeAsync(action)));
    }

    /// <summary>
    /// Begins to handle the request. What is set here can be seen by what ends it with <see cref="TryEnd"/>.
    /// </summary>
    /// <returns><see langword="false"/> if its time was up before.</returns>
    internal bool TryBegin(Activity? activity)
    {
        Activity = activity;
        return Interlocked.CompareExchange(ref _phase, Handling, Waiting) == Waiting;
    }

    /// <summary>Ends the handling of the request, because the handler has ended or its time is up.</summary>
    /// <param name="hasBegun">Whether <see cref="TryBegin"/> came before: what it has set may be used.</param>
    /// <returns>Whether it has not ended before: the caller answers it, then.</returns>
    internal bool TryEnd(out bool hasBegun)
    {
        int phase = Interlocked.Exchange(ref _phase, Ended);
        hasBegun = phase == Handling;
        return phase != Ended;
    }

    /// <summary>Cancels <see cref="CancellationToken"/>, also if it is asked for later.</summary>
    internal Task CancelAsync()
    {
        Volatile.Write(ref _isCancelled, true);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _cancellation)?.CancelAsync() ?? Task.CompletedTask;
    }

    /// <summary>Calls the handler, with the filters around it.</summary>
    /// <returns>How the handler ends. What it throws at once is in the task.</returns>
    internal Task InvokeAsync()
    {
        try
        {
            return _handled.Invoke!(this) ?? Task.FromCanceled(new CancellationToken(canceled: true));
        }
#pragma warning disable CA1031 // A handler is the application's: whatever it throws is answered, and reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Task.FromException(exception);
        }
    }

    /// <summary>
    /// Takes the response from a task that has ended, of the handler or around it, unless a filter set one.
    /// </summary>
    internal void TakeResponse(Task handling) => Response ??= Handler.ResponseOf(handling);

    /// <summary>Takes what is to be done now that the request is completed.</summary>
    internal Action? TakeCompleted() => Interlocked.Exchange(ref _completed, s_isCompleted);

    /// <summary>
    /// Most handlers end at once, and never ask for their token. It has no timer and is linked to nothing, so that it
    /// need not be disposed of: it can be used after the handler has ended.
    /// </summary>
    private CancellationTokenSource CreateCancellation()
    {
        var created = new CancellationTokenSource();
        CancellationTokenSource cancellation = Interlocked.CompareExchange(ref _cancellation, created, null) ?? created;

        // The source is published before this is read, and CancelAsync sets it before it looks for the source: one of
        // the two sees the other.
        if (Volatile.Read(ref _isCancelled))
        {
            _ = Session.Callbacks.InvokeAsync(cancellation.CancelAsync);
        }

        return cancellation;
    }
}
