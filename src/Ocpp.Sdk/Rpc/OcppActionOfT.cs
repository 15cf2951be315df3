namespace Ocpp;

/// <summary>An action with the types of its payloads.</summary>
/// <typeparam name="TRequest">The request, which names the action.</typeparam>
/// <typeparam name="TResponse">The response.</typeparam>
public sealed class OcppAction<TRequest, TResponse>() : OcppAction(TRequest.Action, typeof(TRequest), typeof(TResponse))
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <inheritdoc/>
    public override object? ReadRequest(ReadOnlySpan<byte> utf8Json, out OcppViolation violation, OcppReadOptions? options = null) =>
        OcppJson.TryParse(utf8Json, out TRequest? request, out violation, options) ? request : null;

    /// <inheritdoc/>
    public override object? ReadResponse(ReadOnlySpan<byte> utf8Json, out OcppViolation violation, OcppReadOptions? options = null) =>
        OcppJson.TryParse(utf8Json, out TResponse? response, out violation, options) ? response : null;
}
