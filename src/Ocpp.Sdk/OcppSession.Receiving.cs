using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using Ocpp.Rpc;

namespace Ocpp;

// Messages from the peer.
public sealed partial class OcppSession
{
    /// <summary>How much is read at once of what is dropped.</summary>
    private const int DropBufferSize = 64 * 1024;

    /// <summary>
    /// Receives until the session closes, and ends it. The one method that waits as long as the connection lasts: what
    /// it waits with is what a silent connection holds.
    /// </summary>
    private async Task RunToEndAsync()
    {
        OcppLog.Connected(Options.Logger, _printableIdentity, Protocol.Subprotocol, Connection);
        OcppTelemetry.Sessions.Add(1);
        try
        {
            while (true)
            {
                ValueTask<ValueWebSocketReceiveResult> receiving = _socket.ReceiveAsync(
                    _assembler.Free,
                    CancellationToken.None
                );
                if (!receiving.IsCompleted)
                {
                    _assembler.OnWaiting();
                }

                ValueWebSocketReceiveResult received = await _thread.WaitFor(receiving);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await AnswerCloseAsync().ConfigureAwait(false);
                    break;
                }

                if (_assembler.Add(received, out bool isComplete) is { } violation)
                {
                    await RefuseAsync(violation).ConfigureAwait(false);
                    break;
                }

                if (!isComplete)
                {
                    continue;
                }

                OnMessage(_assembler.Message);
                DeviationReports.End();
                _assembler.Reset();

                // A peer that asks on, and perhaps does not take the answers, is read from as the answers go out.
                if (!_requests.HasRoom)
                {
                    _thread.Release();
                    await WhenRoomAsync().ConfigureAwait(false);
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, the session has to end with it, and the owner has to know.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnReceivingFailed(exception);
        }

        await EndAsync().ConfigureAwait(false);
        OcppTelemetry.Sessions.Add(-1);
        _reportLog?.End();
        OcppLog.Disconnected(Options.Logger, _printableIdentity, _lifecycle.Reason!);
        Complete();
    }

    /// <summary>Finds the reason for which the session ends, unless it has one.</summary>
    private void OnReceivingFailed(Exception exception)
    {
        // A socket that fails at once is not waited for.
        _thread.Release();
        if (exception is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted } refused)
        {
            TryRefuse(WebSocketRefusal.Of(refused));
        }
        else if (ConnectionLoss.IsOne(exception))
        {
            TryEnter(OcppSessionState.Disconnected, new OcppCloseReason(OcppCloseKind.Lost) { Exception = exception });
        }
        else
        {
            OcppLog.Failed(Options.Logger, exception, _printableIdentity);
            TryEnter(
                OcppSessionState.Disconnected,
                new OcppCloseReason(OcppCloseKind.Aborted) { Exception = exception }
            );
        }
    }

    /// <summary>Ends when one request more may wait, or the connection is gone.</summary>
    private Task WhenRoomAsync()
    {
        lock (_gate)
        {
            return State >= OcppSessionState.Disconnected ? Task.CompletedTask : _requests.WhenRoomAsync();
        }
    }

    void ISessionOfParts.RefuseSlowMessage() => _ = RefuseSlowMessageAsync();

    private async Task RefuseSlowMessageAsync()
    {
        var reason = new OcppCloseReason(
            OcppCloseKind.Violation,
            WebSocketCloseStatus.PolicyViolation,
            "The message was not completed in time."
        );
        TryRefuse(reason);
        await _sender.SendCloseAsync(reason.Status!.Value, reason.Description).ConfigureAwait(false);
        await WithinCloseTimeAsync(Completion).ConfigureAwait(false);
        Drop(reason);
    }

