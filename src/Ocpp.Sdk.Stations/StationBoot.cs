using Microsoft.Extensions.Logging;
using Ocpp.Stations.Versions;
using Ocpp.Versions;

namespace Ocpp.Stations;

/// <summary>
/// Registers a station with its CSMS, and keeps it registered (part 2, B01 to B04, G02): BootNotification before
/// anything else, again after the interval while the CSMS has it pending or rejects it, heartbeats once it is accepted,
/// and the clock. After a reconnection the station does not register again unless it has changed. Thread-safe.
/// </summary>
public sealed partial class StationBoot : IStationConnection
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly object _gate = new();
    private readonly OcppClient _client;
    private readonly ClientConnection _connection;
    private readonly StationBootOptions _options;

    /// <summary>
    /// Completes when something has changed that someone waits for; then another one takes its place.
    /// </summary>
    private TaskCompletionSource _changed = NewSignal();
    private OcppRegistrationStatus? _status;

    /// <summary>The session that is served; calls may be made on it once the station is accepted.</summary>
    private OcppSession? _session;
    private bool _isRegistrationDue;
    private bool _isBeatDue;
    private StationBootCause _cause = StationBootCause.Started;

    /// <summary>Is called once the CSMS has responded to the first BootNotification.</summary>
    private Action? _startReported;
    private TimeSpan _heartbeatInterval;

    /// <summary>The interval if the CSMS leaves it to the station.</summary>
    private TimeSpan _ownHeartbeatInterval;

    /// <summary>Makes the registration of a station. <see cref="RunAsync"/> begins it.</summary>
    /// <param name="client">The client, which the application connects.</param>
    /// <param name="options">The options.</param>
    public StationBoot(OcppClient client, StationBootOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        _client = client;
        _connection = new ClientConnection(client);
        _options = options;
        _heartbeatInterval = _ownHeartbeatInterval = options.HeartbeatInterval;
        Clock = new StationClock(options.TimeProvider);
    }

    /// <summary>The time of the CSMS.</summary>
    public StationClock Clock { get; }

    /// <summary>
    /// What the CSMS has responded to the last BootNotification; <see langword="null"/> if it has not responded since
    /// the station has started or changed. It stays so while the station is offline.
    /// </summary>
    public OcppRegistrationStatus? Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    /// <summary>Where the parts around the registration log, too.</summary>
    internal ILogger Logger => _options.Logger;

    /// <summary>The versions of OCPP that the station speaks.</summary>
    internal IReadOnlyList<StationVersion> Versions => _options.Versions;

    /// <inheritdoc/>
    public bool IsConnected => _connection.IsConnected;

    /// <summary>
    /// The interval of heartbeats: that of the last BootNotification, until it is set, as the CSMS does with
    /// HeartbeatInterval of OCPPCommCtrlr. What was set also applies if a later registration leaves the interval to the
    /// station.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan HeartbeatInterval
    {
        get
        {
            lock (_gate)
            {
                return _heartbeatInterval;
            }
        }
        set
        {
            MessageQueue.CheckInterval(value);
            lock (_gate)
            {
                _heartbeatInterval = _ownHeartbeatInterval = value;
                SignalChange();
            }
        }
    }

    /// <summary>
    /// Makes a call. If the CSMS has not accepted the station, does what
    /// <see cref="StationBootOptions.CallsUntilAccepted"/> says. If the station is accepted but not connected,
    /// does what <see cref="OcppClientOptions.OfflineCalls"/> says.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait, too.</param>
    /// <exception cref="StationNotAcceptedException">The CSMS has not accepted the station.</exception>
    /// <inheritdoc cref="OcppClient.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_status == OcppRegistrationStatus.Accepted)
                {
                    break;
                }

                changed = _changed.Task;
            }

            if (_client.State == OcppClientState.Closed)
            {
                break; // and fail as any call of a closed client
            }

            if (_options.CallsUntilAccepted == StationCallsUntilAccepted.Fail)
            {
                throw new StationNotAcceptedException();
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        TResponse response = await _client.CallAsync(request, cancellationToken).ConfigureAwait(false);
        Exchanged();
        return response;
    }

    /// <summary>
    /// Makes a call that the CSMS has asked for, by TriggerMessage, GetBaseReport or GetReport: a station that is
    /// pending may make it, too (B02.FR.02).
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="StationNotAcceptedException">
    /// The CSMS has neither accepted the station nor has it pending.
    /// </exception>
    /// <inheritdoc cref="OcppClient.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public async Task<TResponse> CallRequestedAsync<TRequest, TResponse>(
        IOcppRequest<TRequest, TResponse> request,
        CancellationToken cancellationToken = default
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Status is not (OcppRegistrationStatus.Accepted or OcppRegistrationStatus.Pending))
        {
            throw new StationNotAcceptedException();
        }

        TResponse response = await _client.CallAsync(request, cancellationToken).ConfigureAwait(false);
        Exchanged();
        return response;
    }

    /// <inheritdoc/>
    public async Task<OcppSession?> WaitForSessionAsync(OcppSession? except, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (
                    _status == OcppRegistrationStatus.Accepted
                    && _session is { IsOpen: true } session
                    && session != except
                )
                {
                    return session;
                }

                if (_client.State == OcppClientState.Closed)
                {
                    return null;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Exchanged()
    {
        lock (_gate)
        {
            _lastExchange = _options.TimeProvider.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Translate(QueuedMessage message, OcppProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return Find(protocol)?.Translate(message);
    }

    /// <summary>
    /// Sends a BootNotification at once because the CSMS asks for it (F06), unless the station is accepted already
    /// (F06.FR.17).
    /// </summary>
    /// <param name="alsoIfAccepted">
    /// Specifies whether a station that is accepted sends one, too, as it does in OCPP 1.6. It stays accepted until the
    /// response.
    /// </param>
    /// <returns>Whether one is sent.</returns>
    public bool TriggerRegistration(bool alsoIfAccepted = false)
    {
        lock (_gate)
        {
            if (_status == OcppRegistrationStatus.Accepted && !alsoIfAccepted)
            {
                return false;
            }

            _isRegistrationDue = true;
            _cause = StationBootCause.Triggered;
            SignalChange();
            return true;
        }
    }

    /// <summary>Sends a Heartbeat at once because the CSMS asks for it (F06), if the station is accepted.</summary>
    /// <returns>Whether one is sent.</returns>
    public bool TriggerHeartbeat()
    {
        lock (_gate)
        {
            _isBeatDue = _status == OcppRegistrationStatus.Accepted;
            SignalChange();
            return _isBeatDue;
        }
    }

    /// <summary>
    /// Handles a TriggerMessage (F06): a BootNotification or a Heartbeat is sent after the response.
    /// </summary>
    /// <param name="trigger">The message that the CSMS asks for.</param>
    /// <param name="context">The context of the request.</param>
    /// <param name="alsoIfAccepted">
    /// Specifies whether a station that is accepted sends a BootNotification, too, as it does in OCPP 1.6.
    /// </param>
    /// <returns>
    /// Accepted if the message is sent; Rejected if it is a BootNotification of a station that is accepted (F06.FR.17),
    /// or a Heartbeat of one that is not; NotImplemented for other messages.
    /// </returns>
    public StationTriggerStatus Trigger(StationTrigger trigger, OcppRequestContext context, bool alsoIfAccepted = false)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (trigger == StationTrigger.Other)
        {
            return StationTriggerStatus.NotImplemented;
        }

        bool isAccepted = Status == OcppRegistrationStatus.Accepted;
        if (trigger == StationTrigger.Heartbeat ? !isAccepted : isAccepted && !alsoIfAccepted)
        {
            return StationTriggerStatus.Rejected;
        }

        context.OnCompleted(() =>
        {
            _ = trigger == StationTrigger.Heartbeat ? TriggerHeartbeat() : TriggerRegistration(alsoIfAccepted);
        });
        return StationTriggerStatus.Accepted;
    }

    /// <summary>
    /// Looks at what the station says of itself, and registers again if that has changed. Call it after a change, such
    /// as of the firmware's version without a restart.
    /// </summary>
    public void Refresh()
    {
        lock (_gate)
        {
            SignalChange();
        }
    }

    /// <summary>
    /// Adds a filter that refuses the requests of a CSMS that has rejected the station with SecurityError, except one
    /// for a BootNotification (B03.FR.08).
    /// </summary>
    /// <param name="handlers">The handlers of the client. Call it before the client connects.</param>
    /// <returns>The same handlers.</returns>
    public IOcppHandlers AddTo(IOcppHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        return handlers.Use(next =>
            context =>
                Status == OcppRegistrationStatus.Rejected
                && Find(context.Session)?.AsksToRegister(context.Request) != true
                    ? throw new OcppCallErrorException(OcppErrorCode.SecurityError, "The station is not accepted.")
                    : next(context)
        );
    }

    /// <summary>Sets why the station has started, before it registers for the first time.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="reported">Is called once the CSMS knows it. What it throws is logged.</param>
    internal void SetStartCause(StationBootCause cause, Action reported)
    {
        lock (_gate)
        {
            _cause = cause;
            _startReported = reported;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StationVersion? Find(OcppSession session) => Find(session.Protocol);

    private StationVersion? Find(OcppProtocol protocol) =>
        _options.Versions.FirstOrDefault(one => one.Protocol.Subprotocol == protocol.Subprotocol);

    /// <summary>Called under the lock.</summary>
    private void SignalChange()
    {
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }
}
