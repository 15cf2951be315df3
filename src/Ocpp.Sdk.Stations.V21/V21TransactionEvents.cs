using Ocpp.V21;

namespace Ocpp.Stations.V21;

/// <summary>Events of transactions of OCPP 2.1 in a <see cref="MessageQueue"/> (part 2, E04, E11, E13).</summary>
public static class V21TransactionEvents
{
    /// <summary>
    /// Adds an event of a transaction. It is marked as having occurred offline if the station is not connected
    /// (E04.FR.03), and may be dropped if it is only a periodic sample of the meter (E04.FR.07, E11.FR.04).
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="request">The event. If its <c>offline</c> is set, it stays as it is.</param>
    /// <param name="state">A state that is saved together with the event, or <see langword="null"/>.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/returns"/>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public static bool AddTransactionEvent(
        this MessageQueue queue,
        TransactionEventRequest request,
        QueueState? state = null
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(request);
        TransactionEventRequest marked =
            request.Offline is null && !queue.IsOnline ? request with { Offline = true } : request;
        return queue.Add(Ocpp21Protocol.Instance, marked, RetentionOf(request), state);
    }

    private static MessageRetention RetentionOf(TransactionEventRequest request) =>
        request
            is {
                EventType: TransactionEventEnumType.Updated,
                TriggerReason: TriggerReasonEnumType.MeterValuePeriodic or TriggerReasonEnumType.MeterValueClock
            }
            ? MessageRetention.Intermediate
            : MessageRetention.Required;
}
