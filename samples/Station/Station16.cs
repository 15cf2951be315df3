using Ocpp;
using Ocpp.Certificates.V16;
using Ocpp.Certificates.Versions;
using Ocpp.V16;

namespace Station;

/// <summary>The station in OCPP 1.6.</summary>
internal sealed class Station16 : StationVersion
{
    /// <inheritdoc/>
    public override OcppProtocol Protocol => Ocpp16Protocol.Instance;

    /// <inheritdoc/>
    public override StationSigningVersion Signing => V16StationSigning.Instance;

    /// <inheritdoc/>
    public override async Task<string?> BootAsync(ChargingStation station, CancellationToken cancellationToken)
    {
        BootNotificationResponse boot = await station.CallAsync(
            new BootNotificationRequest { ChargePointVendor = "Example", ChargePointModel = "Sample station" },
            cancellationToken
        );
        return boot.Status == RegistrationStatus.Accepted ? null : $"{boot.Status}.";
    }

    /// <inheritdoc/>
    public override Task NotifyAvailableAsync(ChargingStation station, CancellationToken cancellationToken) =>
        station.NotifyAsync(
            new StatusNotificationRequest
            {
                Timestamp = DateTimeOffset.UtcNow,
                ConnectorId = 1,
                Status = ChargePointStatus.Available,
                ErrorCode = ChargePointErrorCode.NoError,
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public override Task HeartbeatAsync(ChargingStation station, CancellationToken cancellationToken) =>
        station.CallAsync(new HeartbeatRequest(), cancellationToken);
}
