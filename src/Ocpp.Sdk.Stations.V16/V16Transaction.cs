using System.Text;
using System.Text.Json;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.Versions;
using Ocpp.V16;

namespace Ocpp.Stations.V16;

/// <summary>
/// The transaction of one connector of OCPP 1.6: the application says what happens, and StartTransaction, MeterValues
/// and StopTransaction follow. It begins when the EV is connected and the driver authorized, and ends with the
/// authorization. <see cref="EvseTransaction{TIdToken, TMeterValue}.TransactionId"/> is an id of the station's own.
/// Thread-safe.
/// </summary>
/// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}" path="/remarks"/>
public sealed class V16Transaction : EvseTransaction<IdTag, MeterValue>
{
    private readonly MessageQueue _queue;
    private readonly V16TransactionOptions _options;

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}(MessageQueue, EvseTransactionOptions{TMeterValue})"/>
    public V16Transaction(MessageQueue queue, V16TransactionOptions options)
        : base(queue, options)
    {
        _queue = queue;
        _options = options;
    }

    /// <summary>The connector that the messages of the transaction have.</summary>
    public int ConnectorId => _options.Connector;

    /// <summary>
    /// The id that the CSMS has chosen for the ongoing transaction; <see langword="null"/> if there is none, or the
    /// CSMS has not responded to its StartTransaction.
    /// </summary>
    public int? CsmsTransactionId => TransactionId is { } id ? _queue.FindTransactionId(id) : null;

    /// <summary>The CSMS asks to stop a transaction: its authorization ends.</summary>
    /// <param name="transactionId">The id that the CSMS has chosen.</param>
    /// <returns><see langword="false"/> if it is not the ongoing one, and nothing has changed.</returns>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public bool RemoteStop(int transactionId) =>
        TransactionId is { } id && _queue.FindTransactionId(id) == transactionId && RemoteStop(id);

    /// <summary>
    /// Takes the response to a StartTransaction, for <see cref="MessageQueueOptions.Responded"/>: if it does not accept
    /// the idTag, that is reported (<see cref="V16TransactionOptions.Refused"/>), and the transaction loses its
    /// authorization or its energy (StopTransactionOnInvalidId). Other messages, and those of other connectors, change
    /// nothing.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="response">Its response.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public override void Responded(QueuedMessage message, JsonElement response)
    {
        try
        {
            base.Responded(message, response);
        }
        finally
        {
            if (
                ReadStart(message, response) is { IdTagInfo: { Status: not AuthorizationStatus.Accepted } info }
                && message.ReadRequest<StartTransactionRequest>() is { } request
                && request.ConnectorId == ConnectorId
            )
            {
                _options.Refused?.Invoke(request, info);
            }
        }
    }

    /// <summary>
    /// Adds what the meter shows because the CSMS has asked for it: to the transaction if there is one.
    /// </summary>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    internal void ReportMeter()
    {
        if (
            !Report(TransactionTrigger.Trigger)
            && _options.ReadMeter?.Invoke(TransactionReading.MeterTrigger) is { Count: > 0 } values
        )
        {
            _queue.Add(
                Ocpp16Protocol.Instance,
                new MeterValuesRequest { ConnectorId = ConnectorId, MeterValue = values },
                MessageRetention.Intermediate
            );
        }
    }

    /// <inheritdoc/>
    protected override Task SendMeterValuesAsync(
        StationBoot boot,
        IReadOnlyList<MeterValue> meterValues,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        return boot.CallRequestedAsync(
            new MeterValuesRequest { ConnectorId = ConnectorId, MeterValue = meterValues },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    protected override void Add(
        MessageQueue queue,
        TransactionEvent<IdTag, MeterValue> transactionEvent,
        QueueState state
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(transactionEvent);
        switch (transactionEvent.Kind)
        {
            case TransactionEventKind.Started:
                queue.AddStartTransaction(transactionEvent.TransactionId, Start(transactionEvent), state);
                break;
            case TransactionEventKind.Ended:
                StopTransactionRequest stop = Stop(transactionEvent);
                queue.AddStopTransaction(
                    transactionEvent.TransactionId,
                    _options.CompleteStop?.Invoke(stop) ?? stop,
                    state
                );
                break;
            case TransactionEventKind.Updated when transactionEvent.MeterValues is { } values:
                var request = new MeterValuesRequest { ConnectorId = ConnectorId, MeterValue = values };
                queue.AddMeterValues(transactionEvent.TransactionId, request, state);
                break;
            default:
                // There is no message about it.
                queue.SetState(state);
                break;
        }
    }

    /// <inheritdoc/>
    protected override TransactionResponse<IdTag>? ReadResponse(QueuedMessage message, JsonElement response) =>
        ReadStart(message, response) is { } read && message.FindTransaction() is { } transaction
            ? new TransactionResponse<IdTag>(transaction)
            {
                RefusedIdToken =
                    read.IdTagInfo.Status == AuthorizationStatus.Accepted
                        ? null
                        : new IdTag(message.ReadRequest<StartTransactionRequest>().IdTag),
            }
            : null;

    private static StartTransactionResponse? ReadStart(QueuedMessage message, JsonElement response)
    {
        ArgumentNullException.ThrowIfNull(message);
        return
            message.Subprotocol == Ocpp16Protocol.Instance.Subprotocol
            && message.Action == StartTransactionRequest.Action
            && OcppJson.TryParse(
                Encoding.UTF8.GetBytes(response.GetRawText()),
                out StartTransactionResponse? read,
                out _
            )
            ? read
            : null;
    }

    private StartTransactionRequest Start(TransactionEvent<IdTag, MeterValue> started) =>
        new()
        {
            ConnectorId = ConnectorId,
            IdTag = started.IdToken!.Value, // a transaction begins with the authorization
            MeterStart = _options.ReadRegister(),
            ReservationId = started.ReservationId,
            Timestamp = started.Timestamp,
        };

    private StopTransactionRequest Stop(TransactionEvent<IdTag, MeterValue> ended) =>
        new()
        {
            TransactionId = V16TransactionMessages.UnknownTransactionId,
            IdTag = ended.IdToken?.Value,
            MeterStop = _options.ReadRegister(),
            Timestamp = ended.Timestamp,
            Reason = ended.StoppedReason is { } reason ? Of(reason) : null,
            TransactionData = ended.MeterValues,
        };

    private static Reason Of(TransactionStopReason value) =>
        value switch
        {
            TransactionStopReason.ImmediateReset => Reason.HardReset,
            TransactionStopReason.MasterPass => Reason.Local,
            _ => value.To(Reason.Other),
        };
}
