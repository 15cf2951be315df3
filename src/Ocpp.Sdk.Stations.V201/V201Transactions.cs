using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.V201;

/// <summary>
/// The transactions of all EVSEs of a station, and what a CSMS of OCPP 2.0.1 asks of them: to start and stop one (F01
/// to F03), and whether it is ongoing (E14). Thread-safe.
/// </summary>
/// <param name="queue">The queue of their events.</param>
/// <param name="transactions">The transactions, one for each EVSE; they may be of another version.</param>
/// <exception cref="ArgumentException">There are two of one EVSE.</exception>
public sealed class V201Transactions(MessageQueue queue, IReadOnlyList<IEvseTransaction> transactions)
    : EvseTransactions<RequestStartTransactionRequest>(
        queue,
        transactions,
        (transaction, request) => transaction.Authorize(request.IdToken, request.RemoteStartId)
    )
{
    /// <summary>
    /// Handles RequestStartTransaction, RequestStopTransaction and GetTransactionStatus of a station.
    /// </summary>
    /// <param name="handlers">The handlers of the station.</param>
    public void AddTo(IOcppHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        handlers
            .On((RequestStartTransactionRequest request, OcppRequestContext context) => RequestStart(request, context))
            .On((RequestStopTransactionRequest request, OcppRequestContext context) => RequestStop(request, context))
            .On((GetTransactionStatusRequest request) => GetStatus(request));
    }

    /// <summary>Handles a RequestStartTransaction (F01, F02).</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if the EVSE is not authorized yet, with the id of the transaction if it has begun before. Without an
    /// EVSE in the request, that is the only one with an EV that waits for an authorization, or the only one that is
    /// not authorized.
    /// </returns>
    public RequestStartTransactionResponse RequestStart(
        RequestStartTransactionRequest request,
        OcppRequestContext context
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        return RequestStart(request, request.EvseId, request.IdToken, context) is { } transaction
            ? new RequestStartTransactionResponse
            {
                Status = RequestStartStopStatusEnumType.Accepted,
                TransactionId = transaction.TransactionId,
            }
            : new RequestStartTransactionResponse { Status = RequestStartStopStatusEnumType.Rejected };
    }

    /// <summary>Handles a RequestStopTransaction (F03).</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>Accepted if the transaction is ongoing. It is stopped after the response.</returns>
    public RequestStopTransactionResponse RequestStop(RequestStopTransactionRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RequestStopTransactionResponse
        {
            Status = RequestStop(request.TransactionId, context)
                ? RequestStartStopStatusEnumType.Accepted
                : RequestStartStopStatusEnumType.Rejected,
        };
    }

    /// <summary>Handles a GetTransactionStatus (E14).</summary>
    /// <param name="request">The request.</param>
    /// <returns>
    /// Whether the transaction is ongoing, and whether events of it wait; for no transaction in particular only whether
    /// events of any wait.
    /// </returns>
    /// <exception cref="IOException">The queue can't be read.</exception>
    public GetTransactionStatusResponse GetStatus(GetTransactionStatusRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new GetTransactionStatusResponse
        {
            OngoingIndicator = IsOngoing(request.TransactionId),
            MessagesInQueue = HasEvents(request.TransactionId),
        };
    }

    /// <summary>
    /// Handles a TriggerMessage for a TransactionEvent (F06), which is added to the queue after the response, with a
    /// reading of the meter.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if there is a transaction, at the EVSE if the request has one; Rejected if not; NotImplemented for
    /// other messages.
    /// </returns>
    public TriggerMessageResponse Trigger(TriggerMessageRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Trigger(request.RequestedMessage == MessageTriggerEnumType.TransactionEvent, request.Evse?.Id, context)
            .ToResponse();
    }
}
