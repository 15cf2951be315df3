using Ocpp.Stations.Transactions;
using Ocpp.V21;

namespace Ocpp.Stations.V21;

/// <summary>The options of a <see cref="V21Transaction"/>. Immutable.</summary>
public sealed record V21TransactionOptions : EvseTransactionOptions<MeterValueType>
{
    /// <summary>
    /// Completes an event before it is saved: with the largest current of the cable, the number of phases, the costs
    /// that the station has calculated (costDetails), preconditioningStatus, evseSleep, custom data. Transaction,
    /// number and time must stay. Defaults to nothing.
    /// </summary>
    public Func<TransactionEventRequest, TransactionEventRequest>? Complete { get; init; }
}
