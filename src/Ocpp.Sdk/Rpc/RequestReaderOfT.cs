using Ocpp.Json;

namespace Ocpp.Rpc;

/// <inheritdoc/>
internal sealed class RequestReader<TRequest, TResponse>(Func<TRequest, OcppSession, CancellationToken, Task<TResponse>> handler) : RequestReader
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    public override IncomingRequest? Read(
        ReadOnlySpan<byte> utf8Json, string messageId, OcppReadOptions options, out OcppViolation violation) =>
        OcppJson.TryParse(utf8Json, out TRequest? request, out violation, options) ? new Incoming(messageId, request, handler) : null;

    private sealed class Incoming(string messageId, TRequest request, Func<TRequest, OcppSession, CancellationToken, Task<TResponse>> handler)
        : IncomingRequest(messageId, TRequest.Action)
    {
        private Task<TResponse>? _handling;

        public override object Message => request;

        public override bool IsOneWay => false;

        public override Task HandleAsync(OcppSession session, CancellationToken cancellationToken) =>
            _handling = handler(request, session, cancellationToken);

        public override object WriteAnswer(PooledBuffer output, OcppWriteOptions options)
        {
            TResponse response = _handling!.Result ?? throw new InvalidOperationException($"The handler of {Action} gave no response.");
            OcppFrame.WriteCallResult(output, MessageId, response, options);
            return response;
        }
    }
}
