using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.SignedMessages;
using Ocpp.Validation;

namespace Ocpp;

// Requests of the peer: each is answered once.
public sealed partial class OcppSession
{
    private void OnRequest(in OcppFrame frame, int size)
    {
        string messageId = frame.MessageId;
        bool isOneWay = frame.MessageType == OcppMessageType.Send;
        HandledAction? handled = _handlers.Find(frame.Utf8Action);
        bool isSigned = handled is null && IsSigned(frame, out handled);
        handled ??= _handlers.FindOther(frame);
        OcppAction? action = handled?.Action;
        string? actionForLogs = action is UnlistedAction ? "(unknown)" : action?.Name;
        if (action is null || action.IsOneWay != isOneWay || handled?.Handler is not { } handler)
        {
            OcppRule rule =
                action is null || action.IsOneWay != isOneWay ? OcppRule.UnknownAction : OcppRule.UnhandledAction;
            Refuse(
                new OcppViolation(ReadOptionsOf(action?.Name).ErrorMap[rule], rule, ""),
                OcppReportKind.UnsupportedAction
            );
            return;
        }

        object? payload;
        OcppMessageSignature? signature = null;
        try
        {
            ReadOnlySpan<byte> utf8Json = frame.Payload;
            OcppViolation violation = default;
            bool isOpen =
                !isSigned
                || SignedMessage.TryOpen(frame, action.Name, this, ref utf8Json, out signature, out violation);
            payload = isOpen ? handler.Read(utf8Json, ReadOptionsOf(action.Name, messageId), out violation) : null;
            if (payload is null)
            {
                if (violation.Rule == OcppRule.MalformedJson && frame.Surplus is { } error)
                {
                    OnNoFrame(error);
                }
                else
                {
                    Refuse(violation, isOpen ? OcppReportKind.InvalidRequest : OcppReportKind.SignatureRefused);
                }

                return;
            }
        }
        // A callback of the read options threw: the peer is answered, and the connection goes on.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(
                new OcppReport(OcppReportKind.HandlerFailed, messageId, actionForLogs) { Exception = exception },
                isOneWay
            );
            return;
        }

        var request = new OcppRequestContext(this, handled, messageId, payload, size) { Signature = signature };
        RequestAdmission admission;
        lock (_gate)
        {
            if (State >= OcppSessionState.Closing)
            {
                // It can't be answered any more, and the end does not wait for it.
                return;
            }

            admission = _requests.Add(request);
        }

        if (admission == RequestAdmission.Runs)
        {
            _thread.Add(request);
        }
        else if (admission == RequestAdmission.Repeated)
        {
            Report(new OcppReport(OcppReportKind.RepeatedMessageId, messageId, actionForLogs));
        }

        void Refuse(OcppViolation violation, OcppReportKind kind)
        {
            Report(new OcppReport(kind, messageId, actionForLogs) { Violation = violation });
            if (!isOneWay)
            {
                SendError(messageId, violation.ErrorCode, violation.Message);
            }
        }
    }

    /// <summary>
    /// Whether a message with an action that the protocol does not have is a signed one of an action that it has.
    /// </summary>
    private bool IsSigned(in OcppFrame frame, out HandledAction? handled)
    {
        handled =
            Options.SignedMessages is not null
            && _rules.HasSignedMessages
            && SignedMessage.TryGetAction(frame.Utf8Action, out ReadOnlySpan<byte> utf8Action)
                ? _handlers.Find(utf8Action)
                : null;
        return handled is not null;
    }

    /// <summary>
    /// Calls the handler of a request, which keeps the thread if it blocks. When it takes too long,
    /// <see cref="TimeOut"/> answers in its place.
    /// </summary>
    internal void Handle(OcppRequestContext request) => _ = HandleAsync(request);

    private async Task HandleAsync(OcppRequestContext request)
    {
        using (
            Activity? activity = OcppTelemetry.Start(
                ActivityKind.Server,
                request.ActionForLogs,
                request.MessageId,
                _printableIdentity
            )
        )
        {
            if (!request.TryBegin(activity))
            {
                // Its time was up before a thread was free for it.
                return;
            }

            Task handling = request.InvokeAsync();
            await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!request.TryEnd(out _))
            {
                return;
            }

            string outcome = await AnswerAsync(request, handling).ConfigureAwait(false);
            OcppTelemetry.EndHandler(request, activity, outcome);
        }

        // Outside of the request's span.
        Complete(request);
    }

    /// <summary>Ends a request that was answered, or can't be, and runs the next.</summary>
    private void Complete(OcppRequestContext request)
    {
        // Before the next request can begin: it relies on what follows from this one.
        if (request.TakeCompleted() is { } completed)
        {
            Callbacks.Invoke(completed);
        }

        OcppRequestContext? next;
        lock (_gate)
        {
            next = _requests.Complete(request);
        }

        if (next is not null)
        {
            // A handler must keep no thread of the application that has ended the request before it.
            ReceiveThread.Queue(next);
        }
    }

    /// <summary>Answers a request whose time is up, unless it has ended meanwhile; not on the clock's thread.</summary>
    private static void QueueTimeOut(OcppRequestContext request) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            static request => request.Session.TimeOut(request),
            request,
            preferLocal: false
        );

    private void TimeOut(OcppRequestContext request)
    {
        if (!request.TryEnd(out bool hasBegun))
        {
            return;
        }

        Activity? activity = hasBegun ? request.Activity : null;
        string outcome = Fail(
            new OcppReport(OcppReportKind.HandlerTimedOut, request.MessageId, request.ActionForLogs),
            request.IsOneWay
        );
        OcppTelemetry.EndHandler(request, activity, outcome);

        // Not with the handler, which may never end.
        activity?.Stop();
        _ = Callbacks.InvokeAsync(request.CancelAsync);
        Complete(request);
    }

    /// <summary>Answers with what the handler ended with.</summary>
    private async ValueTask<string> AnswerAsync(OcppRequestContext request, Task handling)
    {
        try
        {
            await handling.ConfigureAwait(false);
            request.TakeResponse(handling);
            return request.IsOneWay ? OcppTelemetry.Ok : await SendResponseAsync(request).ConfigureAwait(false);
        }
        catch (OcppCallErrorException exception) when (!request.IsOneWay)
        {
            // Half of a surrogate pair can't be sent: it becomes a replacement character.
            SendError(
                request.MessageId,
                exception.ErrorCode,
                Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(exception.ErrorDescription))
            );
            return exception.ErrorCode.ToWireName();
        }
        catch (Exception exception)
            when (exception is (OperationCanceledException or OcppConnectionClosedException)
                && State >= OcppSessionState.Disconnected
            )
        {
            return OcppTelemetry.Closed;
        }
