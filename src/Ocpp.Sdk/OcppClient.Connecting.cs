using System.Net.WebSockets;
using Ocpp.WebSockets;

namespace Ocpp;

// Opening connections, and keeping one.
public sealed partial class OcppClient
{
    /// <summary>Opens a connection for a caller.</summary>
    /// <exception cref="OcppConnectionClosedException">The client was closed meanwhile.</exception>
    /// <inheritdoc cref="OpenAsync(Connector, BackOff, int, CancellationToken)"/>
    private async Task<OcppSession> OpenAsync(Connector connector, int attempts, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, cancellationToken);
        try
        {
            return await OpenAsync(connector, new BackOff(connector.Options), attempts, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            throw Closed();
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(null, exception, cancellationToken);
        }
    }

    /// <summary>Opens a connection: now, and again after each wait.</summary>
    /// <exception cref="OcppConnectionFailedException">The last of the attempts failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    private async Task<OcppSession> OpenAsync(
        Connector connector,
        BackOff backOff,
        int attempts,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Change(OcppClientState.Connecting);
            OcppConnectionFailedException failure;
            try
            {
                WebSocket socket = await connector.ConnectAsync(cancellationToken).ConfigureAwait(false);
                return new OcppSession(
                    socket,
                    _handlers,
                    connector.Options.Identity,
                    connector.Options.Session,
                    connector.Options.Connection
                );
            }
            catch (OcppConnectionFailedException exception) when (--attempts > 0)
            {
                failure = exception;
            }

            await WaitAsync(connector.Options, backOff, null, failure, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task WaitAsync(
        OcppClientOptions options,
        BackOff backOff,
        OcppCloseReason? reason,
        OcppConnectionFailedException? failure,
        CancellationToken cancellationToken
    )
    {
        TimeProvider clock = options.Session.TimeProvider;
        TimeSpan wait = backOff.Next();
        // The wait begins before anybody hears of it.
        Task waiting = Task.Delay(wait, clock, cancellationToken);
        Change(OcppClientState.WaitingToReconnect, reason, failure, clock.GetUtcNow() + wait);
        return waiting;
    }

    /// <summary>Takes a connector into use, and stays connected with it.</summary>
    /// <param name="connector">Opens the connections.</param>
    /// <param name="session">The first connection; without one it is opened now.</param>
    private void Keep(Connector connector, OcppSession? session)
    {
        Volatile.Write(ref _connector, connector);
        _stopKeeping = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        _keeping = KeepConnectedAsync(session, _stopKeeping.Token);
    }

    private async Task KeepConnectedAsync(OcppSession? session, CancellationToken stop)
    {
        try
        {
            Connector connector = Volatile.Read(ref _connector);
            var backOff = new BackOff(connector.Options);
            while (true)
            {
                session ??= await OpenAsync(connector, backOff, int.MaxValue, stop).ConfigureAwait(false);
                Begin(session);
                TimeProvider clock = connector.Options.Session.TimeProvider;
                long connected = clock.GetTimestamp();
                OcppCloseReason reason = await session.Completion.WaitAsync(stop).ConfigureAwait(false);
                session = null;
                SetSession(null);
                Connector last = connector;
                connector = Volatile.Read(ref _connector);
                if (connector != last || clock.GetElapsedTime(connected) >= connector.Options.RetryBackOffResetAfter)
                {
                    backOff = new BackOff(connector.Options);
                }

                await WaitAsync(connector.Options, backOff, reason, null, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Who stopped this sees to the session.
        }
    }

    /// <summary>Stops keeping the client connected, and ends the connection.</summary>
    /// <returns>Why the connection ended; none when there was none.</returns>
    private async Task<OcppCloseReason?> StopKeepingAsync(Func<OcppSession, Task<OcppCloseReason>> end)
    {
        if (_stopKeeping is { } stop)
        {
            _stopKeeping = null;
            await stop.CancelAsync().ConfigureAwait(false);
            await _keeping.ConfigureAwait(false);
            stop.Dispose();
        }

        if (Session is not { } session)
        {
            return null;
        }

        OcppCloseReason reason = await end(session).ConfigureAwait(false);
        SetSession(null);
        return reason;
    }

    private void SetSession(OcppSession? session)
    {
        lock (_gate)
        {
            _session = session;
        }
    }
}
