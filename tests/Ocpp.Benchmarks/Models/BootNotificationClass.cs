namespace Ocpp.Benchmarks.Models;

internal sealed class BootNotificationClass
{
    public CustomData? CustomData { get; set; }

    public ChargingStationClass? ChargingStation { get; set; }

    public BootReason? Reason { get; set; }

    public bool IsValid() =>
        ChargingStation is not null
        && ChargingStation.IsValid()
        && Reason is >= BootReason.ApplicationReset and <= BootReason.Watchdog;
}
