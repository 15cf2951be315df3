using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ocpp.AspNetCore;

/// <summary>
/// The stations that are connected, over all endpoints. A singleton of the application's services. Identities are compared
/// without regard to case. Thread-safe.
/// </summary>
public sealed class OcppStations
{
    private static readonly OcppCloseReason s_replaced =
        new(OcppCloseKind.ClosedByUs, WebSocketCloseStatus.PolicyViolation, "Replaced by a new connection of the same station.");

    private readonly ConcurrentDictionary<string, ConnectedStation> _stations = new(OcppIdentity.Comparer);

    /// <summary>Held while the set changes and that is told, so that what is told of one station is in order.</summary>
    private readonly object _gate = new();
    private readonly ILogger _logger;
    private bool _isStopping;

    internal OcppStations(OcppOptions options, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    {
        MaxCount = options.MaxConnections;
        _logger = loggers.CreateLogger(OcppEndpointLog.Category);
        lifetime.ApplicationStopping.Register(CloseAll);
    }

    /// <summary>
    /// A station has connected, and can be called. Its first request may be handled already: then the station was found here
    /// before. Called one at a time and in order; must not block.
    /// </summary>
    public event Action<OcppSession>? Connected;

    /// <summary>
    /// A station's connection has ended, or another one of the same station takes its place: then this is told first. Called
    /// one at a time and in order; must not block.
    /// </summary>
    public event Action<OcppSession, OcppCloseReason>? Disconnected;

    /// <summary>How many stations are connected.</summary>
    public int Count => _stations.Count;

    /// <summary>Who is connected, at this moment.</summary>
    public IReadOnlyCollection<string> Identities => [.. _stations.Keys];

    /// <summary>How many may be connected.</summary>
    internal int MaxCount { get; }

    /// <summary>Finds the connection of a station.</summary>
    /// <returns><see langword="false"/> when it is not connected, or its connection is being closed.</returns>
    public bool TryGet(string identity, [NotNullWhen(true)] out OcppSession? session)
    {
        session = _stations.TryGetValue(identity, out ConnectedStation? station) && station.Session.IsOpen ? station.Session : null;
        return session is not null;
    }

    /// <summary>Whether there is room for a station: to be asked before its connection is accepted, for it can't be refused with a status after.</summary>
    internal bool HasRoomFor(string identity)
    {
        lock (_gate)
        {
            return HasRoom(identity);
        }
    }

    /// <summary>Runs a session in place of the one that the station has, which is closed.</summary>
    /// <returns><see langword="false"/>, at once, when there is no room.</returns>
    internal async Task<bool> TryRunAsync(OcppSession session)
    {
        var station = new ConnectedStation(session);
        if (!TryAdd(station))
        {
            return false;
        }

        // Not under the lock: requests that have come already are read at once.
        Task<OcppCloseReason> running = session.RunAsync();
        TellConnected(station);
        Remove(station, await running);
        return true;
    }

    private bool TryAdd(ConnectedStation station)
    {
        string identity = station.Session.Identity;
        ConnectedStation? replaced;
        lock (_gate)
        {
            if (!HasRoom(identity))
            {
                return false;
            }

            if (_stations.TryGetValue(identity, out replaced))
            {
                TellDisconnected(replaced, s_replaced);
            }

            _stations[identity] = station;
        }

        // Its line is most likely dead: no answer is waited for.
        _ = replaced?.Session.CloseAsync(s_replaced.Status!.Value, s_replaced.Description, drain: false);
        return true;
    }

    /// <summary>Takes a station out that has gone, unless a new connection has its place already.</summary>
    private void Remove(ConnectedStation station, OcppCloseReason reason)
    {
        lock (_gate)
        {
            if (_stations.TryRemove(KeyValuePair.Create(station.Session.Identity, station)))
            {
                TellDisconnected(station, reason);
            }
        }
    }

    private void TellConnected(ConnectedStation station)
    {
        lock (_gate)
        {
            // It may be replaced already.
            if (_stations.TryGetValue(station.Session.Identity, out ConnectedStation? current) && current == station)
            {
                station.IsTold = true;
                Tell(Connected, listener => listener(station.Session), station.Session.Identity);
            }
        }
    }

    /// <summary>Called under the lock.</summary>
    private void TellDisconnected(ConnectedStation station, OcppCloseReason reason)
    {
        if (station.IsTold)
        {
            Tell(Disconnected, listener => listener(station.Session, reason), station.Session.Identity);
        }
    }

    private bool HasRoom(string identity) => !_isStopping && (_stations.Count < MaxCount || _stations.ContainsKey(identity));

    /// <summary>
    /// Begins to close all connections. The server waits for their requests to end, as long as the host's time for shutting
    /// down lasts.
    /// </summary>
    private void CloseAll()
    {
        lock (_gate)
        {
            _isStopping = true;
        }

        foreach (ConnectedStation station in _stations.Values)
        {
            _ = station.Session.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server is shutting down.");
        }
    }

    private void Tell<TListener>(TListener? listeners, Action<TListener> tell, string identity)
        where TListener : Delegate
    {
        foreach (TListener listener in listeners?.GetInvocationList() ?? [])
        {
            try
            {
                tell(listener);
            }
#pragma warning disable CA1031 // What a listener of the application's throws must not harm the station, nor the other listeners; it is logged.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                OcppEndpointLog.ListenerFailed(_logger, exception, identity);
            }
        }
    }
}
