using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.V201;

/// <summary>The options of a <see cref="V201Transaction"/>. Immutable.</summary>
public sealed record V201TransactionOptions : EvseTransactionOptions<MeterValueType>
{
    /// <summary>
    /// Completes an event before it is saved: with the largest current of the cable, the number of phases, custom data.
    /// Transaction, number and time must stay. Defaults to nothing.
    /// </summary>
    public Func<TransactionEventRequest, TransactionEventRequest>? Complete { get; init; }
}
