using System.Diagnostics;
using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>A call that waits for the line, or for its answer.</summary>
internal abstract class PendingCall(string messageId, string action)
{
    private PooledBuffer? _frame;

    public string MessageId { get; } = messageId;

    public string Action { get; } = action;

    /// <summary>When it was sent, on the session's clock; none while it waits.</summary>
    public long? SentAt { get; set; }

    /// <summary>The span of the call, where somebody listens.</summary>
    public Activity? Activity { get; init; }

    public PooledBuffer Frame
    {
        set => _frame = value;
    }

    /// <summary>Hands over the frame to be sent; none when the call has ended meanwhile.</summary>
    public PooledBuffer? TakeFrame() => Interlocked.Exchange(ref _frame, null);

    /// <summary>Reads the answer, and ends the call with it when it is valid.</summary>
    /// <returns>What is wrong with the answer, with which the call has yet to fail.</returns>
    public abstract OcppViolation? Answer(ReadOnlySpan<byte> utf8Json, OcppReadOptions options);

    public void Fail(Exception exception)
    {
        TakeFrame()?.Dispose();
        SetException(exception);
    }

    protected abstract void SetException(Exception exception);
}
