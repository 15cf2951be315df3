using Ocpp;
using Ocpp.Certificates.V21;
using Ocpp.Certificates.Versions;
using Ocpp.V21;

namespace Station;

/// <summary>The station in OCPP 2.1.</summary>
internal sealed class Station21 : StationVersion
{
    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp21Protocol.Instance;

    /// <inheritdoc/>
    public override StationSigningVersion Signing => V21StationSigning.Instance;

    /// <inheritdoc/>
    public override async Task<string?> BootAsync(ChargingStation station, CancellationToken cancellationToken)
    {
        BootNotificationResponse boot = await station.CallAsync(
            new BootNotificationRequest
            {
                ChargingStation = new ChargingStationType { VendorName = "Example", Model = "Sample station" },
                Reason = BootReasonEnumType.PowerUp,
            },
            cancellationToken
        );
        return boot.Status == RegistrationStatusEnumType.Accepted
            ? null
            : $"{boot.Status}. {boot.StatusInfo?.AdditionalInfo}".TrimEnd();
    }

    /// <inheritdoc/>
    public override Task NotifyAvailableAsync(ChargingStation station, CancellationToken cancellationToken) =>
        station.NotifyAsync(
            new StatusNotificationRequest
            {
                Timestamp = DateTimeOffset.UtcNow,
                EvseId = 1,
                ConnectorId = 1,
                ConnectorStatus = ConnectorStatusEnumType.Available,
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public override Task HeartbeatAsync(ChargingStation station, CancellationToken cancellationToken) =>
        station.CallAsync(new HeartbeatRequest(), cancellationToken);
}
