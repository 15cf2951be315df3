using Ocpp.Stations.V16.DeviceModels;
using Ocpp.Stations.Versions;
using Ocpp.V16;
using Ocpp.Versions;

namespace Ocpp.Stations.V16;

/// <summary>
/// A station of OCPP 1.6: what it says of itself, and the messages of its registration. Thread-safe.
/// </summary>
/// <param name="chargePoint">What the station says of itself: the BootNotification that it sends.</param>
public sealed class V16Station(BootNotificationRequest chargePoint)
    : ChargingStationVersion<BootNotificationRequest>(chargePoint)
{
    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp16Protocol.Instance;

    /// <inheritdoc/>
    public override async Task<StationRegistration> RegisterAsync(
        OcppSession session,
        StationBootCause cause,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        BootNotificationResponse response = await session
            .CallAsync(ChargingStation, cancellationToken)
            .ConfigureAwait(false);
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

    /// <inheritdoc/>
    public override bool AsksToRegister(object request) =>
        request
            is TriggerMessageRequest { RequestedMessage: MessageTrigger.BootNotification }
                or ExtendedTriggerMessageRequest { RequestedMessage: MessageTriggerEnumType.BootNotification };

    /// <inheritdoc/>
    public override void AddDeviceModel(IOcppHandlers handlers, DeviceModel model, StationBoot boot) =>
        new V16Configuration(model).AddTo(handlers);

    /// <inheritdoc/>
    public override void AddReset(IOcppHandlers handlers, StationReset reset)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(reset);
        handlers.On(
            (ResetRequest request, OcppRequestContext context) =>
                new ResetResponse
                {
                    Status = reset.Request(KindOf(request.Type), evseId: null, context).To<ResetStatus>(),
                }
        );
    }

    private static StationResetKind KindOf(ResetType type) =>
        type == ResetType.Soft ? StationResetKind.Soft : StationResetKind.Immediate;
}
