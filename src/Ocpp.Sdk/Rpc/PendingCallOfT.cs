namespace Ocpp.Rpc;

/// <inheritdoc/>
internal sealed class PendingCall<TResponse>(string messageId, string action, TimeSpan timeout)
    : PendingCall(messageId, action, timeout)
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <summary>
    /// The caller continues on another thread, the one hop of an answer: this one has the next message to receive, and
    /// what the caller does next may block.
    /// </summary>
    private readonly TaskCompletionSource<TResponse> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public Task<TResponse> Task => _completion.Task;

    public override OcppViolation? Answer(ReadOnlySpan<byte> utf8Json, OcppReadOptions options)
    {
        if (OcppJson.TryParse(utf8Json, out TResponse? response, out OcppViolation violation, options))
        {
            _completion.TrySetResult(response);
            return null;
        }

        return violation;
    }

    protected override void SetException(Exception exception)
    {
        if (exception is OperationCanceledException canceled)
        {
            _completion.TrySetCanceled(canceled.CancellationToken);
        }
        else
        {
            _completion.TrySetException(exception);
        }
    }
}
