using System.Text.Json;
using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.V201;

/// <summary>
/// The transactions of all EVSEs of a station, and what a CSMS asks of them: to start and stop one (F01 to F03), and
/// whether it is ongoing (E14). Thread-safe.
/// </summary>
public sealed class V201Transactions
{
    private readonly MessageQueue _queue;
    private readonly IReadOnlyList<V201Transaction> _transactions;

    /// <summary>Takes the transactions of the EVSEs.</summary>
    /// <param name="queue">The queue of their events.</param>
    /// <param name="transactions">The transactions, one for each EVSE.</param>
    /// <exception cref="ArgumentException">There are two of one EVSE.</exception>
    public V201Transactions(MessageQueue queue, IReadOnlyList<V201Transaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(transactions);
        if (transactions.DistinctBy(transaction => transaction.EvseId).Count() != transactions.Count)
        {
            throw new ArgumentException("There are two transactions of one EVSE.", nameof(transactions));
        }

        _queue = queue;
        _transactions = [.. transactions];
    }

    /// <summary>
    /// Starts a transaction that the CSMS has asked for, after the response: with
    /// <see cref="EvseTransaction{TIdToken, TMeterValue}.Authorize"/>, at once or after an AuthorizeRequest
    /// (AuthorizeRemoteStart of AuthCtrlr). Must not block. Defaults to at once.
    /// </summary>
    public Action<V201Transaction, RequestStartTransactionRequest> Start { get; init; } =
        (transaction, request) => transaction.Authorize(request.IdToken, request.RemoteStartId);

    /// <summary>
    /// Decides whether a transaction may be started at an EVSE, such as whether it is available, and the charging
    /// profile can be used. Defaults to yes.
    /// </summary>
    public Func<V201Transaction, RequestStartTransactionRequest, bool> MayStart { get; init; } = (_, _) => true;

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

    /// <inheritdoc cref="V201Transaction.Responded"/>
    public void Responded(QueuedMessage message, JsonElement response)
    {
        foreach (V201Transaction transaction in _transactions)
        {
            transaction.Responded(message, response);
        }
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
        ArgumentNullException.ThrowIfNull(context);
        if (FindEvse(request.EvseId) is not { } transaction || !MayStart(transaction, request))
        {
            return new RequestStartTransactionResponse { Status = RequestStartStopStatusEnumType.Rejected };
        }

        context.OnCompleted(() => Start(transaction, request));
        return new RequestStartTransactionResponse
        {
            Status = RequestStartStopStatusEnumType.Accepted,
            TransactionId = transaction.TransactionId,
        };
    }

    /// <summary>Handles a RequestStopTransaction (F03).</summary>
    /// <param name="request">The request.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>Accepted if the transaction is ongoing. It is stopped after the response.</returns>
    public RequestStopTransactionResponse RequestStop(RequestStopTransactionRequest request, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        if (Find(request.TransactionId) is not { } transaction)
        {
            return new RequestStopTransactionResponse { Status = RequestStartStopStatusEnumType.Rejected };
        }

        context.OnCompleted(() =>
        {
            transaction.RemoteStop(request.TransactionId);
        });
        return new RequestStopTransactionResponse { Status = RequestStartStopStatusEnumType.Accepted };
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
            OngoingIndicator = request.TransactionId is { } id ? Find(id) is not null : null,
            MessagesInQueue = _queue.Contains(message =>
                message.Action == TransactionEventRequest.Action
                && message.Subprotocol == Ocpp201Protocol.Instance.Subprotocol
                && (
                    request.TransactionId is null
                    || message.ReadRequest<TransactionEventRequest>().TransactionInfo.TransactionId
                        == request.TransactionId
                )
            ),
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
        ArgumentNullException.ThrowIfNull(context);
        if (request.RequestedMessage != MessageTriggerEnumType.TransactionEvent)
        {
            return new TriggerMessageResponse { Status = TriggerMessageStatusEnumType.NotImplemented };
        }

        V201Transaction[] ongoing =
        [
            .. _transactions.Where(transaction =>
                transaction.TransactionId is not null && (request.Evse is null || request.Evse.Id == transaction.EvseId)
            ),
        ];
        context.OnCompleted(() =>
        {
            foreach (V201Transaction transaction in ongoing)
            {
                transaction.Report(TransactionTrigger.Trigger);
            }
        });
        return new TriggerMessageResponse
        {
            Status = ongoing.Length > 0 ? TriggerMessageStatusEnumType.Accepted : TriggerMessageStatusEnumType.Rejected,
        };
    }

    private V201Transaction? Find(string transactionId) =>
        _transactions.FirstOrDefault(transaction => transaction.TransactionId == transactionId);

    private V201Transaction? FindEvse(int? evseId)
    {
        V201Transaction[] free =
        [
            .. _transactions.Where(transaction =>
                transaction.IdToken is null && (evseId is null || transaction.EvseId == evseId)
            ),
        ];
        V201Transaction[] connected =
        [
            .. free.Where(transaction => transaction.ChargingState != TransactionChargingState.Idle),
        ];
        return (connected, free) switch
        {
            ([var only], _) => only,
            ([], [var only]) => only,
            _ => null,
        };
    }
}
