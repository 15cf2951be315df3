using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.Rpc;
using Ocpp.Security;
using Ocpp.SignedMessages;
using Ocpp.Validation;

namespace Ocpp;

// Calls to the peer: one outstanding, the others wait in order (part 4, section 4.1.1).
public sealed partial class OcppSession
{
    private readonly string _messageIdPrefix;
    private uint _nextMessageId;

    /// <summary>Sends a request as soon as the call slot is free, and waits for its response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">
    /// Removes a waiting call from the queue. A call that was sent is abandoned: its response, should it come, is
    /// dropped and reported, and the call slot is free for the next.
    /// </param>
    /// <exception cref="OcppCallErrorException">
    /// The peer answered with a CALLERROR, perhaps one out of form, which is reported.
    /// </exception>
    /// <exception cref="OcppInvalidResponseException">
    /// What the peer answered is not a message of OCPP-J, or the response breaks rules of its message.
    /// </exception>
    /// <exception cref="OcppTimeoutException">
    /// No answer came within <see cref="OcppSessionOptions.ResponseTimeout"/> from when it was sent.
    /// </exception>
    /// <exception cref="OcppConnectionClosedException">
    /// The connection is closed, or was before the answer came.
    /// </exception>
    /// <exception cref="OcppValidationException">The request breaks rules of its message: it was not sent.</exception>
    /// <exception cref="OcppQueueFullException">As many calls as allowed wait already.</exception>
    /// <exception cref="InvalidOperationException">
    /// The request is not one of <see cref="Protocol"/>, for example one of another version: it was not sent.
    /// </exception>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        CallAsync(request, OcppCallOptions.Default, cancellationToken);

    /// <param name="request">The request.</param>
    /// <param name="options">How the call is made: its time-out, and whether it is signed.</param>
    /// <param name="cancellationToken">Gives up the call, as with the other overload.</param>
    /// <exception cref="InvalidOperationException">
    /// The request is not one of <see cref="Protocol"/>, for example one of another version; or it is to be signed, and
    /// the protocol has no signed messages, or <see cref="OcppSessionOptions.SignedMessages"/>, by which the response
    /// is verified, is not set: it was not sent.
    /// </exception>
    /// <inheritdoc cref="CallAsync{TRequest, TResponse}(IOcppRequest{TRequest, TResponse}, CancellationToken)"/>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        OcppAction action = DemandAction(TRequest.Action, typeof(TRequest));
        if (options.Signer is not null)
        {
            DemandSignedMessages(isAnswered: true);
        }

