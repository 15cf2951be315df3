using Ocpp.Stations.Transactions;
using Ocpp.Stations.Versions;
using Ocpp.V16;

namespace Ocpp.Stations.V16;

/// <summary>
/// The transactions of all connectors of a station, and what a CSMS asks of them: to start and to stop one, and for
/// values of the meter. Thread-safe.
/// </summary>
/// <param name="queue">The queue of their messages.</param>
/// <param name="transactions">The transactions, one for each connector.</param>
/// <exception cref="ArgumentException">There are two of one EVSE.</exception>
public sealed class V16Transactions(MessageQueue queue, IReadOnlyList<V16Transaction> transactions)
    : EvseTransactions<RemoteStartTransactionRequest>(
        queue,
        transactions,
        (transaction, request) => transaction.Authorize(new IdTag(request.IdTag))
    )
{
    /// <summary>Handles RemoteStartTransaction and RemoteStopTransaction of a station.</summary>
    /// <param name="handlers">The handlers of the station.</param>
    public void AddTo(IOcppHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        handlers
            .On((RemoteStartTransactionRequest request, OcppRequestContext context) => RemoteStart(request, context))
            .On((RemoteStopTransactionRequest request, OcppRequestContext context) => RemoteStop(request, context));
    }

    /// <summary>Handles a RemoteStartTransaction.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if the connector is not authorized yet. Without a connector in the request, that is the only one with
    /// an EV that waits for an authorization, or the only one that is not authorized.
    /// </returns>
    public RemoteStartTransactionResponse RemoteStart(RemoteStartTransactionRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        // An EVSE that is not there is none that is free.
        int? evseId = request.ConnectorId is { } connectorId ? Find(connectorId)?.EvseId ?? 0 : null;
        return new RemoteStartTransactionResponse
        {
            Status = RequestStart(request, evseId, new IdTag(request.IdTag), context) is null
                ? RemoteStartStopStatus.Rejected
                : RemoteStartStopStatus.Accepted,
        };
    }

    /// <summary>Handles a RemoteStopTransaction.</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>Accepted if the transaction is ongoing. It is stopped after the response.</returns>
    public RemoteStopTransactionResponse RemoteStop(RemoteStopTransactionRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        V16Transaction? asked = transactions.FirstOrDefault(one => one.CsmsTransactionId == request.TransactionId);
        return new RemoteStopTransactionResponse
        {
            Status =
                asked?.TransactionId is { } id && RequestStop(id, context)
                    ? RemoteStartStopStatus.Accepted
                    : RemoteStartStopStatus.Rejected,
        };
    }

    /// <summary>
    /// Handles a TriggerMessage for MeterValues, which are added to the queue after the response: those that
    /// <see cref="EvseTransactionOptions{TMeterValue}.ReadMeter"/> returns for <see cref="TransactionReading.Trigger"/>
    /// in a transaction, or <see cref="TransactionReading.MeterTrigger"/> without one.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted, if there is such a connector; Rejected if not; NotImplemented for other messages.
    /// </returns>
    public TriggerMessageResponse Trigger(TriggerMessageRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        return Report(request.RequestedMessage == MessageTrigger.MeterValues, request.ConnectorId, context)
            .ToResponse();
    }

    /// <summary>Handles an ExtendedTriggerMessage for MeterValues in the same way.</summary>
    /// <inheritdoc cref="Trigger(TriggerMessageRequest, OcppRequestContext)"/>
    public ExtendedTriggerMessageResponse Trigger(ExtendedTriggerMessageRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        return Report(request.RequestedMessage == MessageTriggerEnumType.MeterValues, request.ConnectorId, context)
            .ToExtendedResponse();
    }

    private StationTriggerStatus Report(bool isMeter, int? connectorId, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!isMeter)
        {
            return StationTriggerStatus.NotImplemented;
        }

        V16Transaction[] asked =
        [
            .. transactions.Where(transaction => connectorId is null || transaction.ConnectorId == connectorId),
        ];
        context.OnCompleted(() =>
        {
            foreach (V16Transaction transaction in asked)
            {
                transaction.ReportMeter();
            }
        });
        return asked.Length > 0 ? StationTriggerStatus.Accepted : StationTriggerStatus.Rejected;
    }

    private V16Transaction? Find(int connectorId) =>
        transactions.FirstOrDefault(transaction => transaction.ConnectorId == connectorId);
}
