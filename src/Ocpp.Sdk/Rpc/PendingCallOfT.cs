using System.Threading.Tasks.Sources;

namespace Ocpp.Rpc;

/// <inheritdoc/>
internal sealed class PendingCall<TResponse>(string messageId, string action, TimeSpan timeout)
    : PendingCall(messageId, action, timeout),
        IValueTaskSource<TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <summary>
    /// Whatever ends the call with an error is not kept by what the caller does next: that is done on another thread.
    /// </summary>
    private ManualResetValueTaskSourceCore<TResponse> _completion = new() { RunContinuationsAsynchronously = true };
    private TResponse? _response;

    /// <summary>The response. To be awaited once.</summary>
    public ValueTask<TResponse> Response => new(this, _completion.Version);

    public override bool TryRead(ReadOnlySpan<byte> utf8Json, OcppReadOptions options, out OcppViolation violation) =>
        OcppJson.TryParse(utf8Json, out _response, out violation, options);

    public override void Run()
    {
        // The caller continues on this thread.
        _completion.RunContinuationsAsynchronously = false;
        _completion.SetResult(_response!);
    }

    TResponse IValueTaskSource<TResponse>.GetResult(short token) => _completion.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResponse>.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource<TResponse>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _completion.OnCompleted(continuation, state, token, flags);

    protected override void SetException(Exception exception) => _completion.SetException(exception);
}
