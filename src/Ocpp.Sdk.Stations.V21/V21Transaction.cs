using System.Text;
using System.Text.Json;
using Ocpp.Stations.Transactions;
using Ocpp.Stations.Versions;
using Ocpp.V21;

namespace Ocpp.Stations.V21;

/// <summary>
/// The transaction of one EVSE of OCPP 2.1: the application says what happens, and TransactionEventRequests follow.
/// Thread-safe.
/// </summary>
/// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}" path="/remarks"/>
public sealed class V21Transaction : EvseTransaction<IdTokenType, MeterValueType>
{
    private readonly V21TransactionOptions _options;

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}(MessageQueue, EvseTransactionOptions{TMeterValue})"/>
    public V21Transaction(MessageQueue queue, V21TransactionOptions options)
        : base(queue, options) => _options = options;

    /// <inheritdoc/>
    protected override Task SendMeterValuesAsync(
        StationBoot boot,
        IReadOnlyList<MeterValueType> meterValues,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(boot);
        return boot.CallRequestedAsync(
            new MeterValuesRequest { EvseId = EvseId, MeterValue = meterValues },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    protected override bool ReportsLimits => true;

    /// <inheritdoc/>
    protected override void Add(
        MessageQueue queue,
        TransactionEvent<IdTokenType, MeterValueType> transactionEvent,
        QueueState state
    )
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(transactionEvent);
        TransactionEventRequest request = new()
        {
            EventType = transactionEvent.Kind.To<TransactionEventEnumType>(),
            TriggerReason = transactionEvent.Trigger.To<TriggerReasonEnumType>(),
            Timestamp = transactionEvent.Timestamp,
            SeqNo = transactionEvent.SeqNo,
            TransactionInfo = new TransactionType
            {
                TransactionId = transactionEvent.TransactionId,
                ChargingState = transactionEvent.ChargingState.To<ChargingStateEnumType>(),
                RemoteStartId = transactionEvent.RemoteStartId,
                StoppedReason = transactionEvent.StoppedReason?.To(ReasonEnumType.Other),
                TimeSpentCharging = (int?)transactionEvent.TimeSpentCharging?.TotalSeconds,
                TransactionLimit = transactionEvent.Limits is { } limits
                    ? new TransactionLimitType
                    {
                        MaxCost = limits.MaxCost,
                        MaxEnergy = limits.MaxEnergy,
                        MaxTime = (int?)limits.MaxTime?.TotalSeconds,
                        MaxSoC = limits.MaxSoC,
                    }
                    : null,
            },
            Evse = transactionEvent.HasEvse
                ? new EVSEType { Id = _options.EvseId, ConnectorId = _options.ConnectorId }
                : null,
            IdToken = transactionEvent.IdToken,
            ReservationId = transactionEvent.ReservationId,
            MeterValue = transactionEvent.MeterValues,
        };
        queue.AddTransactionEvent(_options.Complete?.Invoke(request) ?? request, state);
    }

    /// <inheritdoc/>
    protected override TransactionResponse<IdTokenType>? ReadResponse(QueuedMessage message, JsonElement response)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (
            message.Subprotocol != Ocpp21Protocol.Instance.Subprotocol
            || message.Action != TransactionEventRequest.Action
            || !OcppJson.TryParse(
                Encoding.UTF8.GetBytes(response.GetRawText()),
                out TransactionEventResponse? read,
                out _
            )
        )
        {
            return null;
        }

        TransactionEventRequest request = message.ReadRequest<TransactionEventRequest>();
        return new TransactionResponse<IdTokenType>(request.TransactionInfo.TransactionId)
        {
            RefusedIdToken = read.IdTokenInfo is null or { Status: AuthorizationStatusEnumType.Accepted }
                ? null
                : request.IdToken,
            TotalCost = read.TotalCost,
            Limits = read.TransactionLimit is { } limit
                ? new TransactionLimits
                {
                    MaxCost = limit.MaxCost,
                    MaxEnergy = limit.MaxEnergy,
                    MaxTime = limit.MaxTime is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                    MaxSoC = limit.MaxSoC,
                }
                : null,
        };
    }
}
