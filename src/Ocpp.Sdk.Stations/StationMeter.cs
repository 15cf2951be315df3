using Ocpp.Stations.Transactions;
using Ocpp.Stations.Versions;
using Ocpp.Versions;

namespace Ocpp.Stations;

/// <summary>
/// Reads the meters of a station in time: at intervals in each transaction (part 2, J02), and at times of the clock, in
/// a transaction or not (J01). The application supplies the readings
/// (<see cref="EvseTransactionOptions{TMeterValue}.ReadMeter"/>). Thread-safe.
/// </summary>
public sealed class StationMeter
{
    /// <summary>What a clock is corrected by at most; by more, it is set.</summary>
    private static readonly TimeSpan s_correction = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly StationBoot _boot;
    private readonly IReadOnlyList<IEvseTransaction> _transactions;

    /// <summary>Of each EVSE, the transaction, and when its last sample was due.</summary>
    private readonly Dictionary<int, (string TransactionId, long SampledAt)> _samples = [];
    private MeterSettings _settings;

    /// <summary>Completes when something has changed; then another one takes its place.</summary>
    private TaskCompletionSource _changed = NewSignal();
    private bool _isRunning;

    /// <summary>The next time of the clock, and when the last one was, which does not change with the clock.</summary>
    private DateTimeOffset? _next;
    private long? _lastTick;
    private Task _sending = Task.CompletedTask;

    /// <summary>Takes the parts of a station. <see cref="RunAsync"/> begins.</summary>
    /// <param name="boot">The registration of the station, with its clock.</param>
    /// <param name="transactions">The transactions, one for each EVSE.</param>
    /// <param name="settings">When the meters are read. Defaults to never.</param>
    public StationMeter(StationBoot boot, IReadOnlyList<IEvseTransaction> transactions, MeterSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(boot);
        ArgumentNullException.ThrowIfNull(transactions);
        _boot = boot;
        _transactions = [.. transactions];
        _settings = settings ?? new MeterSettings();
        boot.Clock.Changed += SignalChange;
        foreach (IEvseTransaction transaction in _transactions)
        {
            transaction.BegunOrEnded += SignalChange;
        }
    }

