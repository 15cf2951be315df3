using Ocpp.Stations.Transactions;
using Ocpp.Stations.Versions;
using Ocpp.Versions;

namespace Ocpp.Stations;

/// <summary>
/// Resets a station or an EVSE when the CSMS asks for it (part 2, B11 and B12): at once, after it has ended the
/// transactions, or when they have ended. Until then no transaction begins. The station says after its start that it
/// was reset. Thread-safe.
/// </summary>
/// <remarks>
/// A reset of the whole station takes the place of all that are scheduled, and one of an EVSE that of one of the same
/// EVSE. What is scheduled does not survive a restart, which is a reset, too.
/// </remarks>
public sealed class StationReset
{
    /// <summary>The whole station, where others are EVSEs: these have numbers from 1 on.</summary>
    private const int Station = 0;

    private const string Key = "reset";

    /// <summary>The wait after a reset has failed.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly StationBoot _boot;
    private readonly MessageQueue _queue;
    private readonly IReadOnlyList<IEvseTransaction> _transactions;
    private readonly StationResetOptions _options;

    /// <summary>What waits until it is idle, and whether the CSMS has the response already.</summary>
    private readonly Dictionary<int, bool> _scheduled = [];

    /// <summary>What is reset now.</summary>
    private readonly HashSet<int> _underWay = [];

    /// <summary>The EVSEs that were reported to be unavailable.</summary>
    private readonly HashSet<int> _unavailable = [];
    private readonly CoalescedWork _availabilityReport;
    private int _retries;

    /// <summary>
    /// Takes the parts of a station, before <see cref="StationBoot.RunAsync"/>: if the last run has ended with a reset,
    /// the BootNotification says so.
    /// </summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="queue">The queue, which keeps why the station is reset.</param>
    /// <param name="transactions">The transactions, one for each EVSE.</param>
    /// <param name="options">The options.</param>
    public StationReset(
        StationBoot boot,
        MessageQueue queue,
        IReadOnlyList<IEvseTransaction> transactions,
        StationResetOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(options);
        _boot = boot;
        _queue = queue;
        _transactions = [.. transactions];
        _options = options;
        _availabilityReport = new CoalescedWork(ReportAvailability);
        _retries = options.Retries;
        if (queue.FindState(Key) is [var cause])
        {
            boot.SetStartCause((StationBootCause)cause, () => queue.SetState(StateOf(null)));
        }

        foreach (IEvseTransaction transaction in _transactions)
        {
            transaction.BegunOrEnded += Refresh;
        }
    }

