using System.Text.Json;

namespace Ocpp;

/// <summary>
/// The peer that requests are sent to: that of a session, the CSMS of a client, or a station of a CSMS wherever it is
/// connected. Code that only makes calls takes this, and works with each of them.
/// </summary>
public interface IOcppCaller
{
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, OcppCallOptions, CancellationToken)"/>
    Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>;

    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)"/>
    Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        CallAsync(request, OcppCallOptions.Default, cancellationToken);

    /// <inheritdoc cref="OcppSession.CallAsync(string, JsonElement, OcppCallOptions, CancellationToken)"/>
    Task<JsonElement> CallAsync(
        string action,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc cref="OcppSession.CallAsync(string, JsonElement, CancellationToken)"/>
    Task<JsonElement> CallAsync(string action, JsonElement payload, CancellationToken cancellationToken = default) =>
        CallAsync(action, payload, OcppCallOptions.Default, cancellationToken);
}
