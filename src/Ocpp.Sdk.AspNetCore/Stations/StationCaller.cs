using System.Text.Json;

namespace Ocpp.AspNetCore.Stations;

/// <summary>Calls to one station, wherever it is connected.</summary>
internal sealed class StationCaller(IOcppStations stations, string identity) : IOcppCaller
{
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        stations.CallAsync(identity, request, options, cancellationToken);

    public Task<JsonElement> CallAsync(
        string action,
        JsonElement payload,
        OcppCallOptions options,
        CancellationToken cancellationToken = default
    ) => stations.CallAsync(identity, action, payload, options, cancellationToken);
}
