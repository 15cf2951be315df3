namespace Ocpp.Stations.Transactions;

/// <summary>An event of a transaction, before it becomes a message of a version.</summary>
/// <typeparam name="TIdToken">The idTokens of the version.</typeparam>
/// <typeparam name="TMeterValue">The meter values of the version.</typeparam>
public sealed record TransactionEvent<TIdToken, TMeterValue>
{
    /// <summary>Where in the transaction it is.</summary>
    public required TransactionEventKind Kind { get; init; }

    /// <summary>Why it is sent.</summary>
    public required TransactionTrigger Trigger { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The transaction.</summary>
    public required string TransactionId { get; init; }

    /// <summary>Its number: 0 for the first of a transaction, and one more for each (E01.FR.07).</summary>
    public required int SeqNo { get; init; }

    /// <summary>What happens between EVSE and EV.</summary>
    public required TransactionChargingState ChargingState { get; init; }

    /// <summary>Whether the event has the EVSE.</summary>
    public bool HasEvse { get; init; }

    /// <summary>The idToken, in the one event that has it.</summary>
    public TIdToken? IdToken { get; init; }

    /// <summary>The id of the CSMS's request, in the one event that has it.</summary>
    public int? RemoteStartId { get; init; }

    /// <summary>The reservation that the transaction uses, in the one event that has it.</summary>
    public int? ReservationId { get; init; }

    /// <summary>What made the transaction stop; only in its last event.</summary>
    public TransactionStopReason? StoppedReason { get; init; }

    /// <summary>How long energy was transferred; only in the last event.</summary>
    public TimeSpan? TimeSpentCharging { get; init; }

    /// <summary>
    /// The limits of the transaction, in an event that says that they have changed (E16.FR.01, E16.FR.03).
    /// </summary>
    public TransactionLimits? Limits { get; init; }

    /// <summary>Readings of the meter; <see langword="null"/> if there are none.</summary>
    public IReadOnlyList<TMeterValue>? MeterValues { get; init; }
}
