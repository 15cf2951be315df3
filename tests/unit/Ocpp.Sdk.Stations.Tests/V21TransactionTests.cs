using Ocpp.Stations.Transactions;
using Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>The transaction of an EVSE with the messages of OCPP 2.1.</summary>
public sealed class V21TransactionTests
    : TransactionTests<IdTokenType, MeterValueType, TransactionEventRequest, TransactionEventResponse>
{
    private protected override VersionTransactionBench<
        IdTokenType,
        MeterValueType,
        TransactionEventRequest,
        TransactionEventResponse
    > Open(TransactionSettings? settings = null) => new V21TransactionBench(settings);
}
