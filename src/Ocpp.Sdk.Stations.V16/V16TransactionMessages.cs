using System.Globalization;
using System.Text;
using Ocpp.V16;

namespace Ocpp.Stations.V16;

/// <summary>
/// Messages of transactions of OCPP 1.6 in a <see cref="MessageQueue"/>. The CSMS chooses the id of a transaction when
/// it responds to the StartTransaction; until then, and in the queue, the transaction has an id of the station's own.
/// </summary>
/// <remarks>
/// The id of the CSMS is saved in the same record that removes the StartTransaction from the queue, and is put into the
/// other messages when they are sent. If the StartTransaction is given up, they have
/// <see cref="UnknownTransactionId"/>: a MeterValues is then sent once, and a StopTransaction as often as any message;
/// one that gets no response counts as failed.
/// </remarks>
public static class V16TransactionMessages
{
    /// <summary>The id of a transaction whose StartTransaction the CSMS has never responded to.</summary>
    public const int UnknownTransactionId = -1;

    private const string Property = "transactionId";
    private const string KeyPrefix = "transaction-id/";

    /// <summary>Adds a StartTransaction.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="transaction">The station's own id of the transaction, such as a UUID.</param>
    /// <param name="request">The message.</param>
    /// <param name="state">A state that is saved together with the message, or <see langword="null"/>.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public static void AddStartTransaction(
        this MessageQueue queue,
        string transaction,
        StartTransactionRequest request,
        QueueState? state = null
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(request);
        queue.Add(
            Ocpp16Protocol.Instance,
            request,
            MessageRetention.Required,
            state,
            IdOf(transaction, ResponseValueRole.Given)
        );
    }

    /// <summary>Adds a MeterValues of a transaction. It may be dropped if the queue is full.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="transaction">The station's own id of the transaction.</param>
    /// <param name="request">The message. Its transactionId is that of the transaction.</param>
    /// <param name="state">A state that is saved together with the message, or <see langword="null"/>.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/returns"/>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public static bool AddMeterValues(
        this MessageQueue queue,
        string transaction,
        MeterValuesRequest request,
        QueueState? state = null
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(request);
        return queue.Add(
            Ocpp16Protocol.Instance,
            request with
            {
                TransactionId = UnknownTransactionId,
            },
            MessageRetention.Intermediate,
            state,
            IdOf(transaction, ResponseValueRole.Used)
        );
    }

    /// <summary>Adds a StopTransaction: the last message of a transaction.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="transaction">The station's own id of the transaction.</param>
    /// <param name="request">The message. Its transactionId is that of the transaction.</param>
    /// <param name="state">A state that is saved together with the message, or <see langword="null"/>.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public static void AddStopTransaction(
        this MessageQueue queue,
        string transaction,
        StopTransactionRequest request,
        QueueState? state = null
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(request);
        queue.Add(
            Ocpp16Protocol.Instance,
            request with
            {
                TransactionId = UnknownTransactionId,
            },
            MessageRetention.Required,
            state,
            IdOf(transaction, ResponseValueRole.UsedLast)
        );
    }

    /// <summary>Finds the id that the CSMS has chosen for a transaction.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="transaction">The station's own id of the transaction.</param>
    /// <returns>
    /// <see langword="null"/> as long as the CSMS has not responded to the StartTransaction, and when the
    /// StopTransaction has left the queue.
    /// </returns>
    public static int? FindTransactionId(this MessageQueue queue, string transaction)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentException.ThrowIfNullOrEmpty(transaction);
        return
            queue.FindState(KeyOf(transaction)) is { } saved
            && int.TryParse(
                Encoding.UTF8.GetString(saved),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out int id
            )
            ? id
            : null;
    }

    /// <summary>The station's own id of the transaction whose StartTransaction a message is.</summary>
    internal static string? FindTransaction(this QueuedMessage message) =>
        message.ResponseValue is { Role: ResponseValueRole.Given } value
        && value.Key.StartsWith(KeyPrefix, StringComparison.Ordinal)
            ? value.Key[KeyPrefix.Length..]
            : null;

    private static ResponseValue IdOf(string transaction, ResponseValueRole role)
    {
        ArgumentException.ThrowIfNullOrEmpty(transaction);
        return new ResponseValue(KeyOf(transaction), Property, role);
    }

    private static string KeyOf(string transaction) => KeyPrefix + transaction;
}