    /// <summary>The peer closes: its close frame is answered with the same.</summary>
    private async Task AnswerCloseAsync()
    {
        // An endpoint may send no code; 1005 represents that, and can't be sent.
        WebSocketCloseStatus status = _socket.CloseStatus ?? WebSocketCloseStatus.Empty;
        TryEnter(
            OcppSessionState.Closing,
            new OcppCloseReason(OcppCloseKind.ClosedByPeer, _socket.CloseStatus, _socket.CloseStatusDescription ?? "")
        );
        await _sender
            .SendCloseAsync(status == WebSocketCloseStatus.Empty ? WebSocketCloseStatus.NormalClosure : status, "")
            .ConfigureAwait(false);
    }

    /// <summary>Closes the session for what the peer did, and reports it, unless something else came first.</summary>
    private void TryRefuse(OcppCloseReason violation)
    {
        if (TryEnter(OcppSessionState.Closing, violation))
        {
            Report(
                new OcppReport(OcppReportKind.ConnectionViolation)
                {
                    Detail = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(int)violation.Status!}, {violation.Description}"
                    ),
                }
            );
        }
    }

    /// <summary>
    /// Closes the connection to a peer that broke a limit. What it still sends is dropped for a while, or the close
    /// frame would be lost with it.
    /// </summary>
    private async Task RefuseAsync(OcppCloseReason violation)
    {
        TryRefuse(violation);
        await _sender.SendCloseAsync(violation.Status!.Value, violation.Description).ConfigureAwait(false);
        await using ITimer limit = Options.TimeProvider.CreateTimer(
            static socket => ((WebSocket)socket!).Abort(),
            _socket,
            Options.CloseTimeout,
            Timeout.InfiniteTimeSpan
        );
        byte[] rest = ArrayPool<byte>.Shared.Rent(DropBufferSize);
        try
        {
            while (
                (await _socket.ReceiveAsync(rest.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType
                != WebSocketMessageType.Close
            ) { }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        if (State >= OcppSessionState.Closing)
        {
            // Nothing can be answered any more.
            return;
        }

        Tap(isSent: false, message);
        if (!_rules.TryReadFrame(message, out OcppFrame frame, out OcppFrameError error))
        {
            OnNoFrame(error);
            return;
        }

        OcppLog.Frame(Options.Logger, _printableIdentity, "received", frame.MessageType, message.Length);
        switch (frame.MessageType)
        {
            case OcppMessageType.Call or OcppMessageType.Send:
                OnRequest(frame, message.Length);
                break;

            case OcppMessageType.CallResult
            or OcppMessageType.CallError:
                OnAnswer(frame);
                break;

            default:
                OnResponseRejected(frame);
                break;
        }
    }

    private void OnNoFrame(in OcppFrameError error)
    {
        if (error.MessageType is OcppMessageType.CallResult or OcppMessageType.CallError)
        {
            OnInvalidAnswer(error);
            return;
        }

        if (error is { MessageType: OcppMessageType.CallResultError, ErrorCodeName: not null })
        {
            OnRejectionOutOfForm(error);
            return;
        }

        OcppFrameError mapped = error with { ErrorCode = ReadOptions.ErrorMap[error.Rule] };
        Report(new OcppReport(OcppReportKind.InvalidFrame, mapped.MessageId) { Detail = mapped.ToString() });
        if (_rules.Answers(error) && !(error.HasUnknownMessageType && Options.IgnoreUnknownMessageTypes))
        {
            SendError(mapped.MessageId, mapped.ErrorCode, mapped.Description);
        }
    }

    internal OcppReadOptions ReadOptionsOf(string? action) =>
        (action is null ? null : Options.ReadOptionsByAction.Find(action)) ?? ReadOptions;

    /// <summary>How a payload is read, with its deviations reported. Called by the one loop that receives.</summary>
    private OcppReadOptions ReadOptionsOf(string action, string messageId)
    {
        OcppReadOptions options = ReadOptionsOf(action);
        return options.IsRelaxed ? DeviationReports.Begin(options, this, action, messageId) : options;
    }
}
