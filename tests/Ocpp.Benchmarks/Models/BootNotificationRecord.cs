namespace Ocpp.Benchmarks.Models;

internal sealed record BootNotificationRecord
{
    public CustomData? CustomData { get; init; }

    public required ChargingStationRecord ChargingStation { get; init; }

    public required BootReason Reason { get; init; }

    public bool IsValid() =>
        ChargingStation is not null
        && ChargingStation.IsValid()
        && Reason is >= BootReason.ApplicationReset and <= BootReason.Watchdog;
}
