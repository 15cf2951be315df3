using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Ocpp.AspNetCore.Stations;

/// <summary>The stations that are connected to this process.</summary>
internal sealed class LocalStations(OcppConnectionRegistry connections, IOptions<OcppOptions> endpoints) : IOcppStations
{
    /// <summary>The maximum number of stations in a page.</summary>
    internal const int MaxPageSize = 1000;

    private readonly object _gate = new();

    public bool SpansNodes => false;

    public Task<TResponse> CallAsync<TRequest, TResponse>(
        string identity,
        IOcppRequest<TRequest, TResponse> request,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        return Find(identity) is { } session
            ? session.CallAsync(request, options ?? OcppCallOptions.Default, cancellationToken)
            : Task.FromException<TResponse>(new OcppStationNotConnectedException(identity));
    }

    public Task<JsonElement> CallAsync(
        string identity,
        string action,
        JsonElement payload,
        OcppCallOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(action);
        return Find(identity) is { } session
            ? session.CallAsync(action, payload, options ?? OcppCallOptions.Default, cancellationToken)
            : Task.FromException<JsonElement>(new OcppStationNotConnectedException(identity));
    }

    public ValueTask<OcppStationConnection?> FindAsync(
        string identity,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Find(identity) is { } session ? OcppStationConnection.Of(session) : null);

    public ValueTask<OcppStationPage> ListAsync(
        string? after = null,
        int max = 100,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxPageSize);
        string[] page =
        [
            .. connections
                .Identities.Where(identity => after is null || OcppIdentity.Comparer.Compare(identity, after) > 0)
                .Order(OcppIdentity.Comparer)
                .Take(max + 1),
        ];
        return ValueTask.FromResult(
            new OcppStationPage(
                [.. page.Take(max).Select(Find).OfType<OcppSession>().Select(OcppStationConnection.Of)],
                page.Length > max ? page[max - 1] : null
            )
        );
    }

    public async ValueTask<bool> DisconnectAsync(string identity, CancellationToken cancellationToken = default)
    {
        if (Find(identity) is not { } session)
        {
            return false;
        }

        await session.CloseAsync(cancellationToken: cancellationToken);
        return true;
    }

    public async IAsyncEnumerable<OcppStationChange> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var changes = new ChangeQueue();
        void Connected(OcppSession session) => changes.Write(new(OcppStationConnection.Of(session), true));
        void Disconnected(OcppSession session, OcppCloseReason reason) =>
            changes.Write(new(OcppStationConnection.Of(session), false, reason.ToString()));

        lock (_gate)
        {
            endpoints.Value.Connected += Connected;
            endpoints.Value.Disconnected += Disconnected;
        }

        try
        {
            await foreach (OcppStationChange change in changes.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                endpoints.Value.Connected -= Connected;
                endpoints.Value.Disconnected -= Disconnected;
            }
        }
    }

    private OcppSession? Find(string identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return connections.TryGet(identity, out OcppSession? session) ? session : null;
    }
}
