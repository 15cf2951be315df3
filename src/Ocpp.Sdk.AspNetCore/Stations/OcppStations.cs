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

    private readonly ConcurrentDictionary<string, OcppSession> _sessions = new(OcppIdentity.Comparer);

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
    /// A station has connected; none of its requests is handled yet. Called one at a time and in order; must not block.
    /// </summary>
    public event Action<OcppSession>? Connected;

    /// <summary>
    /// A station's connection has ended, or another one of the same station takes its place: then this is told first. Called
    /// one at a time and in order; must not block.
    /// </summary>
    public event Action<OcppSession, OcppCloseReason>? Disconnected;

    /// <summary>How many stations are connected.</summary>
    public int Count => _sessions.Count;

    /// <summary>Who is connected, at this moment.</summary>
    public IReadOnlyCollection<string> Identities => [.. _sessions.Keys];

    /// <summary>How many may be connected.</summary>
    internal int MaxCount { get; }

    /// <summary>Finds the connection of a station.</summary>
    /// <returns><see langword="false"/> when it is not connected.</returns>
    public bool TryGet(string identity, [NotNullWhen(true)] out OcppSession? session) => _sessions.TryGetValue(identity, out session);

    /// <summary>Whether there is room for a station; to be asked before its connection is accepted, which can't be refused with a status after.</summary>
    internal bool HasRoomFor(string identity)
    {
        lock (_gate)
        {
            return HasRoom(identity);
        }
    }

    /// <summary>Takes a session in, in place of the one the station has, which is closed.</summary>
    /// <returns><see langword="false"/> when there is no room.</returns>
    internal bool TryAdd(OcppSession session)
    {
        OcppSession? replaced;
        lock (_gate)
        {
            if (!HasRoom(session.Identity))
            {
                return false;
            }

            if (_sessions.TryGetValue(session.Identity, out replaced))
            {
                Tell(() => Disconnected?.Invoke(replaced, s_replaced), session.Identity);
            }

            _sessions[session.Identity] = session;
            Tell(() => Connected?.Invoke(session), session.Identity);
        }

        // Its line is most likely dead: no answer is waited for.
        _ = replaced?.CloseAsync(s_replaced.Status!.Value, s_replaced.Description, drain: false);
        return true;
    }

    /// <summary>Takes a session out that has ended, unless another one has its place already.</summary>
    internal void Remove(OcppSession session, OcppCloseReason reason)
    {
        lock (_gate)
        {
            if (_sessions.TryRemove(KeyValuePair.Create(session.Identity, session)))
            {
                Tell(() => Disconnected?.Invoke(session, reason), session.Identity);
            }
        }
    }

    private bool HasRoom(string identity) => !_isStopping && (_sessions.Count < MaxCount || _sessions.ContainsKey(identity));

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

        foreach (OcppSession session in _sessions.Values)
        {
            _ = session.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server is shutting down.");
        }
    }

    private void Tell(Action tell, string identity)
    {
        try
        {
            tell();
        }
#pragma warning disable CA1031 // What a listener of the application's throws must not harm the station; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OcppEndpointLog.ListenerFailed(_logger, exception, identity);
        }
    }
}
