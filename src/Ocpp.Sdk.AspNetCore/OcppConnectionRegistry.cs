using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ocpp.AspNetCore.Stations;
using Ocpp.Rpc;
using Ocpp.Security;

namespace Ocpp.AspNetCore;

/// <summary>
/// The sessions of the stations that are connected to this process, over all its endpoints. A singleton of the
/// application's services. <see cref="IOcppStations"/> calls stations wherever they are connected. Identities are
/// compared without regard to case. Thread-safe.
/// </summary>
public sealed class OcppConnectionRegistry
{
    private static readonly OcppCloseReason s_replaced = new(
        OcppCloseKind.ClosedByUs,
        WebSocketCloseStatus.PolicyViolation,
        "Replaced by a new connection of the same station."
    );

    private static readonly OcppCloseReason s_notRegistered = new(
        OcppCloseKind.ClosedByUs,
        WebSocketCloseStatus.EndpointUnavailable,
        "The connection could not be registered."
    );

    /// <summary>
    /// How long a replaced connection has to take the reason: its line is most likely dead, and until it is gone it
    /// holds its buffers.
    /// </summary>
    private static readonly TimeSpan s_timeToLeave = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many replaced connections of one station may not be gone yet: each new one drops those before it, so that
    /// there are more only if handlers don't end.
    /// </summary>
    private const int MaxLeaving = 4;

    private readonly ConcurrentDictionary<string, ConnectedStation> _stations = new(OcppIdentity.Comparer);

    /// <summary>The connections that were replaced and are not gone yet. Guarded by the lock.</summary>
    private readonly Dictionary<string, List<ConnectedStation>> _leaving = new(OcppIdentity.Comparer);
    private int _leavingCount;

    /// <summary>
    /// The last connection of each station that is closed without a session, to be dropped. Guarded by the lock.
    /// </summary>
    private readonly Dictionary<string, CancellationTokenSource> _closing = new(OcppIdentity.Comparer);
    private int _closingCount;

    /// <summary>
    /// Held while the set changes and the callbacks are called, so that those of a station are in order.
    /// </summary>
    private readonly object _gate = new();
    private readonly OcppOptions _options;
    private readonly ILogger _logger;
    private readonly IOcppConnectionLifetime? _connections;
    private bool _isStopping;

    internal OcppConnectionRegistry(
        OcppOptions options,
        IHostApplicationLifetime lifetime,
        ILoggerFactory loggers,
        IOcppConnectionLifetime? connections = null
    )
    {
        _options = options;
        _logger = loggers.CreateLogger(OcppEndpointLog.Category);
        _connections = connections;
        lifetime.ApplicationStopping.Register(CloseAll);
    }

    /// <summary>How many stations are connected.</summary>
    public int Count => _stations.Count;

    /// <summary>Who is connected, at this moment.</summary>
    public IReadOnlyCollection<string> Identities => [.. _stations.Keys];

