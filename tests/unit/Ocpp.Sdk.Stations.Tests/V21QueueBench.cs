using Ocpp.V21;

namespace Ocpp.Stations.Tests;

/// <summary>A queue in a temporary folder, and a CSMS of OCPP 2.1 that a test plays.</summary>
internal sealed class V21QueueBench(Func<MessageQueueOptions, MessageQueueOptions>? configure = null)
    : VersionQueueBench<TransactionEventRequest, TransactionEventResponse>(Ocpp21Protocol.Instance, configure)
{
    protected override int NumberOf(TransactionEventRequest request) => request.SeqNo;
}