    /// <summary>When the meters are read, and what of them. Applies at once.</summary>
    public MeterSettings Settings
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
            Change(_ => value);
        }
    }

    private StationClock Clock => _boot.Clock;

    /// <summary>Changes some of the settings, and keeps the others.</summary>
    internal void Change(Func<MeterSettings, MeterSettings> change)
    {
        lock (_gate)
        {
            _settings = change(_settings);
        }

        SignalChange();
    }

    /// <summary>
    /// Reads the meters until it is cancelled. What the application's reading throws, or what can't be saved or sent,
    /// is logged.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes when it has ended. It is not cancelled, also if the token is.</returns>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isRunning)
            {
                throw new InvalidOperationException("The meter is running already.");
            }

            _isRunning = true;
        }

        try
        {
            while (true)
            {
                Task changed;
                lock (_gate)
                {
                    changed = _changed.Task;
                }

                TimeSpan wait = Step(cancellationToken);
                await WaitAsync(wait, changed, cancellationToken).ConfigureAwait(false);
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
            }
        }
    }

    /// <summary>
    /// Handles a TriggerMessage for MeterValues (F06): the readings are sent after the response. How that fails is
    /// logged.
    /// </summary>
    /// <param name="isMeterValues">Whether the CSMS asks for MeterValues.</param>
    /// <param name="evseId">The EVSE that the request has; <see langword="null"/> for all.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if there is such an EVSE, Rejected if not; NotImplemented for other messages.
    /// </returns>
    public StationTriggerStatus Trigger(bool isMeterValues, int? evseId, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!isMeterValues)
        {
            return StationTriggerStatus.NotImplemented;
        }

        List<IEvseTransaction> asked = [.. _transactions.Where(one => evseId is null || one.EvseId == evseId)];
        if (asked.Count == 0)
        {
            return StationTriggerStatus.Rejected;
        }

        context.OnCompleted(() => SendAllAsync(asked, TransactionReading.MeterTrigger, CancellationToken.None));
        return StationTriggerStatus.Accepted;
    }

    /// <summary>Takes and sends all readings that are due.</summary>
    /// <returns>How long it is until the next ones.</returns>
    internal TimeSpan Step(CancellationToken cancellationToken)
    {
        MeterSettings settings = Settings;
        return Min(SampleAll(settings), Tick(settings, cancellationToken));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The next multiple of an interval since midnight. A day begins anew, also if the last is cut.</summary>
    private static DateTimeOffset NextAfter(DateTimeOffset now, TimeSpan interval)
    {
        DateTimeOffset midnight = new(now.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset next = midnight + (interval * (((now - midnight).Ticks / interval.Ticks) + 1));
        return next < midnight.AddDays(1) ? next : midnight.AddDays(1);
    }

    /// <summary>Takes the samples that are due in the transactions.</summary>
    /// <returns>How long it is until the next one.</returns>
    private TimeSpan SampleAll(MeterSettings settings)
    {
        TimeSpan wait = MessageQueue.LongestInterval;
        foreach (IEvseTransaction transaction in _transactions)
        {
            if (transaction.TransactionId is not { } transactionId || settings.TxUpdatedInterval is not { } interval)
            {
                _samples.Remove(transaction.EvseId);
                continue;
            }

            long now = Clock.GetTimestamp();
            if (
                !_samples.TryGetValue(transaction.EvseId, out (string TransactionId, long SampledAt) last)
                || last.TransactionId != transactionId
            )
            {
                last = (transactionId, now);
            }

            TimeSpan since = Clock.GetElapsedTime(last.SampledAt, now);
            if (since >= interval)
            {
                Sample(transaction, TransactionTrigger.MeterValuePeriodic, TransactionReading.Periodic);
                // From when it was due on, so that delays do not add up; but those that were missed are left out.
                double late = (since - interval).TotalSeconds % interval.TotalSeconds;
                last.SampledAt = now - (long)(late * Clock.TimestampFrequency);
                since = Clock.GetElapsedTime(last.SampledAt, now);
            }

            _samples[transaction.EvseId] = last;
            wait = Min(wait, interval - since);
        }

        return wait;
    }

    /// <summary>The sending of readings outside of transactions, for a test that goes on after it.</summary>
    internal Task Sending => _sending;

    /// <summary>Reads all meters if the clock has reached the time.</summary>
    /// <returns>How long it is until the next time.</returns>
    private TimeSpan Tick(MeterSettings settings, CancellationToken cancellationToken)
    {
        if (settings.AlignedInterval is not { } interval)
        {
            _next = null;
            return MessageQueue.LongestInterval;
        }

        // A clock that is corrected a little must neither bring the same time twice nor leave one out. If it is set,
        // its times count as they are.
        TimeSpan half = interval / 2;
        DateTimeOffset now = Clock.GetUtcNow();
        bool isDue = now >= _next && now - _next < half;
        bool isRepeated = _lastTick is { } last && Clock.GetElapsedTime(last) < Min(half, s_correction);
        if (isDue && !isRepeated)
        {
            _lastTick = Clock.GetTimestamp();
            ReadAll(settings, cancellationToken);
        }

        _next = NextAfter(now, interval);
        return _next.Value - now;
    }

    private void ReadAll(MeterSettings settings, CancellationToken cancellationToken)
    {
        if (settings.SendDuringIdle && _transactions.Any(one => one.TransactionId is not null))
        {
            return;
        }

        var idle = new List<IEvseTransaction>();
        foreach (IEvseTransaction transaction in _transactions)
        {
            if (transaction.TransactionId is null)
            {
                idle.Add(transaction);
            }
            else
            {
                Sample(transaction, TransactionTrigger.MeterValueClock, TransactionReading.Clock);
            }
        }

        // They are of no use later: without a connection, or while the CSMS has not responded to the last ones, they
        // are left out.
        bool canSend = _boot is { IsConnected: true, Status: OcppRegistrationStatus.Accepted };
        if (canSend && idle.Count > 0 && _sending.IsCompleted)
        {
            _sending = SendAllAsync(idle, TransactionReading.Clock, cancellationToken);
        }
    }

    private async Task SendAllAsync(
        List<IEvseTransaction> transactions,
        TransactionReading reading,
        CancellationToken cancellationToken
    )
    {
        foreach (IEvseTransaction transaction in transactions)
        {
            await SendAsync(transaction, reading, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(
        IEvseTransaction transaction,
        TransactionReading reading,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await transaction.SendReadingAsync(_boot, reading, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller has asked for it.
        }
#pragma warning disable CA1031 // The application's reading may throw anything; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            StationLog.ReadingFailed(_boot.Logger, exception, transaction.EvseId);
        }
    }

    private void Sample(IEvseTransaction transaction, TransactionTrigger trigger, TransactionReading reading)
    {
        try
        {
            transaction.Sample(trigger, reading);
        }
#pragma warning disable CA1031 // The application's reading may throw anything; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            StationLog.ReadingFailed(_boot.Logger, exception, transaction.EvseId);
        }
    }

    private void SignalChange()
    {
        lock (_gate)
        {
            TaskCompletionSource changed = _changed;
            _changed = NewSignal();
            changed.TrySetResult();
        }
    }

    /// <summary>Waits until the time is up or something has changed.</summary>
    private async Task WaitAsync(TimeSpan time, Task changed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Rounded up to what a timer can count.
        TimeSpan rounded = TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
        await Task.WhenAny(Task.Delay(rounded, Clock, stop.Token), changed).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
