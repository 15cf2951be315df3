using Ocpp.Stations.V201.DeviceModels;
using Ocpp.Stations.Versions;
using Ocpp.V201;

namespace Ocpp.Stations.V201;

/// <summary>
/// A station of OCPP 2.0.1: what it says of itself, and the messages of its registration. Thread-safe.
/// </summary>
/// <param name="chargingStation">What the station says of itself.</param>
public sealed class V201Station(ChargingStationType chargingStation) : StationVersion
{
    private volatile ChargingStationType _chargingStation =
        chargingStation ?? throw new ArgumentNullException(nameof(chargingStation));

    /// <summary>
    /// What the station says of itself. After a change call <see cref="StationBoot.Refresh"/>: the station then
    /// registers again.
    /// </summary>
    public ChargingStationType ChargingStation
    {
        get => _chargingStation;
        set => _chargingStation = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Why the station has started (B01.FR.09). Defaults to PowerUp.</summary>
    public BootReasonEnumType Reason { get; init; } = BootReasonEnumType.PowerUp;

    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp201Protocol.Instance;

    /// <inheritdoc/>
    public override object Description => _chargingStation;

    /// <inheritdoc/>
    public override async Task<StationRegistration> RegisterAsync(
        OcppSession session,
        StationBootCause cause,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        BootNotificationResponse response = await session
            .CallAsync(
                new BootNotificationRequest
                {
                    ChargingStation = _chargingStation,
                    Reason = cause switch
                    {
                        StationBootCause.Started => Reason,
                        StationBootCause.Triggered => BootReasonEnumType.Triggered,
                        _ => BootReasonEnumType.Unknown,
                    },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new StationRegistration(
            response.Status switch
            {
                RegistrationStatusEnumType.Accepted => StationRegistrationState.Accepted,
                RegistrationStatusEnumType.Pending => StationRegistrationState.Pending,
                _ => StationRegistrationState.Rejected,
            },
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
        request is TriggerMessageRequest { RequestedMessage: MessageTriggerEnumType.BootNotification };

    /// <inheritdoc/>
    public override void AddDeviceModel(IOcppHandlers handlers, DeviceModel model, StationBoot boot)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(boot);
        new V201DeviceModel(model, boot).AddTo(handlers);
    }
}
