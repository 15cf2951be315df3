using System.Text.Json;
using Ocpp.Stations.Versions;

namespace Ocpp.Stations.Transactions;

/// <summary>
/// The transactions of all EVSEs of a station, and what a CSMS asks of them: to start and stop one (F01 to F03), and
/// whether it is ongoing (E14). A version of OCPP derives from it, and has the messages. Thread-safe.
/// </summary>
/// <typeparam name="TStartRequest">The request of the version to start a transaction.</typeparam>
public abstract class EvseTransactions<TStartRequest>
{
    private readonly MessageQueue _queue;
    private readonly IReadOnlyList<IEvseTransaction> _transactions;

    /// <summary>Takes the transactions of the EVSEs.</summary>
    /// <param name="queue">The queue of their events.</param>
    /// <param name="transactions">The transactions, one for each EVSE.</param>
    /// <param name="start">What <see cref="Start"/> defaults to.</param>
    /// <exception cref="ArgumentException">There are two of one EVSE.</exception>
    protected EvseTransactions(
        MessageQueue queue,
        IReadOnlyList<IEvseTransaction> transactions,
        Action<IEvseTransaction, TStartRequest> start
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(transactions);
        ArgumentNullException.ThrowIfNull(start);
        if (transactions.DistinctBy(transaction => transaction.EvseId).Count() != transactions.Count)
        {
            throw new ArgumentException("There are two transactions of one EVSE.", nameof(transactions));
        }

        _queue = queue;
        _transactions = [.. transactions];
        Start = start;
    }

    /// <summary>
    /// Starts a transaction that the CSMS has asked for, after the response: with
    /// <see cref="IEvseTransaction.Authorize"/>, at once or after an AuthorizeRequest
    /// (AuthorizeRemoteStart of AuthCtrlr). Must not block. Defaults to at once.
    /// </summary>
    public Action<IEvseTransaction, TStartRequest> Start { get; init; }

    /// <summary>
    /// Decides whether a transaction may be started at an EVSE, such as whether it is available, and the charging
    /// profile can be used. Defaults to yes.
    /// </summary>
    public Func<IEvseTransaction, TStartRequest, bool> MayStart { get; init; } = (_, _) => true;

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}.Responded"/>
    public void Responded(QueuedMessage message, JsonElement response)
    {
        foreach (IEvseTransaction transaction in _transactions)
        {
            transaction.Responded(message, response);
        }
    }

    /// <summary>Starts a transaction after the response, if that is possible (F01, F02).</summary>
    /// <param name="request">The request.</param>
    /// <param name="evseId">The EVSE that the request has, if it has one.</param>
    /// <param name="idToken">The idToken that the request has.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// The transaction of the EVSE; <see langword="null"/> if it is authorized already, or may not be started. Without
    /// an EVSE, that is the only one with an EV that waits for an authorization, or the only one that is not
    /// authorized.
    /// </returns>
    protected IEvseTransaction? RequestStart<TIdToken>(
        TStartRequest request,
        int? evseId,
        TIdToken idToken,
        OcppRequestContext context
    )
        where TIdToken : class, IOcppPayload<TIdToken>
    {
        ArgumentNullException.ThrowIfNull(context);
        if (
            FindFree(evseId) is not { } transaction
            || !transaction.CanAuthorize(idToken)
            || !MayStart(transaction, request)
        )
        {
            return null;
        }

        context.OnCompleted(() => Start(transaction, request));
        return transaction;
    }

    /// <summary>Stops a transaction after the response (F03).</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>Whether the transaction is ongoing, and is stopped.</returns>
    protected bool RequestStop(string transactionId, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Find(transactionId) is not { } transaction)
        {
            return false;
        }

        context.OnCompleted(() =>
        {
            transaction.RemoteStop(transactionId);
        });
        return true;
    }

    /// <summary>Returns whether a transaction is ongoing (E14).</summary>
    /// <param name="transactionId">
    /// The transaction; <see langword="null"/> for none in particular, which is neither ongoing nor not.
    /// </param>
    protected bool? IsOngoing(string? transactionId) => transactionId is null ? null : Find(transactionId) is not null;

    /// <summary>Returns whether events wait (E14).</summary>
    /// <param name="transactionId">Of which transaction; <see langword="null"/> for any.</param>
    /// <exception cref="IOException">The queue can't be read.</exception>
    protected bool HasEvents(string? transactionId) =>
        _queue.Contains(message =>
            message.Action == TransactionEventNames.Action
            && (transactionId is null || TransactionOf(message) == transactionId)
        );

    /// <summary>
    /// Handles a TriggerMessage for a TransactionEvent (F06), which is added to the queue after the response, with a
    /// reading of the meter.
    /// </summary>
    /// <param name="isEvent">Whether the CSMS asks for a TransactionEvent.</param>
    /// <param name="evseId">The EVSE that the request has, if it has one.</param>
    /// <param name="context">The context of the request.</param>
    /// <returns>
    /// Accepted if there is a transaction, at the EVSE if the request has one; Rejected if not; NotImplemented for
    /// other messages.
    /// </returns>
    protected StationTriggerStatus Trigger(bool isEvent, int? evseId, OcppRequestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!isEvent)
        {
            return StationTriggerStatus.NotImplemented;
        }

        IEvseTransaction[] ongoing =
        [
            .. _transactions.Where(transaction =>
                transaction.TransactionId is not null && (evseId is null || evseId == transaction.EvseId)
            ),
        ];
        context.OnCompleted(() =>
        {
            foreach (IEvseTransaction transaction in ongoing)
            {
                transaction.ReportTriggered();
            }
        });
        return ongoing.Length > 0 ? StationTriggerStatus.Accepted : StationTriggerStatus.Rejected;
    }

    /// <summary>The transaction of an event, which has it at the same place in all versions.</summary>
    private static string? TransactionOf(QueuedMessage message)
    {
        using JsonDocument payload = JsonDocument.Parse(message.Payload);
        return payload.RootElement.GetProperty("transactionInfo").GetProperty("transactionId").GetString();
    }

    private IEvseTransaction? Find(string transactionId) =>
        _transactions.FirstOrDefault(transaction => transaction.TransactionId == transactionId);

    private IEvseTransaction? FindFree(int? evseId)
    {
        IEvseTransaction[] free =
        [
            .. _transactions.Where(transaction =>
                transaction.IsFree && (evseId is null || transaction.EvseId == evseId)
            ),
        ];
        IEvseTransaction[] connected =
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
