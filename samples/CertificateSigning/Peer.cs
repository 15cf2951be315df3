using System.Buffers;
using Ocpp;
using Ocpp.V201;

namespace CertificateSigning;

/// <summary>
/// One side of an OCPP-J connection: turns messages into frames and back, and answers what can't be processed. What a
/// call means is left to the station and to the CSMS.
/// </summary>
/// <param name="wire">This side's end of the connection.</param>
/// <param name="name">Begins the ids of the calls that this side makes.</param>
internal abstract class Peer(WireEnd wire, string name)
{
    // The first is sent, and waits for its answer; a side has no second one unanswered (OCPP 2.0.1 part 4).
    private readonly Queue<(string MessageId, ReadOnlyMemory<byte> Frame)> _calls = [];
    private int _lastCall;

    /// <summary>Receives until the other side closes the connection.</summary>
    public async Task RunAsync()
    {
        try
        {
            await StartAsync();
            while (await wire.ReceiveAsync() is { } message)
            {
                await ReceiveAsync(message);
            }
        }
        finally
        {
            // Also when receiving failed: else the other side would wait for ever.
            wire.Close();
        }
    }

    /// <summary>What this side does first, once it is connected.</summary>
    protected virtual ValueTask StartAsync() => ValueTask.CompletedTask;

    /// <summary>Answers a CALL of the other side.</summary>
    protected abstract ValueTask OnCallAsync(OcppAction action, OcppFrame call);

    /// <summary>Takes the CALLRESULT of a CALL of this side.</summary>
    protected abstract void OnResult(OcppFrame result);

    /// <summary>Takes the CALLERROR of a CALL of this side.</summary>
    protected abstract void OnError(OcppFrame error);

    /// <summary>Sends a CALL, as soon as those before it are answered.</summary>
    protected ValueTask CallAsync<TRequest, TResponse>(IOcppRequest<TRequest, TResponse> request)
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        string messageId = $"{name}-{++_lastCall}";
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCall(output, messageId, request);
        _calls.Enqueue((messageId, output.WrittenMemory));
        return _calls.Count == 1 ? wire.SendAsync(output.WrittenMemory) : ValueTask.CompletedTask;
    }

    /// <summary>Answers a CALL with a CALLRESULT.</summary>
    protected ValueTask AnswerAsync<TResponse>(string messageId, TResponse response)
        where TResponse : class, IOcppPayload<TResponse>
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallResult(output, messageId, response);
        return wire.SendAsync(output.WrittenMemory);
    }

    /// <summary>Answers a CALL with the CALLERROR for a violation.</summary>
    protected ValueTask RefuseAsync(string messageId, OcppViolation violation)
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallError(output, messageId, violation);
        return wire.SendAsync(output.WrittenMemory);
    }

    /// <summary>Answers a CALL, whose payload was not looked at, with the CALLERROR for a rule.</summary>
    protected ValueTask RefuseAsync(string messageId, OcppRule rule) =>
        RefuseAsync(messageId, new OcppViolation(OcppErrorMap.Default[rule], rule, Path: ""));

    /// <summary>Closes the connection: whoever received all that was sent stops receiving.</summary>
    protected void Close() => wire.Close();

    // Not async: a frame is a view on the message's bytes, which can't be held across an await.
    private ValueTask ReceiveAsync(ReadOnlyMemory<byte> message)
    {
        if (!OcppFrame.TryRead(message.Span, out OcppFrame frame, out OcppFrameError error))
        {
            return error.NeedsAnswer ? RefuseAsync(error) : ValueTask.CompletedTask;
        }

        if (frame.MessageType != OcppMessageType.Call)
        {
            return TakeAnswerAsync(frame);
        }

        return Ocpp201Protocol.Instance.FindAction(frame.Utf8Action) is { } action
            ? OnCallAsync(action, frame)
            : RefuseAsync(frame.MessageId, OcppRule.UnknownAction);
    }

    private ValueTask TakeAnswerAsync(OcppFrame answer)
    {
        if (!_calls.TryPeek(out var call) || call.MessageId != answer.MessageId)
        {
            // It answers nothing that was asked: dropped, for answers are never answered.
            return ValueTask.CompletedTask;
        }

        _calls.Dequeue();
        if (answer.MessageType == OcppMessageType.CallResult)
        {
            OnResult(answer);
        }
        else
        {
            OnError(answer);
        }

        return _calls.TryPeek(out var next) ? wire.SendAsync(next.Frame) : ValueTask.CompletedTask;
    }

    private ValueTask RefuseAsync(OcppFrameError error)
    {
        var output = new ArrayBufferWriter<byte>();
        OcppFrame.WriteCallError(output, error);
        return wire.SendAsync(output.WrittenMemory);
    }
}
