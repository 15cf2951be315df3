using System.Text.Json;
using Ocpp.Versions;

namespace Ocpp.Stations.Transactions;

/// <summary>
/// The transaction of one EVSE, one after the other: the application says what happens at the EVSE, and the events of
/// the transaction follow from that (part 2, E01 to E17). Each event goes to a <see cref="MessageQueue"/> together with
/// what is known of the transaction, so that it goes on with its next number after a crash or a loss of power.
/// Thread-safe.
/// </summary>
/// <remarks>
/// Most methods say what is: calling one again changes nothing, and sends nothing. After a restart the application says
/// again what is. If an event can't be saved, a method throws what <see cref="MessageQueue.Add"/> throws, such as an
/// <see cref="IOException"/> when the disk is full; then nothing has changed, and it may be called again.
/// <see cref="MessageQueueOptions.Reported"/> may be called within a method, and must not change the transaction.
/// </remarks>
/// <typeparam name="TIdToken">The idTokens of the version.</typeparam>
/// <typeparam name="TMeterValue">The meter values of the version.</typeparam>
public abstract partial class EvseTransaction<TIdToken, TMeterValue> : IEvseTransaction
    where TIdToken : class, IOcppPayload<TIdToken>
    where TMeterValue : class, IOcppPayload<TMeterValue>
{
    /// <summary>
    /// The wait after an event could not be saved; and the shortest one after a restart, in which the application says
    /// what is.
    /// </summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly MessageQueue _queue;
    private readonly EvseTransactionOptions<TMeterValue> _options;
    private readonly string _key;
    private readonly CoalescedWork _energyReport;

    /// <summary>The timestamp from which the times of the transaction are counted.</summary>
    private readonly long _openedAt;
    private TransactionSettings _settings;
    private TransactionFacts _facts;
    private bool _isAvailable = true;

    /// <summary>Continues the transaction of the EVSE that the queue has saved, or begins without one.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">The saved transaction is of another version.</exception>
    protected EvseTransaction(MessageQueue queue, EvseTransactionOptions<TMeterValue> options)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(options);
        _queue = queue;
        _options = options;
        _settings = options.Restrict(options.Settings);
        _key = options.StateKey;
        _energyReport = new CoalescedWork(() => StationCallback.Invoke(options.Logger, options.EnergyChanged));
        _openedAt = options.TimeProvider.GetTimestamp();
        _facts = queue.FindState(_key) is { } saved
            ? TransactionFacts.Read(saved, options.TimeProvider.GetUtcNow())
            : new TransactionFacts();
        if (_facts.ConnectBy is { } connectBy)
        {
            // A clock that was set back meanwhile gives the driver no more than the whole time.
            TimeSpan left = connectBy - _options.TimeProvider.GetUtcNow();
            TimeSpan whole = _settings.EVConnectionTimeOut ?? MessageQueue.LongestInterval;
            left = left < whole ? left : whole;
            _ = EndUnlessConnectedAsync(connectBy, left > s_pause ? left : s_pause);
        }

        WatchTime(new TransactionFacts(), _facts);
    }

    /// <inheritdoc/>
    public event Action? BegunOrEnded;

    /// <summary>The EVSE.</summary>
    public int EvseId => _options.EvseId;

    /// <summary>
    /// The id of the ongoing transaction; <see langword="null"/> if there is none. Not <see langword="null"/> in a new
    /// object: the station was restarted in the transaction.
    /// </summary>
    public string? TransactionId => Facts.TransactionId;

    /// <inheritdoc/>
    public bool IsFree
    {
        get
        {
            lock (_gate)
            {
                return !_facts.IsAuthorized && (_facts.TransactionId is not null || MayBegin);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsAvailable
    {
        get
        {
            lock (_gate)
            {
                return _isAvailable;
            }
        }
        set =>
            Change(() =>
            {
                _isAvailable = value;
                if (!value && _facts.TransactionId is null)
                {
                    _facts = _facts.WithoutTransaction();
                }
            });
    }

    /// <summary>The number that the next event will have; 0 if there is no transaction.</summary>
    public int NextSeqNo => Facts.SeqNo;

    /// <summary>What happens between EVSE and EV, as far as the application has said.</summary>
    public TransactionChargingState ChargingState => Facts.ChargingState;

    /// <summary>
    /// The idToken that has authorized; <see langword="null"/> if there is none. A driver who presents the same one,
    /// or another of the same group, ends the authorization (E07).
    /// </summary>
    public TIdToken? IdToken => Facts is { IsAuthorized: true } facts ? ReadIdToken(facts) : null;

    /// <inheritdoc/>
    public bool IsAuthorized => Facts.IsAuthorized;

    /// <summary>Whether the EVSE may offer energy.</summary>
    public TransactionEnergy Energy
    {
        get
        {
            lock (_gate)
            {
                return TransactionRules.EnergyOf(_facts, _settings);
            }
        }
    }

    /// <summary>When transactions begin and end. Applies from the next change on.</summary>
    public TransactionSettings Settings
    {
        get
        {
            lock (_gate)
            {
                return _settings;
            }
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(() => _settings = _options.Restrict(value));
        }
    }

    /// <summary>How long it is since the transaction was opened, whatever the clock is set to.</summary>
    private TimeSpan Uptime => _options.TimeProvider.GetElapsedTime(_openedAt);

    private TransactionFacts Facts
    {
        get
        {
            lock (_gate)
            {
                return _facts;
            }
        }
    }

    /// <summary>An EV is in the parking bay.</summary>
    public void ParkingBayOccupied() =>
        Apply(TransactionTrigger.EVDetected, facts => facts with { IsBayOccupied = true });

    /// <summary>The EV has left the parking bay.</summary>
    public void ParkingBayVacated() =>
        Apply(TransactionTrigger.EVDeparted, facts => facts with { IsBayOccupied = false });

    /// <summary>The EV is connected: by a cable, or the communication of wireless charging.</summary>
    public void EvConnected() => Apply(TransactionTrigger.CablePluggedIn, Connected);

    /// <summary>
    /// The EV is disconnected (E09, E10). The authorization ends if
    /// <see cref="TransactionSettings.StopTxOnEVSideDisconnect"/> is set.
    /// </summary>
    public void EvDisconnected() =>
        Apply(
            TransactionTrigger.EVCommunicationLost,
            facts =>
                (
                    facts is { IsConnected: true, IsAuthorized: true } && _settings.StopTxOnEVSideDisconnect
                        ? facts.Deauthorized(TransactionStopReason.EVDisconnected, TransactionChargingState.Idle)
                        : facts
                ) with
                {
                    IsConnected = false,
                    ChargingState = TransactionChargingState.Idle,
                }
        );

    /// <summary>
    /// The driver or the EV is authorized: by the CSMS (Authorize), a list or cache, a start button (an idToken of the
    /// type NoAuthorization), or a request of the CSMS to start a transaction (F01, F02).
    /// </summary>
    /// <param name="idToken">The idToken.</param>
    /// <param name="remoteStartId">The id of the CSMS's request, if it has asked for the transaction.</param>
    /// <param name="reservationId">The reservation that the transaction uses (E03.FR.03).</param>
    /// <returns>
    /// <see langword="false"/> if the EVSE is already authorized, or a transaction may not begin
    /// (<see cref="IsAvailable"/>, <see cref="TransactionSettings.TxBeforeAcceptedEnabled"/>), and
    /// nothing has changed. A driver who presents the same idToken again ends the authorization:
    /// <see cref="StopAuthorized"/>.
    /// </returns>
    public bool Authorize(TIdToken idToken, int? remoteStartId = null, int? reservationId = null)
    {
        ArgumentNullException.ThrowIfNull(idToken);
        byte[] saved = OcppJson.ToUtf8Bytes(idToken);
        return Apply(
            remoteStartId is null ? TransactionTrigger.Authorized : TransactionTrigger.RemoteStart,
            facts =>
                facts.IsAuthorized || (facts.TransactionId is null && !MayBegin)
                    ? facts
                    : facts with
                    {
                        IsAuthorized = true,
                        IdToken = saved,
                        IsIdTokenSent = false,
                        IsIdTokenInvalid = false,
                        IsEnergyWithheld = false,
                        RemoteStartId = remoteStartId,
                        ReservationId = reservationId,
                        StopReason = null,
                        ConnectBy = facts.IsConnected
                            ? null
                            : _options.TimeProvider.GetUtcNow() + _settings.EVConnectionTimeOut,
                    }
        );
    }

    /// <summary>The driver has ended the authorization at the station (E07).</summary>
    /// <param name="idToken">
    /// The idToken that the driver presented; <see langword="null"/> for a stop button (E07.FR.02).
    /// </param>
    /// <param name="isMasterPass">Whether the idToken is of the group MasterPassGroupId (C16).</param>
    /// <returns><see langword="false"/> if the EVSE is not authorized, and nothing has changed.</returns>
    public bool StopAuthorized(TIdToken? idToken = null, bool isMasterPass = false) =>
        Apply(
            TransactionTrigger.StopAuthorized,
            facts =>
                facts.IsAuthorized
                    ? facts.Deauthorized(
                        isMasterPass ? TransactionStopReason.MasterPass : TransactionStopReason.Local,
                        TransactionChargingState.EVConnected
                    )
                    : facts,
            presented: idToken
        );

    /// <summary>
    /// The EV was not connected in time after the authorization, which ends (E03.FR.05). For a station with a timer of
    /// its own: with <see cref="TransactionSettings.EVConnectionTimeOut"/> it happens by itself.
    /// </summary>
    /// <returns>
    /// <see langword="false"/> if the EVSE is not authorized or the EV is connected, and nothing has changed.
    /// </returns>
    public bool EvConnectionTimedOut() => TimeOut(facts => facts is { IsAuthorized: true, IsConnected: false });

    /// <summary>The CSMS asks to stop a transaction (F03): its authorization ends.</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <returns><see langword="false"/> if it is not the ongoing one, and nothing has changed.</returns>
    public bool RemoteStop(string transactionId)
    {
        ArgumentNullException.ThrowIfNull(transactionId);
        return Apply(
            TransactionTrigger.RemoteStop,
            facts => facts.Deauthorized(TransactionStopReason.Remote, TransactionChargingState.EVConnected),
            // Not authorized yet, it could not lose the authorization.
            kind: (facts, settings) =>
                facts.TransactionId != transactionId ? null
                : (settings.TxStopPoint & (TransactionPoints.Authorized | TransactionPoints.PowerPathClosed)) != 0
                    ? TransactionEventKind.Ended
                : TransactionEventKind.Updated
        );
    }

    /// <summary>The signed value of the meter with which the transaction begins is available.</summary>
    public void DataSigned() =>
        Apply(TransactionTrigger.SignedDataReceived, facts => facts with { IsDataSigned = true });

    /// <summary>Energy is transferred.</summary>
    public void EnergyTransferStarted() => ChangeState(TransactionChargingState.Charging);

    /// <summary>The transfer of energy pauses because the EV does not take any.</summary>
    public void EnergyTransferSuspendedByEv() => ChangeState(TransactionChargingState.SuspendedEV);

    /// <summary>The transfer of energy pauses because the EVSE does not offer any.</summary>
    public void EnergyTransferSuspendedByEvse() => ChangeState(TransactionChargingState.SuspendedEVSE);

    /// <summary>The transfer of energy is over.</summary>
    public void EnergyTransferEnded() => ChangeState(TransactionChargingState.EVConnected);

    /// <summary>
    /// Adds an event about something that changes neither authorization nor charging state, such as samples of the
    /// meter (<see cref="TransactionTrigger.MeterValuePeriodic"/>, <see cref="TransactionTrigger.MeterValueClock"/>),
    /// or what the CSMS has asked for (<see cref="TransactionTrigger.Trigger"/>).
    /// </summary>
    /// <param name="trigger">Why it is sent.</param>
    /// <param name="meterValues">Readings of the meter, if there are any.</param>
    /// <returns><see langword="false"/> if there is no transaction, and nothing was added.</returns>
    public bool Report(TransactionTrigger trigger, IReadOnlyList<TMeterValue>? meterValues = null) =>
        Apply(
            trigger,
            facts => facts,
            kind: (facts, _) => facts.TransactionId is null ? null : TransactionEventKind.Updated,
            meterValues: meterValues
        );

    /// <summary>
    /// Ends the transaction at once, whatever its stop points: a fault, a reset, a limit, or a power loss that the
    /// station finds after its restart. The trigger of the event follows from the reason.
    /// </summary>
    /// <param name="reason">What made it stop.</param>
    /// <returns><see langword="false"/> if there is no transaction, and nothing has changed.</returns>
    public bool Stop(TransactionStopReason reason) =>
        Apply(
            TransactionRules.TriggerOf(reason),
            facts => facts.Deauthorized(reason, TransactionChargingState.EVConnected) with { StopReason = reason },
            kind: (facts, _) => facts.TransactionId is null ? null : TransactionEventKind.Ended
        );

    /// <summary>
    /// Takes the response to an event, for <see cref="MessageQueueOptions.Responded"/>: if it does not accept the
    /// idToken, the transaction is deauthorized (E05); if it sets limits, they are confirmed (E16). Other messages, and
    /// those of other EVSEs, change nothing. It counts at once, also if it can't be saved, such as on a full disk: the
    /// event is then kept, and saved before anything else as soon as it can be.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="response">Its response.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public virtual void Responded(QueuedMessage message, JsonElement response)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ReadResponse(message, response) is not { } read)
        {
            return;
        }

        if (read.RefusedIdToken is { } refused)
        {
            try
            {
                Refuse(read.TransactionId, refused);
            }
            catch (Exception exception) when (exception is not ObjectDisposedException)
            {
                // The application could not complete the message, and the response comes only once.
                _ = DoAfterAsync(s_pause, () => Refuse(read.TransactionId, refused));
                throw;
            }
        }

        TakeLimits(read);
    }

    bool IEvseTransaction.CanAuthorize<T>(T idToken) =>
        OcppJson.TryParse<TIdToken>(OcppJson.ToUtf8Bytes(idToken), out _, out _);

    bool IEvseTransaction.Authorize<T>(T idToken, int? remoteStartId, int? reservationId) =>
        Authorize(OcppJson.Parse<TIdToken>(OcppJson.ToUtf8Bytes(idToken)), remoteStartId, reservationId);

    bool IEvseTransaction.ReportTriggered() => Report(TransactionTrigger.Trigger);

    /// <summary>
    /// The CSMS has not accepted an idToken of a transaction (E05): it is deauthorized, or gets no more than a limited
    /// energy.
    /// </summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="idToken">The idToken.</param>
    private void Refuse(string transactionId, TIdToken idToken)
    {
        // First, so that there is no energy for it even if the application can't complete the event.
        bool isRefused = false;
        Change(() =>
        {
            if (_facts.TransactionId == transactionId && _facts.IsAuthorized && idToken.Equals(ReadIdToken(_facts)))
            {
                _facts = _facts with { IsIdTokenInvalid = true };
                isRefused = true;
            }
        });
        if (isRefused && Settings.StopTxOnInvalidId)
        {
            Apply(
                TransactionTrigger.Deauthorized,
                facts =>
                    facts.TransactionId == transactionId && facts.IsIdTokenInvalid
                        ? facts.Deauthorized(TransactionStopReason.DeAuthorized, TransactionChargingState.SuspendedEVSE)
                        : facts,
                isKept: true
            );
        }
        else if (isRefused)
        {
            Change(() =>
            {
                if (_facts.TransactionId == transactionId)
                {
                    Save(_facts, isKept: true);
                }
            });
        }
    }

    /// <inheritdoc/>
    public void Sample(TransactionTrigger trigger, TransactionReading reading)
    {
        // Outside of the lock: a meter may be slow. A transaction that ends meanwhile has its last reading.
        if (Facts is not { TransactionId: { } transactionId, IsEvseSent: true })
        {
            return;
        }

        IReadOnlyList<TMeterValue> readings = Read(reading);
        Apply(
            trigger,
            facts => facts,
            kind: (facts, _) =>
                facts.TransactionId == transactionId && readings.Count > 0 ? TransactionEventKind.Updated : null,
            meterValues: readings
        );
    }

    /// <inheritdoc/>
    public async Task SendReadingAsync(
        StationBoot boot,
        TransactionReading reading,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        if (Read(reading) is { Count: > 0 } readings)
        {
            await SendMeterValuesAsync(boot, readings, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends readings of the meter on their own: MeterValues, with <c>CallRequestedAsync</c>.</summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="meterValues">The readings, at least one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="StationBoot.CallRequestedAsync" path="/exception"/>
    protected abstract Task SendMeterValuesAsync(
        StationBoot boot,
        IReadOnlyList<TMeterValue> meterValues,
        CancellationToken cancellationToken
    );

    /// <summary>Reads the response to an event.</summary>
    /// <param name="message">A message.</param>
    /// <param name="response">Its response.</param>
    /// <returns><see langword="null"/> if the message is not an event of the version.</returns>
    protected abstract TransactionResponse<TIdToken>? ReadResponse(QueuedMessage message, JsonElement response);

    /// <summary>Adds an event to the queue as a message of the version.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="transactionEvent">The event.</param>
    /// <param name="state">What is saved together with the event.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    protected abstract void Add(
        MessageQueue queue,
        TransactionEvent<TIdToken, TMeterValue> transactionEvent,
        QueueState state
    );

    private static TIdToken? ReadIdToken(TransactionFacts facts) =>
        facts.IdToken is { } idToken ? OcppJson.Parse<TIdToken>(idToken) : null;

    private static TransactionFacts Connected(TransactionFacts facts) =>
        facts.IsConnected
            ? facts
            : facts with
            {
                IsConnected = true,
                ConnectBy = null,
                ChargingState = TransactionChargingState.EVConnected,
            };

    /// <summary>Called under the lock.</summary>
    private bool MayBegin =>
        _isAvailable
        && (
            _options.Boot is not { } boot
            || _settings.TxBeforeAcceptedEnabled
            || boot.Status == OcppRegistrationStatus.Accepted
        );

    private bool TimeOut(Func<TransactionFacts, bool> condition) =>
        Apply(
            TransactionTrigger.EVConnectTimeout,
            facts =>
                condition(facts)
                    ? facts.Deauthorized(TransactionStopReason.Timeout, TransactionChargingState.Idle)
                    : facts
        );

    /// <summary>
    /// Ends an authorization after a time, unless the EV is connected or the authorization has ended until then.
    /// </summary>
    private Task EndUnlessConnectedAsync(DateTimeOffset connectBy, TimeSpan time) =>
        DoAfterAsync(time, () => TimeOut(facts => facts.ConnectBy == connectBy));

    /// <summary>Does something after a time, and again after a pause until it can be saved.</summary>
    private async Task DoAfterAsync(TimeSpan time, Action action)
    {
        bool isDone = false;
        while (!isDone)
        {
            // Rounded up to what a timer can count.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds)), _options.TimeProvider)
                .ConfigureAwait(false);
            isDone = TryOnTimer(action);
            time = s_pause;
        }
    }

    /// <summary>Does something that a timer has begun. What it fails with is logged.</summary>
    /// <returns>Whether it is done.</returns>
    private bool TryOnTimer(Action action) =>
        StationCallback.Invoke(
            _options.Logger,
            () =>
            {
                try
                {
                    action();
                }
                catch (ObjectDisposedException)
                {
                    // The station is about to end, and the next start goes on with the rest of the time.
                }
            }
        );

    private void ChangeState(TransactionChargingState state) =>
        Apply(TransactionTrigger.ChargingStateChanged, facts => Connected(facts) with { ChargingState = state });

    /// <summary>
    /// Changes what is known, after the event that follows from it is saved.
    /// </summary>
    /// <param name="trigger">The trigger of the event.</param>
    /// <param name="change">What is known afterwards. The same if nothing changes.</param>
    /// <param name="kind">
    /// The event, or <see langword="null"/> for none and no change. Follows from the start and stop points by default.
    /// </param>
    /// <param name="presented">An idToken that the event has in any case.</param>
    /// <param name="meterValues">Readings that the event has in any case.</param>
    /// <param name="isKept">
    /// Whether it is so in any case: an event that can't be saved is kept (<see cref="QueueState.IsKept"/>), and goes
    /// without a reading of the meter that fails.
    /// </param>
    /// <returns>Whether anything has changed or was sent.</returns>
    private bool Apply(
        TransactionTrigger trigger,
        Func<TransactionFacts, TransactionFacts> change,
        Func<TransactionFacts, TransactionSettings, TransactionEventKind?>? kind = null,
        TIdToken? presented = null,
        IReadOnlyList<TMeterValue>? meterValues = null,
        bool isKept = false
    )
    {
        bool isDone = false;
        Change(() =>
        {
            TransactionFacts after = change(_facts);
            TransactionEventKind? decided = kind is null
                ? TransactionRules.Decide(_facts, after, _settings)
                : kind(_facts, _settings);
            if (kind is null ? after == _facts : decided is null)
            {
                return;
            }

            if (decided == TransactionEventKind.Started && !MayBegin)
            {
                // Without a transaction there is no energy: nobody is authorized.
                (decided, after) = (null, after.WithoutTransaction());
            }

            TimeSpan now = Uptime;
            after = after.At(now, _facts.ChargingState);
            _facts = decided is { } eventKind
                ? Send(eventKind, trigger, after, now, presented, meterValues, isKept)
                : after;
            isDone = true;
        });
        return isDone;
    }

    /// <summary>Saves an event. Called under the lock.</summary>
    /// <returns>What is known afterwards.</returns>
    private TransactionFacts Send(
        TransactionEventKind kind,
        TransactionTrigger trigger,
        TransactionFacts facts,
        TimeSpan now,
        TIdToken? presented,
        IReadOnlyList<TMeterValue>? meterValues,
        bool isKept
    )
    {
        bool isOver = kind == TransactionEventKind.Ended;
        bool hasEvse = facts is { IsConnected: true, IsEvseSent: false };
        DateTimeOffset time = _options.TimeProvider.GetUtcNow();
        bool begins = facts.TransactionId is null;
        string transactionId = facts.TransactionId ?? _options.CreateTransactionId();
        TIdToken? idToken =
            presented ?? (facts is { IsAuthorized: true, IsIdTokenSent: false } ? ReadIdToken(facts) : null);
        if (hasEvse)
        {
            SaveBeginning(transactionId, Read(TransactionReading.BeginForEnd, isKept), isKept);
        }

        TMeterValue[] readings =
        [
            .. isOver ? FindBeginning(transactionId) : [],
            .. meterValues ?? [],
            // If the transaction begins without the EV, its first reading is at the EVSE at which it is connected.
            .. hasEvse ? Read(TransactionReading.Begin, isKept) : [],
            .. isOver ? Read(TransactionReading.End, isKept) : [],
            .. trigger == TransactionTrigger.Trigger ? Read(TransactionReading.Trigger) : [],
        ];
        TransactionFacts after = isOver
            ? facts.WithoutTransaction()
            : facts with
            {
                TransactionId = transactionId,
                SeqNo = facts.SeqNo + 1,
                BegunAt = begins ? now : facts.BegunAt,
                // What was transferred before is not of this transaction.
                TimeCharged = begins ? TimeSpan.Zero : facts.TimeCharged,
                ChargingSince =
                    begins && facts.ChargingState == TransactionChargingState.Charging ? now : facts.ChargingSince,
                LastEventAt = now,
                LastEventTime = time,
                IsEvseSent = facts.IsEvseSent || hasEvse,
                IsIdTokenSent = facts.IsIdTokenSent || idToken is not null,
                RemoteStartId = null,
                ReservationId = null,
            };
        Add(
            _queue,
            new TransactionEvent<TIdToken, TMeterValue>
            {
                Kind = kind,
                Trigger = trigger,
                Timestamp = time,
                TransactionId = transactionId,
                SeqNo = facts.SeqNo,
                ChargingState = facts.ChargingState,
                HasEvse = hasEvse,
                IdToken = idToken,
                RemoteStartId = facts.RemoteStartId,
                ReservationId = facts.ReservationId,
                StoppedReason = isOver
                    ? facts.StopReason ?? TransactionRules.ReasonOf(trigger, facts.ChargingState)
                    : null,
                TimeSpentCharging = isOver ? facts.TimeChargedUntil(now) : null,
                Limits = trigger == TransactionTrigger.LimitSet ? facts.Limits : null,
                MeterValues = readings.Length > 0 ? readings : null,
            },
            new QueueState(_key, isOver ? null : after.ToBytes()) { IsKept = isKept }
        );
        return after;
    }

    /// <summary>
    /// Saves what the last event has of the beginning, before the first event that has the EVSE: if there is no such
    /// event, because of a crash in between, it is of no transaction, and the next one takes its place.
    /// </summary>
    private void SaveBeginning(string transactionId, IReadOnlyList<TMeterValue> readings, bool isKept)
    {
        if (readings.Count > 0)
        {
            byte[] saved = TransactionBeginning.ToBytes(transactionId, readings);
            _queue.SetState(new QueueState(BeginningKey, saved) { IsKept = isKept });
        }
    }

    private IReadOnlyList<TMeterValue> FindBeginning(string transactionId) =>
        _queue.FindState(BeginningKey) is { } saved ? TransactionBeginning.Read<TMeterValue>(saved, transactionId) : [];

    private string BeginningKey => $"{_key}/begin";

    /// <param name="reading">What the reading is for.</param>
    /// <param name="isOptional">Whether one that fails is logged, and left out.</param>
    private IReadOnlyList<TMeterValue> Read(TransactionReading reading, bool isOptional = false)
    {
        try
        {
            return _options.ReadMeter?.Invoke(reading) ?? [];
        }
        catch (Exception exception) when (isOptional)
        {
            StationLog.ReadingFailed(_options.Logger, exception, EvseId);
            return [];
        }
    }

    /// <summary>Changes something under the lock, and does what follows from it.</summary>
    private void Change(Action change)
    {
        bool isOtherEnergy;
        TransactionFacts before;
        TransactionFacts after;
        TimeSpan? timeOut;
        lock (_gate)
        {
            before = _facts;
            TransactionEnergy energy = TransactionRules.EnergyOf(_facts, _settings);
            change();
            after = _facts;
            isOtherEnergy = TransactionRules.EnergyOf(_facts, _settings) != energy;
            timeOut = _settings.EVConnectionTimeOut;
        }

        if (after.ConnectBy is { } connectBy && connectBy != before.ConnectBy && timeOut is { } time)
        {
            _ = EndUnlessConnectedAsync(connectBy, time);
        }

        WatchTime(before, after);
        if (isOtherEnergy)
        {
            _energyReport.Request();
        }

        if (after.TransactionId != before.TransactionId)
        {
            foreach (Action handler in BegunOrEnded?.GetInvocationList() ?? [])
            {
                StationCallback.Invoke(_options.Logger, handler);
            }
        }
    }
}