        cancellationToken.ThrowIfCancellationRequested();
        string messageId = NextMessageId();
        using Activity? activity = OcppTelemetry.Start(
            ActivityKind.Client,
            TRequest.Action,
            messageId,
            _printableIdentity
        );
        TimeSpan timeout = options.Timeout ?? Options.ResponseTimeout;
        var call = new PendingCall<TResponse>(messageId, TRequest.Action, timeout)
        {
            Activity = activity,
            Options = options,
        };
        PooledBuffer frame = PooledBuffer.Rent();
        bool isNext;
        try
        {
            OcppFrame.WriteCall(frame, messageId, request, _writing.For(action.Sender));
            if (options.Signer is { } signer)
            {
                SignedMessage.Sign(frame, action.Name, signer);
            }

            call.Frame = frame;
            _handlers.Calling?.Invoke(this, request);
            isNext = Add(call);
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var call = (PendingCall)state!;
                call.Queue!.Cancel(call, token);
            },
            call
        );
        if (isNext)
        {
            _calls.Send(call);
        }

        return await call.Response.ConfigureAwait(false);
    }

    /// <summary>
    /// Makes a call whose action is known only at run time. Request and response are validated as those of the other
    /// overloads are.
    /// </summary>
    /// <param name="action">The action, such as <c>SignCertificate</c>. Case-sensitive.</param>
    /// <param name="payload">The request.</param>
    /// <param name="cancellationToken">Gives up the call, as with the other overloads.</param>
    /// <returns>The response, as it was read: properties that <see cref="ReadOptions"/> ignore are left out.</returns>
    /// <exception cref="ArgumentException">The protocol has no such action, or the action goes one way.</exception>
    /// <inheritdoc cref="CallAsync{TRequest, TResponse}(IOcppRequest{TRequest, TResponse}, CancellationToken)"/>
    public Task<JsonElement> CallAsync(
        string action,
        JsonElement payload,
        CancellationToken cancellationToken = default
    ) => CallAsync(action, payload, OcppCallOptions.Default, cancellationToken);

    /// <param name="action">The action, such as <c>SignCertificate</c>. Case-sensitive.</param>
    /// <param name="payload">The request.</param>
    /// <param name="options">How the call is made: its time-out, and whether it is signed.</param>
    /// <param name="cancellationToken">Gives up the call, as with the other overloads.</param>
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
        OcppAction known =
            Protocol.FindAction(action)
            ?? throw new ArgumentException(
                $"{Protocol.Subprotocol} has no action '{PrintableText.Of(action)}'.",
                nameof(action)
            );
        return known.CallAsync(this, payload, options, cancellationToken);
    }

    /// <summary>Sends a message that nothing answers.</summary>
    /// <returns>Ends when the message was handed to the network.</returns>
    /// <exception cref="OcppConnectionClosedException">The connection is closed.</exception>
    /// <exception cref="OcppValidationException">The message breaks its rules: it was not sent.</exception>
    /// <exception cref="InvalidOperationException">
    /// The message is not one of <see cref="Protocol"/>, for example one of another version: it was not sent.
    /// </exception>
    public Task SendAsync<TMessage>(TMessage message, CancellationToken cancellationToken = default)
        where TMessage : class, IOcppOneWayMessage<TMessage> => SendAsync(message, signer: null, cancellationToken);

    /// <summary>Sends a message that nothing answers, signed (part 4, section 7).</summary>
    /// <param name="message">The message.</param>
    /// <param name="signer">Signs the message; <see langword="null"/> sends it as the other overload does.</param>
    /// <param name="cancellationToken">Is looked at before the message is sent.</param>
    /// <exception cref="InvalidOperationException">
    /// The message is not one of <see cref="Protocol"/>, or it has no signed messages: it was not sent.
    /// </exception>
    /// <inheritdoc cref="SendAsync{TMessage}(TMessage, CancellationToken)"/>
    public async Task SendAsync<TMessage>(
        TMessage message,
        IOcppMessageSigner? signer,
        CancellationToken cancellationToken = default
    )
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(message);
        OcppAction action = DemandAction(TMessage.Action, typeof(TMessage));
        if (signer is not null)
        {
            DemandSignedMessages(isAnswered: false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        DemandOpen();
        PooledBuffer frame = PooledBuffer.Rent();
        try
        {
            OcppFrame.WriteSend(frame, NextMessageId(), message, _writing.For(action.Sender));
            if (signer is not null)
            {
                SignedMessage.Sign(frame, action.Name, signer);
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        if (!await _sender.SendAsync(frame, OcppMessageType.Send).ConfigureAwait(false))
        {
            throw new OcppConnectionClosedException(CloseReason);
        }
    }

    private OcppAction DemandAction(string name, Type type)
    {
        OcppAction? action = Protocol.FindAction(name);
        return action?.RequestType == type
            ? action
            : throw new InvalidOperationException(
                $"{name} ({type}) is not a message of {Protocol.Subprotocol}, which this session speaks."
            );
    }

    private void DemandSignedMessages(bool isAnswered)
    {
        if (!_rules.HasSignedMessages)
        {
            throw new InvalidOperationException($"{Protocol.Subprotocol} has no signed messages.");
        }

        if (isAnswered && Options.SignedMessages is null)
        {
            throw new InvalidOperationException(
                $"A signed call requires {nameof(OcppSessionOptions)}.{nameof(OcppSessionOptions.SignedMessages)}."
            );
        }
    }

    private void DemandOpen()
    {
        OcppSessionState state = State;
        if (state == OcppSessionState.Created)
        {
            throw new InvalidOperationException("The session has not been started.");
        }

        if (state != OcppSessionState.Open)
        {
            throw new OcppConnectionClosedException(CloseReason);
        }
    }

    /// <summary>
    /// A number that goes up by one, from a random beginning, so that logs of two connections seldom share one; behind
    /// a random number of 63 bits where they never may.
    /// </summary>
    private string NextMessageId()
    {
        uint number = Interlocked.Increment(ref _nextMessageId);
        return _messageIdPrefix.Length == 0
            ? number.ToString("x8", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{_messageIdPrefix}{number:x8}");
    }

    /// <returns>Whether the call is to be sent now; otherwise it waits.</returns>
    private bool Add(PendingCall call)
    {
        lock (_gate)
        {
            DemandOpen();
            if (_calls.Add(call))
            {
                return true;
            }
        }

        OcppTelemetry.Waiting.Add(1);
        return false;
    }

    /// <summary>If it can't be sent, the connection is lost, and the call fails with all others.</summary>
    void ISessionOfParts.Send(PooledBuffer frame, PendingCall call) =>
        _ = _sender.SendAsync(frame, OcppMessageType.Call, call);

    private void OnAnswer(in OcppFrame frame)
    {
        if (_calls.Take(frame.MessageId) is not { } call)
        {
            Report(
                new OcppReport(OcppReportKind.UnexpectedAnswer, frame.MessageId)
                {
                    Detail =
                        frame.MessageType == OcppMessageType.CallError
                            ? $"a CALLERROR, {frame.ErrorCode}"
                            : "a CALLRESULT",
                }
            );
            return;
        }

        if (frame.MessageType == OcppMessageType.CallError)
        {
            var details = new Utf8JsonReader(frame.ErrorDetails);
            var exception = new OcppCallErrorException(
                frame.ErrorCode,
                frame.ErrorCodeName!,
                frame.ErrorDescription,
                JsonElement.ParseValue(ref details)
            );
            _calls.Fail(call, frame.ErrorCode.ToWireName(), exception);
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
            ReadOnlySpan<byte> payload = frame.Payload;
            OcppViolation? refused = call.Options.Signer is null ? null : Open(call, frame, ref payload);
            OcppViolation? violation = refused;
            if (
                refused is null
                && !call.TryRead(payload, ReadOptionsOf(call.Action, call.MessageId), out OcppViolation found)
            )
            {
                violation = found;
            }

            if (violation is { Rule: OcppRule.MalformedJson } && frame.Surplus is { } error)
            {
                Report(
                    new OcppReport(OcppReportKind.InvalidFrame, call.MessageId, call.Action)
                    {
                        Detail = error.ToString(),
                    }
                );
                FailMalformed(call, error);
                RejectResponse(call, error.Rule, error.Description);
                return;
            }

            _calls.Measure(call, violation?.ErrorCode.ToWireName() ?? OcppTelemetry.Ok);
            if (violation is { } broken)
            {
                call.Fail(new OcppInvalidResponseException(broken));
                OcppReportKind kind = refused is null
                    ? OcppReportKind.InvalidResponse
                    : OcppReportKind.SignatureRefused;
                Report(new OcppReport(kind, call.MessageId, call.Action) { Violation = broken });
                RejectResponse(call.MessageId, broken.ErrorCode, broken.Message);
            }
            else
            {
                _thread.Add(call);
            }
        }
        // A callback of the read options threw: the caller gets the exception, and the connection continues.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Callbacks.Failed(exception);
            _calls.Fail(call, OcppErrorCode.InternalError.ToWireName(), exception);
            RejectResponse(call, OcppRule.HandlerFailed, "");
        }
    }

    /// <summary>Verifies the response to a signed call, and takes out its payload.</summary>
    /// <returns>Why it is refused; <see langword="null"/> if it is accepted.</returns>
    private OcppViolation? Open(PendingCall call, in OcppFrame frame, ref ReadOnlySpan<byte> payload)
    {
        if (!SignedMessage.IsSigned(frame))
        {
            OcppErrorCode code = ReadOptionsOf(call.Action).ErrorMap[OcppRule.UnsignedResponse];
            return call.Options.AcceptUnsignedResponse ? null : new(code, OcppRule.UnsignedResponse, "");
        }

        return SignedMessage.TryOpen(frame, call.Action, this, ref payload, out _, out OcppViolation violation)
            ? null
            : violation;
    }

    /// <summary>An invalid response frame: the current call, if it is the one answered, gets no other.</summary>
    private void OnInvalidAnswer(in OcppFrameError error)
    {
        if (_calls.Take(error.MessageId) is not { } call)
        {
            Report(new OcppReport(OcppReportKind.InvalidFrame, error.MessageId) { Detail = error.ToString() });
        }
        else if (error.ErrorCodeName is { } codeName)
        {
            Report(
                new OcppReport(OcppReportKind.DeviationAccepted, call.MessageId, call.Action)
                {
                    Detail = $"a CALLERROR out of form: {error.Description}",
                }
            );
            OcppErrorCode code = OcppErrorCodeNames.TryParse(codeName, out OcppErrorCode known)
                ? known
                : OcppErrorCode.GenericError;
            _calls.Fail(
                call,
                code.ToWireName(),
                new OcppCallErrorException(code, codeName, error.ErrorDescription!, null)
            );
        }
        else
        {
            Report(
                new OcppReport(OcppReportKind.InvalidFrame, call.MessageId, call.Action) { Detail = error.ToString() }
            );
            FailMalformed(call, error);
            if (error.MessageType == OcppMessageType.CallResult)
            {
                RejectResponse(call, error.Rule, error.Description);
            }
        }
    }

    private void RejectResponse(PendingCall call, OcppRule rule, string description) =>
        RejectResponse(call.MessageId, ReadOptionsOf(call.Action).ErrorMap[rule], description);

    private void FailMalformed(PendingCall call, in OcppFrameError error) =>
        _calls.Fail(call, OcppTelemetry.Malformed, new OcppInvalidResponseException(error));
}
