namespace Ocpp.Stations.Transactions;

// The limits of the transaction (E16), and its resumption (E17).
public abstract partial class EvseTransaction<TIdToken, TMeterValue>
{
    /// <summary>
    /// The limits of the ongoing transaction, set at the station or by the CSMS; <see langword="null"/> if there are
    /// none.
    /// </summary>
    public TransactionLimits? Limits => Facts.Limits;

    /// <summary>
    /// The limit that the ongoing transaction has reached: <see cref="Energy"/> is
    /// <see cref="TransactionEnergy.NotAllowed"/> until it is raised (E16.FR.14).
    /// </summary>
    public TransactionLimitKinds ReachedLimit => Facts.Reached;

    /// <inheritdoc/>
    public bool MayResume => Settings.ResumptionTimeout > TimeSpan.Zero;

    /// <summary>Whether the events of the version have limits. Defaults to <see langword="false"/>.</summary>
    protected virtual bool ReportsLimits => false;

    /// <summary>
    /// The driver sets limits at the station (E16.FR.01). Limits that are not given stay as they are, those that the
    /// station does not support are left out, and none is higher than the one that the CSMS has set (E16.FR.04). One
    /// that is reached already counts at once (E16.FR.10).
    /// </summary>
    /// <param name="limits">The limits.</param>
    /// <returns><see langword="false"/> if there is no transaction, or nothing has changed.</returns>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public bool SetLimits(TransactionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return ChangeLimits(
            _ => true,
            facts =>
                (limits.Of(_settings.SupportedLimits).Over(facts.Limits).Within(facts.CsmsLimits), facts.CsmsLimits),
            isKept: false
        );
    }

    /// <summary>
    /// How much energy the transaction has had, which ends a limited one (E05.FR.03, E16.FR.05): <see cref="Energy"/>
    /// is then <see cref="TransactionEnergy.NotAllowed"/>. Adds an event only if a limit of the transaction is reached.
    /// </summary>
    /// <param name="wattHours">The energy in Wh since the transaction has begun.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void EnergyTransferred(decimal wattHours) => Measured(facts => facts with { WattHours = wattHours });

    /// <summary>
    /// What the transaction has cost, as the station has calculated. From then on the costs of the CSMS do not count
    /// (E16.FR.16). Adds an event only if a limit of the transaction is reached.
    /// </summary>
    /// <param name="cost">The cost so far, in the currency of the tariff.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void CostCalculated(decimal cost) => Measured(facts => facts with { Cost = cost, HasOwnCost = true });

    /// <summary>
    /// What the transaction has cost, as the CSMS has said (CostUpdated; E16.FR.15). The costs in its responses to
    /// events are taken already. Adds an event only if a limit of the transaction is reached.
    /// </summary>
    /// <param name="transactionId">The transaction. If it is not the ongoing one, nothing changes.</param>
    /// <param name="totalCost">The cost so far, in the currency of the tariff.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void CostUpdated(string transactionId, decimal totalCost) =>
        Measured(facts =>
            facts.TransactionId == transactionId && !facts.HasOwnCost ? facts with { Cost = totalCost } : facts
        );

    /// <summary>
    /// The state of charge of the EV. Adds an event only if a limit of the transaction is reached.
    /// </summary>
    /// <param name="percent">The state of charge, in percent.</param>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void StateOfCharge(int percent) => Measured(facts => facts with { SoC = percent });

    /// <summary>
    /// Goes on after a restart with the transaction that the last run has left, if it was not interrupted for longer
    /// than <see cref="TransactionSettings.ResumptionTimeout"/> (E17); otherwise ends it. To be called once, before the
    /// application says what is.
    /// </summary>
    /// <param name="reason">What interrupted it: PowerLoss or Reboot.</param>
    /// <param name="interruption">
    /// How long it was interrupted. Defaults to the time since its last event, by the clock of the events.
    /// </param>
    /// <returns>
    /// <see langword="true"/> if a transaction goes on. Its charging state is the one before; but
    /// <see cref="TransactionChargingState.SuspendedEVSE"/> if it had energy, and does not get it before
    /// <see cref="AllowEnergyTransfer"/> (<see cref="TransactionSettings.AllowEnergyTransferResumption"/>).
    /// </returns>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public bool Resume(TransactionStopReason reason = TransactionStopReason.PowerLoss, TimeSpan? interruption = null)
    {
        TransactionFacts left = Facts;
        TransactionSettings settings = Settings;
        TimeSpan now = Uptime;
        TimeSpan time = interruption ?? TimeSinceLastEvent(left, now);
        bool goesOn = MayResume && time <= settings.ResumptionTimeout;
        bool isDone = Apply(
            goesOn ? TransactionTrigger.TxResumed : TransactionTrigger.AbnormalCondition,
            facts =>
                goesOn
                    ? facts.Resumed(now, time, settings.AllowEnergyTransferResumption)
                    : facts.Interrupted(now, time).Deauthorized(reason, TransactionChargingState.EVConnected) with
                    {
                        StopReason = reason,
                    },
            kind: (facts, _) =>
                facts.TransactionId is null ? null
                : goesOn ? TransactionEventKind.Updated
                : TransactionEventKind.Ended
        );
        return isDone && goesOn;
    }

    /// <summary>
    /// Gives energy to a transaction that was resumed without it, such as after the driver has presented the idToken
    /// again.
    /// </summary>
    /// <returns><see langword="false"/> if there is none, and nothing has changed.</returns>
    /// <exception cref="IOException">It can't be saved. Nothing has changed.</exception>
    public bool AllowEnergyTransfer()
    {
        bool isDone = false;
        Change(() =>
        {
            if (_facts.IsEnergyWithheld)
            {
                Save(_facts with { IsEnergyWithheld = false });
                isDone = true;
            }
        });
        return isDone;
    }

    /// <summary>
    /// How long it is since the last event. If that was in the last run, only the clock says so; then it is not before
    /// the event, unless it was set back or is not set yet.
    /// </summary>
    private TimeSpan TimeSinceLastEvent(TransactionFacts facts, TimeSpan now)
    {
        TimeSpan time =
            facts.LastEventAt > TimeSpan.Zero ? now - facts.LastEventAt
            : facts.LastEventTime is { } last ? _options.TimeProvider.GetUtcNow() - last
            : TimeSpan.Zero;
        return time > TimeSpan.Zero ? time : TimeSpan.Zero;
    }

    /// <summary>Takes the limits and the cost of a response (E16.FR.02, E16.FR.15).</summary>
    private void TakeLimits(TransactionResponse<TIdToken> response)
    {
        if (response.TotalCost is { } cost)
        {
            CostUpdated(response.TransactionId, cost);
        }

        if (response.Limits is { } limits)
        {
            ChangeLimits(
                facts => facts.TransactionId == response.TransactionId,
                facts =>
                {
                    TransactionLimits supported = limits.Of(_settings.SupportedLimits);
                    return (supported.Over(facts.Limits), supported.Over(facts.CsmsLimits));
                },
                isKept: true // the response comes only once
            );
        }
    }

    /// <summary>
    /// Changes the limits, and confirms those that are in force then once (E16.FR.01, E16.FR.03).
    /// </summary>
    /// <returns>Whether anything has changed.</returns>
    private bool ChangeLimits(
        Func<TransactionFacts, bool> condition,
        Func<TransactionFacts, (TransactionLimits All, TransactionLimits? OfCsms)> change,
        bool isKept
    )
    {
        bool isDone = false;
        Change(() =>
        {
            if (_facts.TransactionId is null || !condition(_facts))
            {
                return;
            }

            (TransactionLimits all, TransactionLimits? ofCsms) = change(_facts);
            TimeSpan now = Uptime;
            TransactionFacts after = _facts.WithLimits(
                all.IsEmpty ? null : all,
                ofCsms is { IsEmpty: true } ? null : ofCsms,
                now
            );
            if (after == _facts)
            {
                return;
            }

            if (after.Limits != _facts.Limits && ReportsLimits)
            {
                _facts = Send(
                    TransactionEventKind.Updated,
                    TransactionTrigger.LimitSet,
                    after,
                    now,
                    null,
                    null,
                    isKept
                );
            }
            else
            {
                Save(after, isKept);
            }

            isDone = true;
        });
        CheckLimits();
        return isDone;
    }

    private void Measured(Func<TransactionFacts, TransactionFacts> change)
    {
        Change(() =>
        {
            if (_facts.TransactionId is not null)
            {
                _facts = change(_facts);
            }
        });
        CheckLimits();
    }

    /// <summary>
    /// Suspends the transfer of energy if a limit is reached, which ends the transaction if that is a TxStopPoint
    /// (E16.FR.05, E16.FR.06).
    /// </summary>
    private void CheckLimits()
    {
        TimeSpan now = Uptime;
        TransactionLimitKinds reached = Facts.ReachedAt(now);
        if (reached != TransactionLimitKinds.None)
        {
            Apply(
                TransactionRules.TriggerOf(reached),
                facts =>
                    facts.Reached == TransactionLimitKinds.None && facts.ReachedAt(now) == reached
                        ? facts.Suspended() with
                        {
                            Reached = reached,
                        }
                        : facts,
                isKept: true // there is no energy any more, also if the disk is full
            );
        }
    }

    /// <summary>Changes what is known, without an event. Called under the lock.</summary>
    private void Save(TransactionFacts facts, bool isKept = false)
    {
        _queue.SetState(new QueueState(_key, facts.ToBytes()) { IsKept = isKept });
        _facts = facts;
    }

    /// <summary>Watches the longest time, if there is one that was not watched before.</summary>
    private void WatchTime(TransactionFacts before, TransactionFacts after)
    {
        if (TimeToWatch(after) is { } watched && TimeToWatch(before) != watched)
        {
            _ = WatchTimeAsync(watched);
        }

        static (string, TimeSpan)? TimeToWatch(TransactionFacts facts) =>
            facts is { TransactionId: { } id, Limits.MaxTime: { } time, Reached: TransactionLimitKinds.None }
                ? (id, time)
                : null;
    }

    private async Task WatchTimeAsync((string TransactionId, TimeSpan MaxTime) watched)
    {
        bool isDone = false;
        while (!isDone)
        {
            TimeSpan left = TimeLeft(watched);
            left = left > MessageQueue.LongestInterval ? MessageQueue.LongestInterval : left;
            left = left > TimeSpan.Zero ? left : s_pause; // one that is due could not be saved
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), _options.TimeProvider)
                .ConfigureAwait(false);
            isDone = TryOnTimer(CheckLimits) && TimeLeft(watched) <= TimeSpan.Zero;
        }
    }

    /// <summary>How long a transaction may still go on; not any more if it has ended or has another limit.</summary>
    private TimeSpan TimeLeft((string TransactionId, TimeSpan MaxTime) watched) =>
        Facts is { Reached: TransactionLimitKinds.None } facts
        && facts.TransactionId == watched.TransactionId
        && facts.Limits?.MaxTime == watched.MaxTime
            ? facts.BegunAt + watched.MaxTime - Uptime
            : TimeSpan.Zero;
}
