using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore;
using Ocpp.Orleans.Messages;
using Ocpp.Orleans.Stations;
using Ocpp.Security;

namespace Ocpp.Orleans.Nodes;

/// <summary>
/// The connections that this node holds. Each is registered with its station's grain before it begins.
/// </summary>
internal sealed class NodeConnections(
    IGrainFactory grains,
    ILocalSiloDetails silo,
    ChangeFeed changes,
    TimeProvider timeProvider,
    ILogger<NodeConnections> logger
) : IOcppConnectionLifetime
{
    private const int MaxRenewals = 30;
    private static readonly TimeSpan s_renewalWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<OcppSession, HeldConnection> _bySession = new();
    private readonly ConcurrentDictionary<string, HeldConnection> _byStation = new(OcppIdentity.Comparer);

    /// <summary>What other nodes get to know of the connections of this one.</summary>
    public ChangeFeed Changes => changes;

    /// <summary>How many connections this node holds.</summary>
    public int Count => _byStation.Count;

    public async Task ConnectingAsync(OcppSession session, CancellationToken cancellationToken)
    {
        var held = new HeldConnection(session, NodeConnection.Of(session, silo.SiloAddress));
        _bySession[session] = held;
        _byStation[session.Identity] = held;
        long version = await StationOf(session.Identity).ConnectAsync(held.Connection).WaitAsync(cancellationToken);
        held.Connection = held.Connection with { Version = version };
        OcppClusterTelemetry.Connections.Add(1);
        changes.Report(held.Connection, isConnected: true);
    }

    public void Disconnected(OcppSession session)
    {
        if (!_bySession.TryRemove(session, out HeldConnection? held))
        {
            return;
        }

        _byStation.TryRemove(KeyValuePair.Create(session.Identity, held));
        if (held.Connection.Version > 0)
        {
            OcppClusterTelemetry.Connections.Add(-1);
            string? reason = session.Completion.IsCompletedSuccessfully ? session.Completion.Result.ToString() : null;
            changes.Report(held.Connection, isConnected: false, reason);
        }

        _ = UnregisterAsync(held.Connection);
    }

    /// <summary>The session of a station that is connected to this node.</summary>
    public OcppSession? FindSession(string station) =>
        _byStation.TryGetValue(station, out HeldConnection? held) && held.Session.IsOpen ? held.Session : null;

    public NodeConnection? Find(string station) =>
        _byStation.TryGetValue(station, out HeldConnection? held) ? held.Connection : null;

    public NodeConnection[] List(string? after, int max) =>
        [
            .. _byStation
                .Where(one =>
                    one.Value.Session.IsOpen && (after is null || OcppIdentity.Comparer.Compare(one.Key, after) > 0)
                )
                .OrderBy(one => one.Key, OcppIdentity.Comparer)
                .Take(max)
                .Select(one => one.Value.Connection),
        ];

    public async Task<CallOutcome> CallAsync(
        string station,
        Guid connection,
        StationCall call,
        CancellationToken cancellationToken
    )
    {
        if (FindOpen(station, connection) is not { } held)
        {
            return CallOutcome.NotConnected;
        }

        try
        {
            JsonElement response = await held.OrderOf(call.Caller ?? silo.SiloAddress, call.Route, timeProvider)
                .BeginAsync(call.Number, () => CallAsync(held.Session, call, cancellationToken));
            return CallOutcome.Response(response);
        }
#pragma warning disable CA1031 // The caller gets it, on another node.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return CallOutcome.Of(exception);
        }
    }

    public async Task<bool> CloseAsync(string station, Guid connection, CancellationToken cancellationToken)
    {
        if (FindOpen(station, connection) is not { } held)
        {
            return false;
        }

        await held.Session.CloseAsync(cancellationToken: cancellationToken);
        return true;
    }

    public Task DropAsync(string station, Guid connection)
    {
        // A connection that this node has replaced itself is being dropped already.
        if (_byStation.TryGetValue(station, out HeldConnection? held) && held.Connection.Id == connection)
        {
            _ = OcppConnectionRegistry.DropAsync(held.Session);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Registers all connections again, and drops those in whose place there is a newer one. What fails is tried again:
    /// while the cluster settles after a loss, some grains can't be reached.
    /// </summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        ICollection<HeldConnection> left = _byStation.Values;
        for (int tries = 0; left.Count > 0 && tries < MaxRenewals; tries++)
        {
            if (tries > 0)
            {
                await Task.Delay(s_renewalWait, timeProvider, cancellationToken);
            }

            var failed = new ConcurrentBag<HeldConnection>();
            await Parallel.ForEachAsync(
                left,
                new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken },
                async (held, _) =>
                {
                    if (!await TryRenewAsync(held))
                    {
                        failed.Add(held);
                    }
                }
            );
            left = [.. failed];
        }
    }

    /// <summary>Registers the connection of a station again, whose registration is being lost.</summary>
    public Task RenewAsync(string station) =>
        _byStation.TryGetValue(station, out HeldConnection? held) ? TryRenewAsync(held) : Task.CompletedTask;

    /// <returns><see langword="false"/> if it is to be tried again.</returns>
    private async Task<bool> TryRenewAsync(HeldConnection held)
    {
        NodeConnection connection = held.Connection;
        if (connection.Version == 0 || !_bySession.ContainsKey(held.Session))
        {
            return true; // It is being registered, or has ended.
        }

        try
        {
            if (!await StationOf(connection.Station).RenewAsync(connection))
            {
                await OcppConnectionRegistry.DropAsync(held.Session);
            }
            else if (!_bySession.ContainsKey(held.Session))
            {
                await StationOf(connection.Station).DisconnectedAsync(connection.Id); // It has ended meanwhile.
            }

            return true;
        }
        catch (Exception exception) when (NodeFailure.IsLost(exception))
        {
            OrleansLog.NotRenewed(logger, exception, PrintableText.Of(connection.Station));
            return false;
        }
    }

    private static async Task<JsonElement> CallAsync(
        OcppSession session,
        StationCall call,
        CancellationToken cancellationToken
    )
    {
        if (
            call.RequestType is { } type
            && session.Protocol.FindAction(call.Action)?.RequestType.FullName is var known
            && known != type
        )
        {
            throw new InvalidOperationException(
                $"{call.Action} ({type}) is not a message of {session.Protocol.Subprotocol}, which the station speaks."
            );
        }

        return await session.CallAsync(
            call.Action,
            Utf8.Parse(call.Payload),
            new OcppCallOptions { Timeout = call.Timeout },
            cancellationToken
        );
    }

    private HeldConnection? FindOpen(string station, Guid connection) =>
        _byStation.TryGetValue(station, out HeldConnection? held)
        && held.Connection.Id == connection
        && held.Session.IsOpen
            ? held
            : null;

    private async Task UnregisterAsync(NodeConnection connection)
    {
        try
        {
            await StationOf(connection.Station).DisconnectedAsync(connection.Id);
        }
#pragma warning disable CA1031 // The cluster may be going down; a grain that is asked for the connection finds it gone.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OrleansLog.NotUnregistered(logger, exception, PrintableText.Of(connection.Station));
        }
    }

    private IStationGrain StationOf(string identity) => grains.GetStation(identity);
}
