using Ocpp.Stations.Transactions;
using Ocpp.Stations.V21;
using Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>The transaction of an EVSE of OCPP 2.1, its queue, and a CSMS that a test plays.</summary>
internal sealed class V21TransactionBench(TransactionSettings? settings = null)
    : VersionTransactionBench<IdTokenType, MeterValueType, TransactionEventRequest, TransactionEventResponse>(
        settings,
        configure => new V21QueueBench(configure)
    )
{
    public static IdTokenType IdToken { get; } = new() { IdToken = "04A1B2C3", Type = "ISO14443" };

    public Func<TransactionEventRequest, TransactionEventRequest>? Complete { get; set; }

    protected override EvseTransaction<IdTokenType, MeterValueType> Open(MessageQueue queue) =>
        new V21Transaction(
            queue,
            Configure(
                new V21TransactionOptions { EvseId = 1, Complete = request => Complete?.Invoke(request) ?? request }
            )
        );
}
