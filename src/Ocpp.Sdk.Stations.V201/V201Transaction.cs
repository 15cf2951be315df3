using System.Text;
using System.Text.Json;
using Ocpp.Stations.Transactions;
using Ocpp.V201;

namespace Ocpp.Stations.V201;

/// <summary>
/// The transaction of one EVSE of OCPP 2.0.1: the application says what happens, and TransactionEventRequests follow.
/// Thread-safe.
/// </summary>
/// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}" path="/remarks"/>
public sealed class V201Transaction : EvseTransaction<IdTokenType, MeterValueType>
{
    private readonly V201TransactionOptions _options;

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}(MessageQueue, EvseTransactionOptions{TMeterValue})"/>
    public V201Transaction(MessageQueue queue, V201TransactionOptions options)
        : base(queue, options) => _options = options;

    /// <summary>
    /// Takes the response to an event, for <see cref="MessageQueueOptions.Responded"/>: if it does not accept the
    /// idToken, the transaction is deauthorized (E05). Other messages, and those of other EVSEs, change nothing.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="response">Its response.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    public void Responded(QueuedMessage message, JsonElement response)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (
            message.Subprotocol == Ocpp201Protocol.Instance.Subprotocol
            && message.Action == TransactionEventRequest.Action
            && OcppJson.TryParse<TransactionEventResponse>(
                Encoding.UTF8.GetBytes(response.GetRawText()),
                out var read,
                out _
            )
            && read.IdTokenInfo is { Status: not AuthorizationStatusEnumType.Accepted }
            && message.ReadRequest<TransactionEventRequest>() is { IdToken: { } idToken } request
        )
        {
            Refuse(request.TransactionInfo.TransactionId, idToken);
        }
    }

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
            EventType = Of(transactionEvent.Kind),
            TriggerReason = Of(transactionEvent.Trigger),
            Timestamp = transactionEvent.Timestamp,
            SeqNo = transactionEvent.SeqNo,
            TransactionInfo = new TransactionType
            {
                TransactionId = transactionEvent.TransactionId,
                ChargingState = Of(transactionEvent.ChargingState),
                RemoteStartId = transactionEvent.RemoteStartId,
                StoppedReason = transactionEvent.StoppedReason is { } reason ? Of(reason) : null,
                TimeSpentCharging = (int?)transactionEvent.TimeSpentCharging?.TotalSeconds,
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

    private static TransactionEventEnumType Of(TransactionEventKind value) =>
        value switch
        {
            TransactionEventKind.Started => TransactionEventEnumType.Started,
            TransactionEventKind.Updated => TransactionEventEnumType.Updated,
            TransactionEventKind.Ended => TransactionEventEnumType.Ended,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };

    private static ChargingStateEnumType Of(TransactionChargingState value) =>
        value switch
        {
            TransactionChargingState.Idle => ChargingStateEnumType.Idle,
            TransactionChargingState.EVConnected => ChargingStateEnumType.EVConnected,
            TransactionChargingState.Charging => ChargingStateEnumType.Charging,
            TransactionChargingState.SuspendedEV => ChargingStateEnumType.SuspendedEV,
            TransactionChargingState.SuspendedEVSE => ChargingStateEnumType.SuspendedEVSE,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };

    private static TriggerReasonEnumType Of(TransactionTrigger value) =>
        value switch
        {
            TransactionTrigger.Authorized => TriggerReasonEnumType.Authorized,
            TransactionTrigger.CablePluggedIn => TriggerReasonEnumType.CablePluggedIn,
            TransactionTrigger.ChargingRateChanged => TriggerReasonEnumType.ChargingRateChanged,
            TransactionTrigger.ChargingStateChanged => TriggerReasonEnumType.ChargingStateChanged,
            TransactionTrigger.Deauthorized => TriggerReasonEnumType.Deauthorized,
            TransactionTrigger.EnergyLimitReached => TriggerReasonEnumType.EnergyLimitReached,
            TransactionTrigger.EVCommunicationLost => TriggerReasonEnumType.EVCommunicationLost,
            TransactionTrigger.EVConnectTimeout => TriggerReasonEnumType.EVConnectTimeout,
            TransactionTrigger.MeterValueClock => TriggerReasonEnumType.MeterValueClock,
            TransactionTrigger.MeterValuePeriodic => TriggerReasonEnumType.MeterValuePeriodic,
            TransactionTrigger.TimeLimitReached => TriggerReasonEnumType.TimeLimitReached,
            TransactionTrigger.Trigger => TriggerReasonEnumType.Trigger,
            TransactionTrigger.UnlockCommand => TriggerReasonEnumType.UnlockCommand,
            TransactionTrigger.StopAuthorized => TriggerReasonEnumType.StopAuthorized,
            TransactionTrigger.EVDeparted => TriggerReasonEnumType.EVDeparted,
            TransactionTrigger.EVDetected => TriggerReasonEnumType.EVDetected,
            TransactionTrigger.RemoteStop => TriggerReasonEnumType.RemoteStop,
            TransactionTrigger.RemoteStart => TriggerReasonEnumType.RemoteStart,
            TransactionTrigger.AbnormalCondition => TriggerReasonEnumType.AbnormalCondition,
            TransactionTrigger.SignedDataReceived => TriggerReasonEnumType.SignedDataReceived,
            TransactionTrigger.ResetCommand => TriggerReasonEnumType.ResetCommand,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };

    private static ReasonEnumType Of(TransactionStopReason value) =>
        value switch
        {
            TransactionStopReason.DeAuthorized => ReasonEnumType.DeAuthorized,
            TransactionStopReason.EmergencyStop => ReasonEnumType.EmergencyStop,
            TransactionStopReason.EnergyLimitReached => ReasonEnumType.EnergyLimitReached,
            TransactionStopReason.EVDisconnected => ReasonEnumType.EVDisconnected,
            TransactionStopReason.GroundFault => ReasonEnumType.GroundFault,
            TransactionStopReason.ImmediateReset => ReasonEnumType.ImmediateReset,
            TransactionStopReason.Local => ReasonEnumType.Local,
            TransactionStopReason.LocalOutOfCredit => ReasonEnumType.LocalOutOfCredit,
            TransactionStopReason.MasterPass => ReasonEnumType.MasterPass,
            TransactionStopReason.Other => ReasonEnumType.Other,
            TransactionStopReason.OvercurrentFault => ReasonEnumType.OvercurrentFault,
            TransactionStopReason.PowerLoss => ReasonEnumType.PowerLoss,
            TransactionStopReason.PowerQuality => ReasonEnumType.PowerQuality,
            TransactionStopReason.Reboot => ReasonEnumType.Reboot,
            TransactionStopReason.Remote => ReasonEnumType.Remote,
            TransactionStopReason.SOCLimitReached => ReasonEnumType.SOCLimitReached,
            TransactionStopReason.StoppedByEV => ReasonEnumType.StoppedByEV,
            TransactionStopReason.TimeLimitReached => ReasonEnumType.TimeLimitReached,
            TransactionStopReason.Timeout => ReasonEnumType.Timeout,
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
        };
}
