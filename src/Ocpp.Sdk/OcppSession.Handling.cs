using System.Diagnostics;
using System.Text;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp;

// Requests of the peer: each is answered once.
public sealed partial class OcppSession
{
    /// <summary>The requests that are not yet answered: those that are handled first, then those that wait.</summary>
    private List<OcppRequestContext>? _handled;
    private int _running;

    /// <summary>How many bytes the messages had of which the requests wait that are not yet handled.</summary>
    private long _waitingBytes;
    private int _unsentErrors;
    private OcppRequestAnswered[] _observers = [];

    /// <summary>The last response that was sent while nobody observed: the first observer gets it.</summary>
    private (string Action, object Response)? _unobserved;

    /// <summary>
    /// A request of the peer was answered with a response (CALLRESULT): after it was handed to the connection, and before what
    /// <see cref="OcppRequestContext.OnCompleted(Action)"/> was given. A request that is answered with an error is not among them. The first observer gets
    /// the last one that was sent before it came, so that a request that is handled while the session starts is not missed.
    /// Called in the order of the answers where <see cref="OcppSessionOptions.MaxConcurrentHandlers"/> is 1; must not block.
    /// </summary>
    public event OcppRequestAnswered? RequestAnswered
    {
        add
        {
            if (value is null)
            {
                return;
            }

            (string Action, object Response)? missed;
            lock (_gate)
            {
                missed = _unobserved;
                _unobserved = null;
                _observers = [.. _observers, value];
            }

            if (missed is { } answer)
            {
                CallBack(() => value(this, answer.Action, answer.Response));
            }
        }

        remove
        {
            lock (_gate)
            {
                int last = value is null ? -1 : Array.LastIndexOf(_observers, value);
                _observers = last < 0 ? _observers : [.. _observers[..last], .. _observers[(last + 1)..]];
            }
        }
    }

    /// <summary>Whether one request more may wait. Called under the lock.</summary>
    private bool HasRoom =>
        (_handled?.Count ?? 0) - _running < Options.MaxWaitingRequests
        && _waitingBytes < Options.MaxWaitingRequestBytes
        && Volatile.Read(ref _unsentErrors) < Options.MaxWaitingRequests;

    /// <summary>Called under the lock: the connection is gone.</summary>
    private void DropWaitingRequests()
    {
        Debug.Assert(Monitor.IsEntered(_gate), "Requests are guarded by the lock.");
        _handled?.RemoveRange(_running, _handled.Count - _running);
        _waitingBytes = 0;
        _room?.TrySetResult();
        CheckIdle();
    }

    /// <returns>Whether one request more may wait.</returns>
    private bool OnRequest(in OcppFrame frame, int size)
    {
        string messageId = frame.MessageId;
        bool isOneWay = frame.MessageType == OcppMessageType.Send;
        HandledAction? handled = _handlers.Find(frame.Utf8Action);
        OcppAction? action = handled?.Action;
        if (action is null || action.IsOneWay != isOneWay || handled?.Handler is not { } handler)
        {
            OcppRule rule = action is null || action.IsOneWay != isOneWay ? OcppRule.UnknownAction : OcppRule.UnhandledAction;
            Refuse(new OcppViolation(ReadOptionsOf(action?.Name).ErrorMap[rule], rule, ""), OcppReportKind.UnsupportedAction);
            return true;
        }

        object? payload;
        try
        {
            payload = handler.Read(frame.Payload, ReadOptionsOf(action.Name, messageId), out OcppViolation violation);
            if (payload is null)
            {
                if (violation.Rule == OcppRule.MalformedJson && frame.Surplus is { } error)
                {
                    OnNoFrame(error);
                }
                else
                {
                    Refuse(violation, OcppReportKind.InvalidRequest);
                }

                return true;
            }
        }
#pragma warning disable CA1031 // A call-back of the read options threw: the peer is answered, and the connection goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(new OcppReport(OcppReportKind.HandlerFailed, messageId, action.Name) { Exception = exception }, isOneWay);
            return true;
        }

        OcppRequestContext? request = new(this, handled, messageId, payload, size);
        lock (_gate)
        {
            if (State >= OcppSessionState.Closing)
            {
                // It can't be answered any more, and the end does not wait for it.
                return true;
            }

            _handled ??= [];
            if (!isOneWay && _handled.Exists(other => other.MessageId == messageId && !other.IsOneWay))
            {
                request = null;
            }
            else
            {
                _handled.Add(request);
                if (_running == Options.MaxConcurrentHandlers)
                {
                    _waitingBytes += size;
                    return HasRoom;
                }

                _running++;
            }
        }