    /// <summary>How many times a reset that has failed is tried again: ResetRetries of OCPPCommCtrlr.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Retries
    {
        get => Volatile.Read(ref _retries);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Volatile.Write(ref _retries, value);
        }
    }

    /// <summary>Whether an EVSE can be reset on its own: AllowReset of the component EVSE (B11.FR.10).</summary>
    public bool AllowsEvseReset => _options.RestartEvse is not null;

    /// <summary>The EVSEs of the station.</summary>
    internal IEnumerable<int> EvseIds => _transactions.Select(one => one.EvseId);

    /// <summary>Whether a reset of the station or an EVSE waits until it is idle.</summary>
    /// <param name="evseId">The EVSE, or <see langword="null"/> for the whole station.</param>
    public bool IsScheduled(int? evseId = null)
    {
        lock (_gate)
        {
            return _scheduled.ContainsKey(evseId ?? Station);
        }
    }

    /// <summary>Adds a handler of the request to reset the station, for each version that it speaks.</summary>
    /// <param name="handlers">The handlers of the client. Call it before the client connects.</param>
    /// <returns>The same handlers.</returns>
    /// <exception cref="ArgumentException">The request already has a handler.</exception>
    public IOcppHandlers AddTo(IOcppHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        foreach (StationVersion version in _boot.Versions)
        {
            if (handlers.Protocols.Any(one => one.Subprotocol == version.Protocol.Subprotocol))
            {
                version.AddReset(handlers, this);
            }
        }

        return handlers;
    }

    /// <summary>Takes a request of the CSMS, and does what it asks for after the response.</summary>
    /// <param name="kind">When the reset is to take place.</param>
    /// <param name="evseId">The EVSE, or <see langword="null"/> for the whole station.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// The status of the response. Rejected if the EVSE is unknown or can't be reset on its own, if the application
    /// does not allow it, if a reset is under way, or if there is a transaction that should be resumed and may not be
    /// (<see cref="TransactionSettings.ResumptionTimeout"/>).
    /// </returns>
    public StationResetStatus Request(StationResetKind kind, int? evseId, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        bool isKnown = evseId is null || (AllowsEvseReset && EvseIds.Contains(evseId.Value));
        if (!isKnown || !_options.MayReset(kind, evseId))
        {
            return StationResetStatus.Rejected;
        }

        int what = evseId ?? Station;
        if (
            kind == StationResetKind.ImmediateAndResume
            && Of(what).Any(one => one is { TransactionId: not null, MayResume: false })
        )
        {
            return StationResetStatus.Rejected;
        }

        // The application is not asked under the lock: it may hold one of its own.
        bool isNow = kind != StationResetKind.OnIdle || IsIdle(what);
        lock (_gate)
        {
            if (_underWay.Count > 0 && (what == Station || _underWay.Contains(Station) || _underWay.Contains(what)))
            {
                return StationResetStatus.Rejected;
            }

            if (what == Station)
            {
                _scheduled.Clear();
            }

            _scheduled.Remove(what);
            if (isNow)
            {
                _underWay.Add(what);
            }
            else
            {
                _scheduled.Add(what, false);
            }
        }

        Refresh();
        if (isNow)
        {
            context.OnCompleted(() => ResetAsync(what, StationBootCause.RemoteReset, ReasonOf(kind)));
            return StationResetStatus.Accepted;
        }

        context.OnCompleted(() =>
        {
            lock (_gate)
            {
                if (_scheduled.ContainsKey(what))
                {
                    _scheduled[what] = true;
                }
            }

            Refresh();
        });
        return StationResetStatus.Scheduled;
    }

    /// <summary>
    /// Looks whether what is scheduled can take place. Call it after a change of what
    /// <see cref="StationResetOptions.IsIdle"/> returns; the end of a transaction is noticed without it.
    /// </summary>
    public void Refresh()
    {
        // What is scheduled can't begin anything meanwhile, so what is idle stays so.
        HashSet<int> idle = [.. Scheduled().Where(IsIdle)];
        int[] due;
        lock (_gate)
        {
            due = _underWay.Contains(Station) ? [] : [.. _scheduled.Where(one => one.Value).Select(one => one.Key)];
            // The whole station, if it is among them, waits until no EVSE is being reset.
            due = [.. due.Where(what => (what != Station || _underWay.Count == 0) && idle.Contains(what))];
            due = due.Contains(Station) ? [Station] : due;
            foreach (int what in due)
            {
                _scheduled.Remove(what);
                _underWay.Add(what);
            }
        }

        foreach (IEvseTransaction transaction in _transactions)
        {
            UpdateAvailability(transaction);
        }

        _availabilityReport.Request();
        foreach (int what in due)
        {
            _ = ResetAsync(what, StationBootCause.ScheduledReset, TransactionStopReason.ImmediateReset);
        }
    }

    /// <summary>With what reason a reset ends transactions; <see langword="null"/> if it does not.</summary>
    private static TransactionStopReason? ReasonOf(StationResetKind kind) =>
        kind switch
        {
            StationResetKind.ImmediateAndResume => null,
            StationResetKind.Soft => TransactionStopReason.SoftReset,
            _ => TransactionStopReason.ImmediateReset,
        };

    private static string NameOf(int what) => what == Station ? "the station" : $"EVSE {what}";

    /// <summary>
    /// Why the station is reset, or that it is not any more. Kept: otherwise the next start would report a reset that
    /// did not happen.
    /// </summary>
    private static QueueState StateOf(StationBootCause? cause) =>
        new(Key, cause is { } value ? [(byte)value] : null) { IsKept = true };

    private int[] Scheduled()
    {
        lock (_gate)
        {
            return [.. _scheduled.Keys];
        }
    }

    /// <summary>Whether something is idle: it is not if the application fails to say so.</summary>
    private bool IsIdle(int what) =>
        StationCallback.Invoke(_options.Logger, () => _options.IsIdle(what == Station ? null : what), onFailure: false)
        && Of(what).All(one => one.TransactionId is null);

    private IEnumerable<IEvseTransaction> Of(int what) =>
        _transactions.Where(one => what == Station || one.EvseId == what);

    /// <summary>Has an EVSE begin no transaction while a reset waits or is under way.</summary>
    private void UpdateAvailability(IEvseTransaction transaction)
    {
        // Outside of the lock, because it calls the application; looked at again, because it may have changed since.
        bool isBlocked = IsBlocked(transaction.EvseId);
        while (transaction.IsAvailable == isBlocked)
        {
            transaction.IsAvailable = !isBlocked;
            isBlocked = IsBlocked(transaction.EvseId);
        }
    }

    /// <summary>Reports what has changed; an EVSE with a transaction becomes unavailable when that ends.</summary>
    private void ReportAvailability()
    {
        foreach (IEvseTransaction transaction in _transactions)
        {
            bool isBlocked = IsBlocked(transaction.EvseId);
            bool hasChanged = isBlocked
                ? transaction.TransactionId is null && _unavailable.Add(transaction.EvseId)
                : _unavailable.Remove(transaction.EvseId);
            if (hasChanged)
            {
                StationCallback.Invoke(
                    _options.Logger,
                    () => _options.AvailabilityChanged?.Invoke(transaction.EvseId, !isBlocked)
                );
            }
        }
    }

    private bool IsBlocked(int evseId)
    {
        lock (_gate)
        {
            return _scheduled.ContainsKey(Station)
                || _scheduled.ContainsKey(evseId)
                || _underWay.Contains(Station)
                || _underWay.Contains(evseId);
        }
    }

    /// <summary>Ends the transactions, lets their events reach the CSMS, and resets. Does not fail.</summary>
    private async Task ResetAsync(int what, StationBootCause cause, TransactionStopReason? reason)
    {
        StationLog.Resetting(_options.Logger, NameOf(what), cause);
        foreach (IEvseTransaction transaction in reason is null ? [] : Of(what))
        {
            StationCallback.Invoke(
                _options.Logger,
                () =>
                {
                    transaction.Stop(reason!.Value);
                }
            );
        }

        await FlushAsync().ConfigureAwait(false);
        Save(what == Station ? cause : null);
        if (await RestartAsync(what).ConfigureAwait(false) && what == Station)
        {
            return; // the process ends, or begins anew with other parts
        }

        Save(null);
        lock (_gate)
        {
            _underWay.Remove(what);
        }

        Refresh();
    }

    /// <summary>Waits until the CSMS has the events, if it can have them.</summary>
    private async Task FlushAsync()
    {
        if (_queue.Count == 0 || !_queue.IsOnline || _boot.Status != OcppRegistrationStatus.Accepted)
        {
            return;
        }

        using var timeOut = new CancellationTokenSource(_options.FlushTime, _options.TimeProvider);
        try
        {
            await _queue.WhenEmptyAsync(timeOut.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // They are sent after the start.
        }
    }

    /// <summary>Notes why the station is reset; without that, it starts as after a loss of power.</summary>
    private void Save(StationBootCause? cause)
    {
        if (cause is not null || _queue.FindState(Key) is not null)
        {
            StationCallback.Invoke(_options.Logger, () => _queue.SetState(StateOf(cause)));
        }
    }

    /// <returns>Whether it has succeeded.</returns>
    private async Task<bool> RestartAsync(int what)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await (what == Station ? _options.Restart() : _options.RestartEvse!(what)).ConfigureAwait(false);
                return true;
            }
#pragma warning disable CA1031 // The application's callback may throw anything; it is logged.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                StationLog.ResetFailed(_options.Logger, exception, NameOf(what), attempt);
                if (attempt > Retries)
                {
                    return false;
                }
            }

            await Task.Delay(s_pause, _options.TimeProvider).ConfigureAwait(false);
        }
    }
}