    /// <summary>Whether a station that is not connected would be refused.</summary>
    internal bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _isStopping || !HasFreePlace;
            }
        }
    }

    private bool HasFreePlace => _stations.Count + _leavingCount + _closingCount < _options.MaxConnections;

    /// <summary>Finds the connection of a station.</summary>
    /// <returns><see langword="false"/> when it is not connected, or its connection is being closed.</returns>
    public bool TryGet(string identity, [NotNullWhen(true)] out OcppSession? session)
    {
        session =
            _stations.TryGetValue(identity, out ConnectedStation? station) && station.Session.IsOpen
                ? station.Session
                : null;
        return session is not null;
    }

    /// <summary>
    /// Whether there is room for a station: to be asked before its connection is accepted, for it can't be refused with
    /// a status after.
    /// </summary>
    internal bool HasRoomFor(string identity)
    {
        lock (_gate)
        {
            return HasRoom(identity);
        }
    }

    /// <summary>Runs a session in place of the one that the station has, which is closed.</summary>
    /// <param name="station">The station, whose session has not begun.</param>
    /// <param name="gone">Cancelled when the connection is gone.</param>
    /// <returns>
    /// Why the session does not begin; <see langword="null"/> if it runs: <see cref="EndAsync"/> is called when it has
    /// ended.
    /// </returns>
    internal async Task<string?> TryRunAsync(ConnectedStation station, CancellationToken gone)
    {
        if (!TryAdd(station))
        {
            return "No more connections are accepted.";
        }

        if (!await TryRegisterAsync(station.Session, gone))
        {
            Remove(station, s_notRegistered);
            return s_notRegistered.Description;
        }

        // Not under the lock: requests that have come already are read at once.
        _ = station.Session.RunAsync();
        ReportConnected(station);
        return null;
    }

    /// <summary>Takes out a station whose session has ended.</summary>
    /// <param name="station">The station.</param>
    /// <param name="reason">Why the session has ended.</param>
    /// <param name="gone">Cancelled when the connection is gone.</param>
    /// <returns>Ends when the connection may be let go.</returns>
    internal async Task EndAsync(ConnectedStation station, OcppCloseReason reason, CancellationToken gone)
    {
        OcppSession session = station.Session;
        _connections?.Disconnected(session);
        if (Remove(station, reason) is { } drop)
        {
            await CloseAsync(session.Identity, dropped => WaitAsync(session.Options, gone, dropped), drop);
        }
    }

    private async ValueTask<bool> TryRegisterAsync(OcppSession session, CancellationToken gone)
    {
        try
        {
            await (_connections?.ConnectingAsync(session, gone) ?? Task.CompletedTask);
            return true;
        }
#pragma warning disable CA1031 // Whatever a cluster throws, the station is let go and comes again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (!gone.IsCancellationRequested)
            {
                OcppEndpointLog.NotRegistered(_logger, exception, PrintableText.Of(session.Identity));
            }

            _connections!.Disconnected(session);
            return false;
        }
    }

    /// <summary>Waits for <see cref="OcppSessionOptions.CloseTimeout"/>, unless one of the two comes first.</summary>
    private static async Task WaitAsync(OcppSessionOptions options, CancellationToken gone, CancellationToken dropped)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, dropped);
        await Task.Delay(options.CloseTimeout, options.TimeProvider, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Closes a connection that has no session, or none any more. It counts until it is gone, and is dropped at once
    /// when the same station connects again: otherwise one station could hold any number of them.
    /// </summary>
    /// <param name="identity">The identity of the station.</param>
    /// <param name="close">Closes it. Its token is cancelled when the connection is to be dropped.</param>
    internal async Task CloseAsync(string identity, Func<CancellationToken, Task> close)
    {
        CancellationTokenSource drop;
        lock (_gate)
        {
            drop = AddClosing(identity);
        }

        await CloseAsync(identity, close, drop);
    }

    private async Task CloseAsync(string identity, Func<CancellationToken, Task> close, CancellationTokenSource drop)
    {
        try
        {
            await close(drop.Token);
        }
        finally
        {
            lock (_gate)
            {
                _closingCount--;
                if (_closing.TryGetValue(identity, out CancellationTokenSource? last) && last == drop)
                {
                    _closing.Remove(identity);
                }
            }
        }
    }

    /// <summary>Called under the lock.</summary>
    private CancellationTokenSource AddClosing(string identity)
    {
        // Not disposed of, for it may be cancelled until then: without a timer it holds nothing.
        var drop = new CancellationTokenSource();
        DropClosing(identity);
        _closing[identity] = drop;
        _closingCount++;
        return drop;
    }

    /// <summary>Called under the lock: what depends on the token runs elsewhere.</summary>
    private void DropClosing(string identity)
    {
        if (_closing.Remove(identity, out CancellationTokenSource? drop))
        {
            _ = drop.CancelAsync();
        }
    }

    private bool TryAdd(ConnectedStation station)
    {
        string identity = station.Session.Identity;
        ConnectedStation? replaced;
        ConnectedStation[] leaving;
        lock (_gate)
        {
            if (!HasRoom(identity))
            {
                return false;
            }

            leaving = _leaving.TryGetValue(identity, out List<ConnectedStation>? before) ? [.. before] : [];
            if (_stations.TryGetValue(identity, out replaced))
            {
                ReportDisconnected(replaced, s_replaced);
                (before ?? (_leaving[identity] = [])).Add(replaced);
                _leavingCount++;
            }

            _stations[identity] = station;
            DropClosing(identity);
        }

        foreach (ConnectedStation earlier in leaving)
        {
            earlier.Session.Abort();
        }

        if (replaced is not null)
        {
            _ = DropAsync(replaced.Session);
        }

        return true;
    }

    /// <summary>Sends a connection the reason of its end, and ends it whether that arrives or not.</summary>
    internal static async Task DropAsync(OcppSession session)
    {
        Task closing = session.CloseAsync(s_replaced.Status!.Value, s_replaced.Description, drain: false);
        try
        {
            await closing.WaitAsync(s_timeToLeave, session.Options.TimeProvider);
        }
        catch (TimeoutException)
        {
            session.Abort();
        }
    }

    /// <summary>Takes a connection out that is gone: that of its station, or one that was replaced.</summary>
    /// <returns>
    /// What drops the connection, if .NET's WebSocket has refused what came and sent the close frame by itself. To
    /// dispose of it resets the connection: not before the station has closed it too, or had the time for it, or the
    /// frame would be lost.
    /// </returns>
    private CancellationTokenSource? Remove(ConnectedStation station, OcppCloseReason reason)
    {
        string identity = station.Session.Identity;
        lock (_gate)
        {
            if (_stations.TryRemove(KeyValuePair.Create(identity, station)))
            {
                ReportDisconnected(station, reason);
                return reason.Exception is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted }
                    ? AddClosing(identity)
                    : null;
            }

            if (_leaving.TryGetValue(identity, out List<ConnectedStation>? leaving) && leaving.Remove(station))
            {
                _leavingCount--;
                if (leaving.Count == 0)
                {
                    _leaving.Remove(identity);
                }
            }
        }

        return null;
    }

    private void ReportConnected(ConnectedStation station)
    {
        lock (_gate)
        {
            // It may be replaced already.
            if (_stations.TryGetValue(station.Session.Identity, out ConnectedStation? current) && current == station)
            {
                station.IsReported = true;
                Callbacks(station).Invoke(_options.Connected, station.Session);
            }
        }
    }

    /// <summary>Called under the lock.</summary>
    private void ReportDisconnected(ConnectedStation station, OcppCloseReason reason)
    {
        if (station.IsReported)
        {
            Callbacks(station).Invoke(_options.Disconnected, station.Session, reason);
        }
    }

    private Callbacks Callbacks(ConnectedStation station) => new(_logger, station.Session.Identity);

    /// <summary>Called under the lock.</summary>
    private bool HasRoom(string identity) =>
        !_isStopping
        && (HasFreePlace || _stations.ContainsKey(identity) || _closing.ContainsKey(identity))
        && !(_leaving.TryGetValue(identity, out List<ConnectedStation>? leaving) && leaving.Count >= MaxLeaving);

    private static async Task CloseAsync(OcppSession session, TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, session.Options.TimeProvider);
        }

        await session.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, "The server is shutting down.");
    }

    /// <summary>
    /// Begins to close all connections. The server waits for their requests to end, as long as the host's time for
    /// shutting down lasts.
    /// </summary>
    private void CloseAll()
    {
        lock (_gate)
        {
            _isStopping = true;
        }

        ConnectedStation[] stations = [.. _stations.Values];
        for (int i = 0; i < stations.Length; i++)
        {
            _ = CloseAsync(stations[i].Session, i * _options.ShutdownSpread / stations.Length);
        }
    }
}
