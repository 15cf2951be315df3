using System.Diagnostics;
using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>A call that waits for the call slot, or for its answer.</summary>
internal abstract class PendingCall(string messageId, string action, TimeSpan timeout) : IFollowUp
{
    private PooledBuffer? _frame;
    private volatile bool _hasSlot;

    public string MessageId { get; } = messageId;

    public string Action { get; } = action;

    /// <summary>How it was made: whether its response has to be signed.</summary>
    public OcppCallOptions Options { get; init; } = OcppCallOptions.Default;

    /// <summary>How long it waits for its answer, from when it is sent.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <summary>When it was sent, on the session's clock; <see langword="null"/> while it waits.</summary>
    public long? SentAt { get; set; }

    /// <summary>Whether it has the call slot. Set under the lock of its queue; may be read without.</summary>
    public bool HasSlot
    {
        get => _hasSlot;
        set => _hasSlot = value;
    }

    /// <summary>The queue that it was added to.</summary>
    public CallQueue? Queue { get; set; }

    /// <summary>The span of the call; <see langword="null"/> if nobody listens.</summary>
    public Activity? Activity { get; init; }

    public PooledBuffer Frame
    {
        set => _frame = value;
    }

    /// <summary>Hands over the frame to be sent; <see langword="null"/> if the call has ended meanwhile.</summary>
    public PooledBuffer? TakeFrame() => Interlocked.Exchange(ref _frame, null);

    /// <summary>Reads the answer. The call is yet to end: with <see cref="Run"/> if the answer is valid.</summary>
    public abstract bool TryRead(ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out OcppViolation violation);

    /// <summary>Ends the call with the answer that was read: its caller continues on this thread.</summary>
    public abstract void Run();

    public void Fail(Exception exception)
    {
        TakeFrame()?.Dispose();
        SetException(exception);
    }

    protected abstract void SetException(Exception exception);
}
