using Ocpp.Stations.V201;
using Ocpp.V201;

namespace Ocpp.Stations.Tests;

/// <summary>A queue in a temporary folder, and a CSMS of OCPP 2.0.1 that a test plays.</summary>
internal sealed class QueueBench(Func<MessageQueueOptions, MessageQueueOptions>? configure = null)
    : VersionQueueBench<TransactionEventRequest, TransactionEventResponse>(Ocpp201Protocol.Instance, configure)
{
    public static TransactionEventRequest Event(
        int seqNo,
        TransactionEventEnumType type = TransactionEventEnumType.Updated,
        TriggerReasonEnumType trigger = TriggerReasonEnumType.ChargingStateChanged
    ) =>
        new()
        {
            EventType = type,
            TriggerReason = trigger,
            Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            SeqNo = seqNo,
            TransactionInfo = new TransactionType { TransactionId = "T1" },
        };

    public static TransactionEventRequest Sample(int seqNo) =>
        Event(seqNo, trigger: TriggerReasonEnumType.MeterValuePeriodic);

    public void Add(params IEnumerable<TransactionEventRequest> events)
    {
        foreach (TransactionEventRequest one in events)
        {
            Assert.True(Queue.AddTransactionEvent(one));
        }
    }

    protected override int NumberOf(TransactionEventRequest request) => request.SeqNo;
}
