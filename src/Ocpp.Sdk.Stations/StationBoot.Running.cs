using Ocpp.Stations.Versions;
using Ocpp.Versions;

namespace Ocpp.Stations;

// Registers, and beats: one session after the other.
public sealed partial class StationBoot
{
    /// <summary>What the CSMS has accepted: the version, and what the station says of itself.</summary>
    private (StationVersion Version, object Description)? _accepted;

    /// <summary>
    /// When the last BootNotification was answered, and how long to wait from then on: also over a reconnection.
    /// </summary>
    private long _lastRegistration;
    private TimeSpan _registrationWait;
    private long _lastBeat;
    private long _lastExchange;

    private bool _isRunning;

    /// <summary>Registers the station, and sends heartbeats, until it is cancelled or the client is closed.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when it has ended. It is not cancelled, also if the token is.</returns>
    /// <exception cref="OcppValidationException">
    /// What the station says of itself breaks rules of its message.
    /// </exception>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                throw new InvalidOperationException("The registration is running already.");
            }

            _isRunning = true;
        }

        try
        {
            OcppSession? session = null;
            while (
                (session = await _connection.WaitForSessionAsync(session, cancellationToken).ConfigureAwait(false))
                    is not null
            )
            {
                await ServeAsync(session, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has asked for it.
        }
        finally
        {
            lock (_gate)
            {
                _isRunning = false;
                _session = null;
                SignalChange();
            }
        }
    }

    /// <summary>Registers on a session and beats, until it is closed.</summary>
    private async Task ServeAsync(OcppSession session, CancellationToken cancellationToken)
    {
        if (Find(session) is not { } version)
        {
            StationLog.NoVersion(_options.Logger, session.Protocol.Subprotocol);
            await session.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        Enter(session, version);
        while (session.IsOpen)
        {
            Task changed;
            TimeSpan wait;
            bool isRegistered;
            lock (_gate)
            {
                LoseRegistrationIfChanged(version);
                isRegistered = _status == OcppRegistrationStatus.Accepted && !_isRegistrationDue;
                wait = isRegistered ? UntilBeat() : UntilRegistration();
                changed = _changed.Task;
            }

            if (wait > TimeSpan.Zero)
            {
                await WaitAsync(wait, changed, session, cancellationToken).ConfigureAwait(false);
            }
            else if (isRegistered)
            {
                await BeatAsync(session, version, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await RegisterAsync(session, version, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Enter(OcppSession session, StationVersion version)
    {
        lock (_gate)
        {
            // First, so that nothing is sent on a session that the station has to register on.
            LoseRegistrationIfChanged(version);
            _session = session;
            SignalChange();
        }
    }

    /// <summary>Called under the lock.</summary>
    private void LoseRegistrationIfChanged(StationVersion version)
    {
        if (
            _status == OcppRegistrationStatus.Accepted
            && (_accepted?.Version != version || !Equals(_accepted?.Description, version.Description))
        )
        {
            _status = null;
            _cause = StationBootCause.Changed;
            _registrationWait = TimeSpan.Zero;
        }
    }

    /// <summary>Called under the lock.</summary>
    private TimeSpan UntilRegistration() =>
        _isRegistrationDue ? TimeSpan.Zero : _registrationWait - Since(_lastRegistration);

    /// <summary>
    /// The interval after the last message of any kind, for any shows that the station is there (G02.FR.06); but a day
    /// after the last heartbeat at most, for those set the clock. Called under the lock.
    /// </summary>
    private TimeSpan UntilBeat()
    {
        TimeSpan byInterval = _heartbeatInterval - Since(_lastExchange);
        TimeSpan byDay = s_day - Since(_lastBeat);
        return _isBeatDue ? TimeSpan.Zero
            : byInterval < byDay ? byInterval
            : byDay;
    }

    private async Task RegisterAsync(OcppSession session, StationVersion version, CancellationToken cancellationToken)
    {
        object description = version.Description;
        StationBootCause cause;
        lock (_gate)
        {
            cause = _cause;
            _isRegistrationDue = false;
        }

        StationRegistration registration;
        try
        {
            registration = await version.RegisterAsync(session, cause, cancellationToken).ConfigureAwait(false);
        }
        catch (OcppException exception)
        {
            // A connection that is closed is left at once; the next one goes on with the same wait.
            StationLog.CallFailed(_options.Logger, exception);
            lock (_gate)
            {
                _lastRegistration = _options.TimeProvider.GetTimestamp();
                _registrationWait = exception is OcppConnectionClosedException ? TimeSpan.Zero : _options.RetryInterval;
            }

            return;
        }

        SetClock(registration.CurrentTime);
        StationLog.Registered(_options.Logger, registration.Status, registration.Interval);
        bool leavesIntervalToUs = registration.Interval <= TimeSpan.Zero;
        Action? startReported;
        lock (_gate)
        {
            (startReported, _startReported) = (_startReported, null);
            _status = registration.Status;
            long now = _options.TimeProvider.GetTimestamp();
            _lastRegistration = _lastBeat = _lastExchange = now;
            if (_status == OcppRegistrationStatus.Accepted)
            {
                _accepted = (version, description);
                _heartbeatInterval = leavesIntervalToUs ? _ownHeartbeatInterval : registration.Interval;
                _isRegistrationDue = false;
            }
            else
            {
                _registrationWait = leavesIntervalToUs ? _options.RetryInterval : registration.Interval;
            }
        }

        StationCallback.Invoke(_options.Logger, startReported);
        StationCallback.Invoke(_options.Logger, _options.Registered, registration);
        lock (_gate)
        {
            SignalChange();
        }
    }

    private async Task BeatAsync(OcppSession session, StationVersion version, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // One that fails is not repeated before the next is due; one that is asked for meanwhile is sent, too.
            _isBeatDue = false;
        }

        DateTimeOffset? time = null;
        try
        {
            time = await version.BeatAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (OcppException exception)
        {
            StationLog.CallFailed(_options.Logger, exception);
        }

        lock (_gate)
        {
            _lastBeat = _lastExchange = _options.TimeProvider.GetTimestamp();
        }

        if (time is { } now)
        {
            SetClock(now);
        }
    }

    private void SetClock(DateTimeOffset time)
    {
        Clock.Set(time);
        StationCallback.Invoke(_options.Logger, _options.ClockSet, time);
    }

    private TimeSpan Since(long timestamp) => _options.TimeProvider.GetElapsedTime(timestamp);

    /// <summary>Waits until the time is up, something has changed or the session is closed.</summary>
    private async Task WaitAsync(TimeSpan time, Task changed, OcppSession session, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Rounded up to what a timer can count, and not longer than one can.
        double milliseconds = Math.Ceiling(Math.Min(time.TotalMilliseconds, s_day.TotalMilliseconds));
        Task delay = Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _options.TimeProvider, stop.Token);
        await Task.WhenAny(delay, changed, session.Completion).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
