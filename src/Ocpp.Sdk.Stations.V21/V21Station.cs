using Ocpp.Stations.V21.DeviceModels;
using Ocpp.Stations.Versions;
using Ocpp.V21;
using Ocpp.Versions;

namespace Ocpp.Stations.V21;

/// <summary>
/// A station of OCPP 2.1: what it says of itself, and the messages of its registration. Thread-safe.
/// </summary>
/// <param name="chargingStation">What the station says of itself.</param>
public sealed class V21Station(ChargingStationType chargingStation)
    : ChargingStationVersion<ChargingStationType>(chargingStation)
{
    /// <summary>Why the station has started (B01.FR.09). Defaults to PowerUp.</summary>
    public BootReasonEnumType Reason { get; init; } = BootReasonEnumType.PowerUp;

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp21Protocol.Instance;

    /// <inheritdoc/>
    public override async Task<StationRegistration> RegisterAsync(
        OcppSession session,
        StationBootCause cause,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        var request = new BootNotificationRequest
        {
            ChargingStation = ChargingStation,
            Reason = cause == StationBootCause.Started ? Reason : cause.To(BootReasonEnumType.Unknown),
        };
        BootNotificationResponse response = await session.CallAsync(request, cancellationToken).ConfigureAwait(false);
        return new StationRegistration(
            response.Status.To<OcppRegistrationStatus>(),
            response.CurrentTime,
            TimeSpan.FromSeconds(response.Interval)
        );
    }

    /// <inheritdoc/>
    public override async Task<DateTimeOffset> BeatAsync(OcppSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        HeartbeatResponse response = await session
            .CallAsync(new HeartbeatRequest(), cancellationToken)
            .ConfigureAwait(false);
        return response.CurrentTime;
    }

    /// <summary>Makes an event of a transaction of OCPP 2.0.1 one of 2.1, which has all that 2.0.1 has.</summary>
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? Translate(QueuedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (
            message is { Subprotocol: "ocpp2.0.1", Action: TransactionEventRequest.Action }
            && OcppJson.TryParse<TransactionEventRequest>(message.Payload.Span, out _, out _)
        )
        {
            return message.Payload;
        }

        return null;
    }

    /// <inheritdoc/>
    public override bool AsksToRegister(object request) =>
        request is TriggerMessageRequest { RequestedMessage: MessageTriggerEnumType.BootNotification };

    /// <inheritdoc/>
    public override void AddDeviceModel(IOcppHandlers handlers, DeviceModel model, StationBoot boot) =>
        new V21DeviceModel(model, boot).AddTo(handlers);

    /// <inheritdoc/>
    public override void AddReset(IOcppHandlers handlers, StationReset reset)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(reset);
        handlers.On(
            (ResetRequest request, OcppRequestContext context) =>
                new ResetResponse
                {
                    Status = reset
                        .Request(request.Type.To<StationResetKind>(), request.EvseId, context)
                        .To<ResetStatusEnumType>(),
                }
        );
    }
}
