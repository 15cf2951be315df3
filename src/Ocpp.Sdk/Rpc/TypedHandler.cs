using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>Reads the requests of one action and writes their responses.</summary>
internal abstract class TypedHandler<TRequest, TResponse>() : OcppRequestHandler(TRequest.Action, typeof(TRequest))
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    internal sealed override object? Read(
        ReadOnlySpan<byte> utf8Json,
        OcppReadOptions options,
        out OcppViolation violation
    ) => OcppJson.TryParse(utf8Json, out TRequest? request, out violation, options) ? request : null;

    internal sealed override void WriteResponse(
        PooledBuffer output,
        string messageId,
        object? response,
        OcppWriteOptions options
    )
    {
        TResponse typed = response switch
        {
            TResponse right => right,
            null => throw new InvalidOperationException($"The handler of {Action} returned no response."),
            _ => throw new InvalidOperationException($"{response.GetType()} is not the response of {Action}."),
        };
        OcppFrame.WriteCallResult(output, messageId, typed, options);
    }
}
