using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ocpp.Stations.Transactions;

/// <summary>The options of an <see cref="EvseTransaction{TIdToken, TMeterValue}"/>. Immutable.</summary>
/// <typeparam name="TMeterValue">The meter values of the version.</typeparam>
public abstract record EvseTransactionOptions<TMeterValue>
{
    /// <summary>The EVSE.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public required int EvseId
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    /// <summary>
    /// The connector of the EVSE that its events have. Defaults to <see langword="null"/>: they have none.
    /// </summary>
    public int? ConnectorId { get; init; }

    /// <summary>
    /// When transactions begin and end. <see cref="EvseTransaction{TIdToken, TMeterValue}.Settings"/> changes it.
    /// </summary>
    public TransactionSettings Settings { get; init; } = new();

    /// <summary>
    /// The registration of the station: without it being accepted, no transaction begins unless
    /// <see cref="TransactionSettings.TxBeforeAcceptedEnabled"/> is set. Defaults to <see langword="null"/>: the
    /// application decides.
    /// </summary>
    public StationBoot? Boot { get; init; }

    /// <summary>
    /// Reads the meter for an event that begins or ends a transaction, a sample, or what the CSMS has asked for;
    /// <see langword="null"/> or an empty list for none. It is called before the event is saved: what it throws reaches
    /// the caller, and nothing has changed. At <see cref="TransactionReading.End"/> it may switch off the energy first.
    /// It must not use the transaction.
    /// </summary>
    public Func<TransactionReading, IReadOnlyList<TMeterValue>?>? ReadMeter { get; init; }

    /// <summary>
    /// Is called after <see cref="EvseTransaction{TIdToken, TMeterValue}.Energy"/> has changed, on one thread at a
    /// time: if it changes meanwhile, it is called once more by the same thread, so that the last call has the last
    /// value. Must not block. What it throws is logged.
    /// </summary>
    public Action? EnergyChanged { get; init; }

    /// <summary>
    /// Makes the id of a transaction: unique for the station, also after a restart (E01.FR.08). Defaults to a UUID.
    /// </summary>
    public Func<string> CreateTransactionId { get; init; } = () => Guid.NewGuid().ToString();

    /// <summary>The key of the transaction in the queue: another one for each kind of transactions.</summary>
    protected internal virtual string StateKey => $"transaction/{EvseId}";

    /// <summary>What a version makes of the settings. Defaults to what they are.</summary>
    /// <param name="settings">The settings that the application has made.</param>
    protected internal virtual TransactionSettings Restrict(TransactionSettings settings) => settings;

    /// <summary>
    /// The clock of the events, such as <see cref="StationBoot.Clock"/>. Defaults to that of the system.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where failures of callbacks are logged. Defaults to nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
