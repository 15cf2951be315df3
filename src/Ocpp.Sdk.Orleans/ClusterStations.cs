using System.Text.Json;
using Ocpp.AspNetCore;
using Ocpp.AspNetCore.Stations;
using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Nodes;
using Ocpp.Orleans.Stations;

namespace Ocpp.Orleans;

/// <summary>
/// All stations of the cluster. A station that is connected to this node is called without a message.
/// </summary>
internal sealed class ClusterStations(
    IGrainFactory grains,
    NodeClient nodes,
    NodeConnections connections,
    StationRoutes routes
) : IOcppStations
{
    public bool SpansNodes => true;

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string identity,
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(request);
        if (connections.FindSession(identity) is { } session)
        {
            return await OcppClusterTelemetry.Local(
                session.CallAsync(request, options ?? OcppCallOptions.Default, cancellationToken)
            );
        }

        // The node that holds the connection validates it: it knows what this station may be sent.
        var call = new StationCall(
            TRequest.Action,
            typeof(TRequest).FullName,
            OcppJson.ToUtf8Bytes((TRequest)request, OcppWriteOptions.Lenient),
            TimeoutOf(options)
        );
        byte[] response = await OcppClusterTelemetry.Remote(CallAsync(identity, call, cancellationToken));
        return OcppJson.Parse<TResponse>(response, OcppReadOptions.Lenient);
    }

    public async Task<JsonElement> CallAsync(
        string identity,
        string action,
        JsonElement payload,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(action);
        if (connections.FindSession(identity) is { } session)
        {
            return await OcppClusterTelemetry.Local(
                session.CallAsync(action, payload, options ?? OcppCallOptions.Default, cancellationToken)
            );
        }

        var call = new StationCall(action, null, Utf8.Of(payload), TimeoutOf(options));
        return Utf8.Parse(await OcppClusterTelemetry.Remote(CallAsync(identity, call, cancellationToken)));
    }

    public async ValueTask<OcppStationConnection?> FindAsync(
        string identity,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identity);
        NodeConnection? connection =
            connections.Find(identity) ?? await grains.GetStation(identity).FindAsync().WaitAsync(cancellationToken);
        return connection?.ToStationConnection();
    }

    public async ValueTask<OcppStationPage> ListAsync(
        string? after = null,
        int max = 100,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, LocalStations.MaxPageSize);
        NodeConnection[][] pages = await Task.WhenAll(nodes.Nodes.Select(ListAsync)).WaitAsync(cancellationToken);
        NodeConnection[] page =
        [
            .. pages
                .SelectMany(one => one)
                .GroupBy(one => one.Station, OcppIdentity.Comparer)
                .Select(same => same.MaxBy(one => one.Version)!)
                .OrderBy(one => one.Station, OcppIdentity.Comparer)
                .Take(max + 1),
        ];
        return new OcppStationPage(
            [.. page.Take(max).Select(one => one.ToStationConnection())],
            page.Length > max ? page[max - 1].Station : null
        );

        async Task<NodeConnection[]> ListAsync(SiloAddress node)
        {
            try
            {
                return await nodes[node].ListAsync(after, max + 1);
            }
            catch (Exception exception) when (NodeFailure.IsLost(exception))
            {
                return []; // Its connections are lost with it.
            }
        }
    }

    public async ValueTask<bool> DisconnectAsync(string identity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        if (connections.FindSession(identity) is { } session)
        {
            await session.CloseAsync(cancellationToken: cancellationToken);
            return true;
        }

        return await routes[identity].CloseAsync(cancellationToken);
    }

    public IAsyncEnumerable<OcppStationChange> WatchAsync(CancellationToken cancellationToken = default) =>
        connections.Changes.WatchAsync(cancellationToken);

    private static TimeSpan? TimeoutOf(OcppCallOptions? options) =>
        options?.Signer is null
            ? options?.Timeout
            : throw new NotSupportedException("A call to a station on another node can't be signed on this one.");

    private async Task<byte[]> CallAsync(string identity, StationCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            CallOutcome outcome = await routes[identity]
                .CallAsync(call, cancellationToken)
                .WaitAsync(cancellationToken);
            return outcome.GetResponse(identity);
        }
        catch (Exception exception) when (NodeFailure.IsLost(exception))
        {
            throw new OcppConnectionClosedException(NodeFailure.Description, exception);
        }
    }
}
