using System.Text.Json;
using Ocpp.AspNetCore;

namespace Ocpp.Certificates.Hosting.Tests;

/// <summary>The stations of a cluster of which one is connected, to another node.</summary>
internal sealed class StationsElsewhere(OcppSession station) : IOcppStations
{
    public bool SpansNodes => true;

    public Task<TResponse> CallAsync<TRequest, TResponse>(
        string identity,
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        identity == station.Identity
            ? station.CallAsync(request, options ?? OcppCallOptions.Default, cancellationToken)
            : throw new OcppStationNotConnectedException(identity);

    public ValueTask<OcppStationConnection?> FindAsync(
        string identity,
        CancellationToken cancellationToken = default
    ) =>
        ValueTask.FromResult(
            OcppIdentity.Comparer.Equals(identity, station.Identity)
                ? OcppStationConnection.Of(station) with
                {
                    Node = "node-2",
                }
                : null
        );

    public Task<JsonElement> CallAsync(
        string identity,
        string action,
        JsonElement payload,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public ValueTask<OcppStationPage> ListAsync(
        string? after = null,
        int max = 100,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public ValueTask<bool> DisconnectAsync(string identity, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<OcppStationChange> WatchAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
