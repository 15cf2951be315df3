using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp;

// Messages from the peer.
public sealed partial class OcppSession
{
    /// <summary>What a connection holds while nothing comes; larger messages borrow more.</summary>
    private const int IdleBufferSize = 1024;

    private MessageRate _rate;

    /// <summary>Set while nothing is read, for too many requests wait.</summary>
    private TaskCompletionSource? _room;
    private bool _isCut;
    private ITimer? _messageTimer;

    /// <summary>The message that is being read.</summary>
    private (string Action, string MessageId) _read;

    /// <summary>The last options that a payload was read with, and the same with deviations reported.</summary>
    private OcppReadOptions? _reportedOptions;
    private OcppReadOptions? _reportingOptions;

    private async Task<OcppCloseReason> ReceiveAllAsync()
    {
        byte[] idle = new byte[IdleBufferSize];
        while (true)
        {
            byte[] buffer = idle;
            bool hasRoom;
            try
            {
                int count = 0;
                while (true)
                {
                    ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(buffer.AsMemory(count), CancellationToken.None)
                        .ConfigureAwait(false);
                    if (received.MessageType == WebSocketMessageType.Close)
                    {
                        return await AnswerCloseAsync().ConfigureAwait(false);
                    }

                    if (received.MessageType == WebSocketMessageType.Binary)
                    {
                        return await RefuseAsync(WebSocketCloseStatus.InvalidMessageType, "A binary message: OCPP-J is text.").ConfigureAwait(false);
                    }

                    // A limit of bytes does not end a message of fragments that have none.
                    if (received is { Count: 0, EndOfMessage: false } && !_rate.TryTake())
                    {
                        return await RefuseFloodAsync().ConfigureAwait(false);
                    }

                    count += received.Count;
                    if (count > Options.MaxMessageSize)
                    {
                        string limit = string.Create(CultureInfo.InvariantCulture, $"A message of more than {Options.MaxMessageSize} bytes.");
                        return await RefuseAsync(WebSocketCloseStatus.MessageTooBig, limit).ConfigureAwait(false);
                    }

                    if (received.EndOfMessage)
                    {
                        break;
                    }

                    AwaitRest(isWaiting: true);
                    if (count == buffer.Length)
                    {
                        buffer = Grow(buffer, count, idle);
                    }
                }

                AwaitRest(isWaiting: false);
                if (!_rate.TryTake())
                {
                    return await RefuseFloodAsync().ConfigureAwait(false);
                }

                hasRoom = OnMessage(buffer.AsSpan(0, count));
            }
            finally
            {
                if (buffer != idle)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }

            // A peer that asks on, and perhaps does not take the answers, is read from as the answers go out.
            if (!hasRoom || Volatile.Read(ref _unsentErrors) >= Options.MaxWaitingRequests)
            {
                await RoomAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until one request more may wait, or the connection is cut.</summary>
    private Task RoomAsync()
    {
        lock (_gate)
        {
            if (_isCut || HasRoom)
            {
                return Task.CompletedTask;
            }

            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Called under the lock, whenever a request or an error waits no longer.</summary>
    private void CheckRoom()
    {
        if (_room is not null && HasRoom)
        {
            _room.TrySetResult();
            _room = null;
        }
    }

    private Task<OcppCloseReason> RefuseFloodAsync() => RefuseAsync(
        WebSocketCloseStatus.PolicyViolation,
        string.Create(CultureInfo.InvariantCulture, $"More than {Options.MaxMessagesPerSecond} messages a second."));

    /// <summary>Room for at least one byte more than was received, and never for more than one beyond the limit.</summary>
    private byte[] Grow(byte[] buffer, int count, byte[] idle)
    {
        int size = (int)Math.Min(4L * count, Options.MaxMessageSize + 1L);
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, count + 1));
        buffer.AsSpan(0, count).CopyTo(larger);
        if (buffer != idle)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return larger;
    }

    /// <summary>A message that has begun must end in time.</summary>
    private void AwaitRest(bool isWaiting)
    {
        if (isWaiting && _messageTimer is null)
        {
            _messageTimer = Options.TimeProvider.CreateTimer(
                static state => _ = ((OcppSession)state!).RefuseSlowMessageAsync(), this, Options.MessageTimeout, Timeout.InfiniteTimeSpan);
        }
        else if (!isWaiting && _messageTimer is { } timer)
        {
            _messageTimer = null;
            timer.Dispose();
        }
    }

    private async Task RefuseSlowMessageAsync()
    {
        _ = StopCalls(SetReason(WebSocketCloseStatus.PolicyViolation, "A message that does not end."));
        await SendCloseAsync(WebSocketCloseStatus.PolicyViolation, "A message that does not end.").ConfigureAwait(false);
        await Within(Completion, Options.CloseTimeout).ConfigureAwait(false);
        Cut();
    }

    /// <summary>The peer closes: its close frame is answered with the same.</summary>
    private async Task<OcppCloseReason> AnswerCloseAsync()
    {
        // An endpoint may send no code; 1005 stands for that, and can't be sent.
        WebSocketCloseStatus status = _socket.CloseStatus ?? WebSocketCloseStatus.Empty;
        OcppCloseReason reason = ReasonOr(new OcppCloseReason(OcppCloseKind.ClosedByPeer, _socket.CloseStatus, _socket.CloseStatusDescription ?? ""));
        _ = StopCalls(reason);
        await SendCloseAsync(status == WebSocketCloseStatus.Empty ? WebSocketCloseStatus.NormalClosure : status, "").ConfigureAwait(false);
        return reason;
    }

    private OcppCloseReason SetReason(WebSocketCloseStatus status, string description) =>
        SetReason(new OcppCloseReason(OcppCloseKind.Violation, status, description));

    /// <summary>Has the connection end for what the peer did, unless something else came first.</summary>
    private OcppCloseReason SetReason(OcppCloseReason violation)
    {
        OcppCloseReason reason;
        lock (_gate)
        {
            reason = _reason ??= violation;
        }

        if (ReferenceEquals(reason, violation))
        {
            Report(new OcppReport(OcppReportKind.ConnectionViolation)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"{(int)violation.Status!}, {violation.Description}"),
            });
        }

        return reason;
    }

    /// <summary>
    /// Closes the connection to a peer that broke a limit. What it still sends is dropped for a while, or the close frame
    /// would be lost with it.
    /// </summary>
    private async Task<OcppCloseReason> RefuseAsync(WebSocketCloseStatus status, string description)
    {
        OcppCloseReason reason = SetReason(status, description);
        _ = StopCalls(reason);
        await SendCloseAsync(status, description).ConfigureAwait(false);
        await using ITimer limit = Options.TimeProvider.CreateTimer(
            static socket => ((WebSocket)socket!).Abort(), _socket, Options.CloseTimeout, Timeout.InfiniteTimeSpan);
        byte[] rest = ArrayPool<byte>.Shared.Rent(64 * IdleBufferSize);
        try
        {
            while ((await _socket.ReceiveAsync(rest.AsMemory(), CancellationToken.None).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // The peer was told why; that it does not answer changes nothing.
            return reason with { Exception = exception };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }

        return reason;
    }

    /// <returns>Whether one request more may wait.</returns>
    private bool OnMessage(ReadOnlySpan<byte> message)
    {
        if (_socket.State != WebSocketState.Open)
        {
            // The close frame was sent: nothing can be answered any more.
            return true;
        }

        Tap(isSent: false, message);
        if (!OcppFrame.TryRead(message, out OcppFrame frame, out OcppFrameError error))
        {
            OnNoFrame(error);
            return true;
        }

        OcppLog.Frame(Options.Logger, _printableIdentity, "received", frame.MessageType, message.Length);
        switch (frame.MessageType)
        {
            case OcppMessageType.Call:
                return OnRequest(frame, message.Length);

            case OcppMessageType.Send when Protocol.HasOneWayActions:
                return OnRequest(frame, message.Length);

            case OcppMessageType.Send:
                OnNoFrame(new OcppFrameError(
                    frame.MessageId, null, OcppErrorCode.MessageTypeNotSupported, "The protocol has no messages of this type."));
                return true;

            default:
                OnAnswer(frame);
                return true;
        }
    }

    private void OnNoFrame(in OcppFrameError error)
    {
        if (error.MessageType is OcppMessageType.CallResult or OcppMessageType.CallError)
        {
            OnInvalidAnswer(error);
            return;
        }

        OcppFrameError mapped = error with { ErrorCode = ReadOptions.ErrorMap[error.Rule] };
        Report(new OcppReport(OcppReportKind.InvalidFrame, mapped.MessageId) { Detail = mapped.ToString() });
        if (mapped.NeedsAnswer && !(error.Rule == OcppRule.UnknownMessageType && Options.IgnoreUnknownMessageTypes))
        {
            SendError(mapped.MessageId, mapped.ErrorCode, mapped.Description);
        }
    }

    private OcppReadOptions ReadOptionsOf(string? action) =>
        action is not null && Options.ReadOptionsByAction.TryGetValue(action, out OcppReadOptions? own) ? own : ReadOptions;

    /// <summary>How a payload is read, with its deviations reported. Called by the one loop that receives.</summary>
    private OcppReadOptions ReadOptionsOf(string action, string messageId)
    {
        OcppReadOptions options = ReadOptionsOf(action);
        if (!options.IsRelaxed)
        {
            return options;
        }

        // The options are made once, not for each message: most messages have no deviation to report.
        _read = (action, messageId);
        if (!ReferenceEquals(options, _reportedOptions))
        {
            _reportedOptions = options;
            _reportingOptions = options with
            {
                DeviationAccepted = violation =>
                {
                    options.DeviationAccepted?.Invoke(violation);
                    Report(new OcppReport(OcppReportKind.DeviationAccepted, _read.MessageId, _read.Action) { Violation = violation });
                },
                UnlistedDeviationsAccepted = count =>
                {
                    options.UnlistedDeviationsAccepted?.Invoke(count);
                    Report(new OcppReport(OcppReportKind.DeviationAccepted, _read.MessageId, _read.Action)
                    {
                        Detail = string.Create(CultureInfo.InvariantCulture, $"{count} further deviations."),
                    });
                },
            };
        }

        return _reportingOptions!;
    }
}
