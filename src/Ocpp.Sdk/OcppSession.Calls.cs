using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp;

// Calls to the peer: one outstanding, the others wait in order (part 4, section 4.1.1).
public sealed partial class OcppSession
{
    private uint _nextMessageId;
    private PendingCall? _current;
    private List<PendingCall>? _waiting;
    private ITimer? _callTimer;

    /// <summary>Sends a request as soon as the line is free, and waits for its response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">
    /// Takes a call that waits out of the queue. One that was sent is no longer waited for: its answer, should it come, is
    /// dropped and reported, and the line is free for the next.
    /// </param>
    /// <exception cref="OcppCallErrorException">The peer answered with a CALLERROR, perhaps one out of form, which is reported.</exception>
    /// <exception cref="OcppInvalidResponseException">
    /// What the peer answered is not a message of OCPP-J, or the response breaks rules of its message.
    /// </exception>
    /// <exception cref="OcppTimeoutException">No answer came within <see cref="OcppSessionOptions.ResponseTimeout"/> from when it was sent.</exception>
    /// <exception cref="OcppConnectionClosedException">The connection is closed, or was before the answer came.</exception>
    /// <exception cref="OcppValidationException">The request breaks rules of its message: it was not sent.</exception>
    /// <exception cref="OcppQueueFullException">As many calls as allowed wait already.</exception>
    /// <exception cref="ArgumentException">The session's protocol has no such request.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request, CancellationToken cancellationToken = default)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        OcppAction action = DemandAction(TRequest.Action, typeof(TRequest));
        cancellationToken.ThrowIfCancellationRequested();
        string messageId = NextMessageId();
        using Activity? activity = OcppTelemetry.Start(ActivityKind.Client, TRequest.Action, messageId, _printableIdentity);
        var call = new PendingCall<TResponse>(messageId, TRequest.Action) { Activity = activity };
        PooledBuffer frame = PooledBuffer.Rent();
        bool isNext;
        try
        {
            OcppFrame.WriteCall(frame, messageId, request, _writing.For(action.Sender));
            call.Frame = frame;
            isNext = TakeLine(call);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                (OcppSession session, PendingCall call) = ((OcppSession, PendingCall))state!;
                session.Cancel(call, token);
            },
            (this, (PendingCall)call));
        if (isNext)
        {
            _ = SendCallAsync(call);
        }

        return await call.Task.ConfigureAwait(false);
    }

    /// <summary>Sends a message that nothing answers.</summary>
    /// <returns>Ends when the message was handed to the network.</returns>
    /// <exception cref="OcppConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="OcppValidationException">The message breaks its rules: it was not sent.</exception>
    /// <exception cref="ArgumentException">The session's protocol has no such message.</exception>
    public async Task SendAsync<TMessage>(TMessage message, CancellationToken cancellationToken = default)
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(message);
        OcppAction action = DemandAction(TMessage.Action, typeof(TMessage));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            DemandOpen();
        }

        PooledBuffer frame = PooledBuffer.Rent();
        try
        {
            OcppFrame.WriteSend(frame, NextMessageId(), message, _writing.For(action.Sender));
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        if (!await SendFrameAsync(frame, OcppMessageType.Send).ConfigureAwait(false))
        {
            throw new OcppConnectionClosedException(ReasonOr(new OcppCloseReason(OcppCloseKind.ClosedByUs)));
        }
    }

    private OcppAction DemandAction(string name, Type type)
    {
        OcppAction? action = Protocol.FindAction(name);
        return action?.RequestType == type
            ? action
            : throw new ArgumentException($"{type} is not a message of {Protocol.Subprotocol}.");
    }

    /// <summary>Called under the lock.</summary>
    private void DemandOpen()
    {
        if (_run is null)
        {
            throw new InvalidOperationException("The session has not begun.");
        }

        if (!_takesCalls)
        {
            throw new OcppConnectionClosedException(_reason ?? new OcppCloseReason(OcppCloseKind.ClosedByUs));
        }
    }

    /// <summary>A number that goes up by one, from a random beginning, so that logs of two connections seldom share one.</summary>
    private string NextMessageId() => Interlocked.Increment(ref _nextMessageId).ToString("x8", CultureInfo.InvariantCulture);

    /// <returns>Whether the call is to be sent now; otherwise it waits.</returns>
    private bool TakeLine(PendingCall call)
    {
        lock (_gate)
        {
            DemandOpen();
            if (_current is null)
            {
                _current = call;
                return true;
            }

            if ((_waiting?.Count ?? 0) >= Options.MaxQueuedCalls)
            {
                throw new OcppQueueFullException();
            }

            (_waiting ??= []).Add(call);
        }

        OcppTelemetry.Waiting.Add(1);
        return false;
    }

    private Task SendCallAsync(PendingCall call)
    {
        if (call.TakeFrame() is not { } frame)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            if (_current != call)
            {
                // It ended before it was sent.
                frame.Dispose();
                return Task.CompletedTask;
            }

            call.SentAt = Options.TimeProvider.GetTimestamp();
            _callTimer ??= Options.TimeProvider.CreateTimer(
                static state => ((OcppSession)state!).OnCallTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _callTimer.Change(Options.ResponseTimeout, Timeout.InfiniteTimeSpan);
        }

        // When it can't be sent, the connection is lost, and the call fails with all others.
        return SendFrameAsync(frame, OcppMessageType.Call, call);
    }

    private bool HasLine(PendingCall call)
    {
        lock (_gate)
        {
            return _current == call;
        }
    }

    /// <summary>Frees the line from a call, and sends the next.</summary>
    /// <returns>Whether the call had the line.</returns>
    private bool Release(PendingCall call)
    {
        PendingCall? next = null;
        lock (_gate)
        {
            if (_current != call)
            {
                return false;
            }

            if (_waiting is { Count: > 0 } waiting)
            {
                next = waiting[0];
                waiting.RemoveAt(0);
            }

            _current = next;
            CheckDrained();
        }

        if (next is not null)
        {
            OcppTelemetry.Waiting.Add(-1);
            _ = SendCallAsync(next);
        }

        return true;
    }

    private void OnCallTimer()
    {
        PendingCall? call;
        lock (_gate)
        {
            call = _current;
            if (call?.SentAt is not { } sentAt)
            {
                return;
            }

            // The timer may have been set for the call before.
            TimeSpan left = Options.ResponseTimeout - Options.TimeProvider.GetElapsedTime(sentAt);
            if (left > TimeSpan.Zero)
            {
                _callTimer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        if (Release(call))
        {
            EndCall(call, OcppTelemetry.TimedOut);
            call.Fail(new OcppTimeoutException(call.Action, Options.ResponseTimeout));
        }
    }

    private void Cancel(PendingCall call, CancellationToken cancellationToken)
    {
        bool waited;
        lock (_gate)
        {
            waited = _waiting?.Remove(call) ?? false;
        }

        if (waited)
        {
            OcppTelemetry.Waiting.Add(-1);
        }

        if (waited || Release(call))
        {
            EndCall(call, OcppTelemetry.Cancelled);
            call.Fail(new OperationCanceledException(cancellationToken));
        }
    }

    private void OnAnswer(in OcppFrame frame)
    {
        if (TakeCall(frame.MessageId) is not { } call)
        {
            Report(new OcppReport(OcppReportKind.UnexpectedAnswer, frame.MessageId)
            {
                Detail = frame.MessageType == OcppMessageType.CallError ? $"a CALLERROR, {frame.ErrorCode}" : "a CALLRESULT",
            });
            return;
        }

        if (frame.MessageType == OcppMessageType.CallError)
        {
            EndCall(call, frame.ErrorCode.ToWireName());
            var details = new Utf8JsonReader(frame.ErrorDetails);
            call.Fail(new OcppCallErrorException(
                frame.ErrorCode, frame.ErrorCodeName!, frame.ErrorDescription, JsonElement.ParseValue(ref details)));
        }
        else
        {
            OnResponse(call, frame);
        }
    }

    private void OnResponse(PendingCall call, in OcppFrame frame)
    {
        try
        {
            OcppViolation? violation = call.Answer(frame.Payload, ReadOptionsOf(call.Action, call.MessageId));
            if (violation is { Rule: OcppRule.MalformedJson } && frame.Surplus is { } error)
            {
                Report(new OcppReport(OcppReportKind.InvalidFrame, call.MessageId, call.Action) { Detail = error.ToString() });
                FailMalformed(call, error);
                return;
            }

            EndCall(call, violation?.ErrorCode.ToWireName() ?? OcppTelemetry.Ok);
            if (violation is { } broken)
            {
                call.Fail(new OcppInvalidResponseException(broken));
                Report(new OcppReport(OcppReportKind.InvalidResponse, call.MessageId, call.Action) { Violation = broken });
            }
        }
#pragma warning disable CA1031 // A call-back of the read options threw: the caller is told, and the connection goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppLog.CallBackFailed(Options.Logger, exception, _printableIdentity);
            EndCall(call, OcppErrorCode.InternalError.ToWireName());
            call.Fail(exception);
        }
    }

    /// <returns>The call that an answer is for, which has the line no more; <see langword="null"/> when it is for none.</returns>
    private PendingCall? TakeCall(string? messageId)
    {
        PendingCall? call;
        lock (_gate)
        {
            call = _current;
        }

        return call is not null && call.MessageId == messageId && Release(call) ? call : null;
    }

    /// <summary>An answer that is no frame: its call, if it is the current one, will get no other.</summary>
    private void OnInvalidAnswer(in OcppFrameError error)
    {
        if (TakeCall(error.MessageId) is not { } call)
        {
            Report(new OcppReport(OcppReportKind.InvalidFrame, error.MessageId) { Detail = error.ToString() });
        }
        else if (error.ErrorCodeName is { } codeName)
        {
            Report(new OcppReport(OcppReportKind.DeviationAccepted, call.MessageId, call.Action) { Detail = $"a CALLERROR out of form: {error.Description}" });
            OcppErrorCode code = OcppErrorCodeNames.TryParse(codeName, out OcppErrorCode known) ? known : OcppErrorCode.GenericError;
            EndCall(call, code.ToWireName());
            call.Fail(new OcppCallErrorException(code, codeName, error.ErrorDescription!, null));
        }
        else
        {
            Report(new OcppReport(OcppReportKind.InvalidFrame, call.MessageId, call.Action) { Detail = error.ToString() });
            FailMalformed(call, error);
        }
    }

    private void FailMalformed(PendingCall call, in OcppFrameError error)
    {
        EndCall(call, OcppTelemetry.Malformed);
        call.Fail(new OcppInvalidResponseException(error));
    }

    private void FailOutstanding(OcppCloseReason reason)
    {
        PendingCall? call;
        lock (_gate)
        {
            call = _current;
            _current = null;
            CheckDrained();
        }

        if (call is not null)
        {
            EndCall(call, OcppTelemetry.Closed);
            call.Fail(new OcppConnectionClosedException(reason));
        }
    }

    private void EndCall(PendingCall call, string outcome) => OcppTelemetry.EndCall(
        call, outcome, call.SentAt is { } sentAt ? Options.TimeProvider.GetElapsedTime(sentAt) : TimeSpan.Zero);
}