#pragma warning disable CA1031 // A handler is the application's: whatever it throws is answered, and reported.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Fail(
                new OcppReport(OcppReportKind.HandlerFailed, request.MessageId, request.ActionForLogs)
                {
                    Exception = exception,
                },
                request.IsOneWay
            );
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
    private async ValueTask<string> SendResponseAsync(OcppRequestContext request)
    {
        PooledBuffer frame = PooledBuffer.Rent();
        try
        {
            request.Handler.WriteResponse(
                frame,
                request.MessageId,
                request.Response,
                _writing.ForAnswer(request.Sender)
            );
            if (request.Signature is not null && Options.SignedMessages?.Signer is { } signer)
            {
                SignedMessage.Sign(frame, request.Action, signer);
            }
        }
        catch (OcppValidationException exception)
        {
            frame.Dispose();
            var report = new OcppReport(OcppReportKind.InvalidHandlerResponse, request.MessageId, request.ActionForLogs)
            {
                Exception = exception,
            };
            Report(report);
            return Refuse(report, OcppRule.InvalidHandlerResponse, isOneWay: false);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        // Before it is sent: the peer's rejection may come before the sending has ended.
        _answered?.Add(request.MessageId, request.ActionForLogs, request.Rejected);
        request.IsResponseSent = await _sender.SendAsync(frame, OcppMessageType.CallResult).ConfigureAwait(false);
        return OcppTelemetry.Ok;
    }

    /// <summary>
    /// Answers with a CALLERROR, without waiting until it is sent: the next message may be the answer to a call.
    /// </summary>
    private void SendError(string messageId, OcppErrorCode code, string description)
    {
        PooledBuffer frame = PooledBuffer.Rent();
        OcppFrame.WriteCallError(frame, messageId, code, description, _rules);
        SendRefusal(frame, OcppMessageType.CallError);
    }

    /// <summary>
    /// Answers a response that can't be processed with a CALLRESULTERROR, where the protocol has it, without waiting
    /// until it is sent.
    /// </summary>
    private void RejectResponse(string messageId, OcppErrorCode code, string description)
    {
        if (_rules.Knows(OcppMessageType.CallResultError))
        {
            PooledBuffer frame = PooledBuffer.Rent();
            OcppFrame.WriteCallResultError(frame, messageId, code, description, _rules);
            SendRefusal(frame, OcppMessageType.CallResultError);
        }
    }

    private void SendRefusal(PooledBuffer frame, OcppMessageType type)
    {
        _requests.AddRefusal();
        _ = SendAndCountAsync();

        async Task SendAndCountAsync()
        {
            await _sender.SendAsync(frame, type).ConfigureAwait(false);
            _requests.RemoveRefusal();
        }
    }

    /// <summary>The peer could not process a response of this side.</summary>
    private void OnResponseRejected(in OcppFrame frame)
    {
        var details = new Utf8JsonReader(frame.ErrorDetails);
        OnResponseRejected(
            frame.MessageId,
            new OcppResponseError(
                frame.ErrorCode,
                frame.ErrorCodeName!,
                frame.ErrorDescription,
                JsonElement.ParseValue(ref details)
            )
        );
    }

    private void OnRejectionOutOfForm(in OcppFrameError error)
    {
        OcppErrorCode code = OcppErrorCodeNames.TryParse(error.ErrorCodeName, out OcppErrorCode known)
            ? known
            : OcppErrorCode.GenericError;
        OnResponseRejected(
            error.MessageId,
            new OcppResponseError(code, error.ErrorCodeName!, error.ErrorDescription!, null),
            deviation: error.Description
        );
    }

    private void OnResponseRejected(string messageId, OcppResponseError error, string? deviation = null)
    {
        Debug.Assert(_answered is not null, "A protocol that has CALLRESULTERROR remembers what was answered.");
        if (!_answered.TryTake(messageId, out string action, out Action<OcppResponseError>? rejected))
        {
            Report(
                new OcppReport(OcppReportKind.UnexpectedAnswer, messageId)
                {
                    Detail = $"a CALLRESULTERROR, {error.ErrorCode}",
                }
            );
            return;
        }

        if (deviation is not null)
        {
            Report(
                new OcppReport(OcppReportKind.DeviationAccepted, messageId, action)
                {
                    Detail = $"a CALLRESULTERROR out of form: {deviation}",
                }
            );
        }

        Report(
            new OcppReport(OcppReportKind.ResponseRejected, messageId, action) { Detail = error.ErrorCode.ToWireName() }
        );
        Callbacks.Invoke(rejected, error);
    }
}