        if (request is null)
        {
            Report(new OcppReport(OcppReportKind.RepeatedMessageId, messageId, action.Name));
        }
        else
        {
            // Not here: a handler that blocks must not keep the answers to its own calls from being received.
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => _ = work.Session.HandleAllAsync(work.Request), (Session: this, Request: request), preferLocal: false);
        }

        return true;

        void Refuse(OcppViolation violation, OcppReportKind kind)
        {
            Report(new OcppReport(kind, messageId, action?.Name) { Violation = violation });
            if (!isOneWay)
            {
                SendError(messageId, violation.ErrorCode, violation.Message);
            }
        }
    }

    /// <summary>Handles a request, and then those that wait.</summary>
    private async Task HandleAllAsync(OcppRequestContext request)
    {
        for (OcppRequestContext? next = request; next is not null;)
        {
            await HandleAsync(next).ConfigureAwait(false);
            OcppRequestContext handled = next;
            OcppRequestAnswered[] observers = [];
            lock (_gate)
            {
                // The first ones are those that are handled.
                _handled!.Remove(next);
                if (next.IsResponseSent)
                {
                    observers = _observers;
                    _unobserved = observers.Length == 0 ? (next.Action, next.Response!) : null;
                }

                next = _handled.Count >= _running ? _handled[_running - 1] : null;
                _running -= next is null ? 1 : 0;
                _waitingBytes -= next?.Size ?? 0;
                CheckRoom();
                CheckIdle();
            }

            foreach (OcppRequestAnswered observer in observers)
            {
                Tell(observer, handled);
            }

            if (handled.TakeCompleted() is { } completed)
            {
                Array.ForEach(completed.GetInvocationList(), action => CallBack((Action)action));
            }
        }
    }

    // Not with CallBack: its closure would be made for each request.
    private void Tell(OcppRequestAnswered observer, OcppRequestContext answered)
    {
        try
        {
            observer(this, answered.Action, answered.Response!);
        }
#pragma warning disable CA1031 // What the application's call-back throws must not end the connection; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.CallBackFailed(Options.Logger, exception, _printableIdentity);
        }
    }

    private async Task HandleAsync(OcppRequestContext request)
    {
        using Activity? activity = OcppTelemetry.Start(ActivityKind.Server, request.Action, request.MessageId, _printableIdentity);
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_closedToken);
        request.CancellationToken = cancellation.Token;
        long start = Options.TimeProvider.GetTimestamp();

        // On a thread of its own: a handler that blocks is answered for, too, when it takes too long.
        Task handling = Task.Run(request.InvokeAsync, CancellationToken.None).Observed();
        await handling.WaitAsync(Options.HandlerTimeout, Options.TimeProvider)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string outcome;
        if (handling.IsCompleted)
        {
            cancellation.Dispose();
            outcome = await AnswerAsync(request, handling).ConfigureAwait(false);
        }
        else
        {
            outcome = Fail(new OcppReport(OcppReportKind.HandlerTimedOut, request.MessageId, request.Action), request.IsOneWay);
            _ = CancelAndDisposeAsync(cancellation);
        }

        OcppTelemetry.EndHandler(request, activity, outcome, Options.TimeProvider.GetElapsedTime(start));
    }

    /// <summary>Answers with what the handler ended with.</summary>
    private async Task<string> AnswerAsync(OcppRequestContext request, Task handling)
    {
        try
        {
            await handling.ConfigureAwait(false);
            request.TakeResponse();
            return request.IsOneWay ? OcppTelemetry.Ok : await SendResponseAsync(request).ConfigureAwait(false);
        }
        catch (OcppCallErrorException exception) when (!request.IsOneWay)
        {
            // Half of a surrogate pair can't be sent: it becomes a replacement character.
            SendError(request.MessageId, exception.ErrorCode, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(exception.ErrorDescription)));
            return exception.ErrorCode.ToWireName();
        }
        catch (Exception exception) when (exception is (OperationCanceledException or OcppConnectionClosedException) && _closedToken.IsCancellationRequested)
        {
            return OcppTelemetry.Closed;
        }
#pragma warning disable CA1031 // A handler is the application's: whatever it throws is answered, and reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Fail(new OcppReport(OcppReportKind.HandlerFailed, request.MessageId, request.Action) { Exception = exception }, request.IsOneWay);
        }
    }

    /// <summary>Reports that a request was not handled, and answers it so.</summary>
    private string Fail(OcppReport report, bool isOneWay)
    {
        Report(report);
        return Refuse(report, OcppRule.HandlerFailed, isOneWay);
    }

    /// <summary>Answers a request that could be read, and yet is not answered with a response.</summary>
    private string Refuse(OcppReport report, OcppRule rule, bool isOneWay)
    {
        OcppErrorCode code = ReadOptionsOf(report.Action).ErrorMap[rule];
        if (!isOneWay)
        {
            SendError(report.MessageId!, code, new OcppViolation(code, rule, "").Message);
        }

        return code.ToWireName();
    }

    /// <summary>Sends the handler's response, when it is valid.</summary>
    private async Task<string> SendResponseAsync(OcppRequestContext request)
    {
        PooledBuffer frame = PooledBuffer.Rent();
        try
        {
            request.Handler.WriteResponse(frame, request.MessageId, request.Response, _writing.ForAnswer(request.Sender));
        }
        catch (OcppValidationException exception)
        {
            frame.Dispose();
            var report = new OcppReport(OcppReportKind.InvalidHandlerResponse, request.MessageId, request.Action) { Exception = exception };
            Report(report);
            return Refuse(report, OcppRule.InvalidHandlerResponse, isOneWay: false);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        request.IsResponseSent = await _sender.SendAsync(frame, OcppMessageType.CallResult).ConfigureAwait(false);
        return OcppTelemetry.Ok;
    }

    /// <summary>Answers with a CALLERROR, without waiting until it is sent: the next message may be the answer to a call.</summary>
    private void SendError(string messageId, OcppErrorCode code, string description)
    {
        PooledBuffer frame = PooledBuffer.Rent();
        OcppFrame.WriteCallError(frame, messageId, code, description);
        Interlocked.Increment(ref _unsentErrors);
        _ = SendAndCountAsync();

        async Task SendAndCountAsync()
        {
            await _sender.SendAsync(frame, OcppMessageType.CallError).ConfigureAwait(false);
            Interlocked.Decrement(ref _unsentErrors);
            lock (_gate)
            {
                CheckRoom();
            }
        }
    }
}
