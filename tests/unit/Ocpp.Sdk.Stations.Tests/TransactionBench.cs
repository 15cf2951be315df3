using Ocpp.Stations.Transactions;
using Ocpp.Stations.V201;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>The transaction of an EVSE of OCPP 2.0.1, its queue, and a CSMS that a test plays.</summary>
internal sealed class TransactionBench(TransactionSettings? settings = null)
    : VersionTransactionBench<IdTokenType, MeterValueType, TransactionEventRequest, TransactionEventResponse>(
        settings,
        configure => new QueueBench(configure)
    )
{
    public TransactionBench(TransactionPoints start, TransactionPoints stop)
        : this(new TransactionSettings { TxStartPoint = start, TxStopPoint = stop }) { }

    public static IdTokenType IdToken { get; } = new() { IdToken = "04A1B2C3", Type = IdTokenEnumType.ISO14443 };

    public static IdTokenType OtherIdToken { get; } = new() { IdToken = "04D4E5F6", Type = IdTokenEnumType.ISO14443 };

    public static MeterValueType Reading(decimal energy) =>
        new() { Timestamp = DateTimeOffset.UnixEpoch, SampledValue = [new SampledValueType { Value = energy }] };

    protected override EvseTransaction<IdTokenType, MeterValueType> Open(MessageQueue queue) =>
        new V201Transaction(queue, Configure(new V201TransactionOptions { EvseId = 1 }));
}
