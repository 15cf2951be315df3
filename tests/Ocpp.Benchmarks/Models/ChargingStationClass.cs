namespace Ocpp.Benchmarks.Models;

internal sealed class ChargingStationClass
{
    public CustomData? CustomData { get; set; }

    public string? SerialNumber { get; set; }

    public string? Model { get; set; }

    public ModemClass? Modem { get; set; }

    public string? VendorName { get; set; }

    public string? FirmwareVersion { get; set; }

    public bool IsValid() =>
        TextRule.FitsOrAbsent(SerialNumber, 25)
        && Model is not null
        && TextRule.Fits(Model, 20)
        && (Modem is null || Modem.IsValid())
        && VendorName is not null
        && TextRule.Fits(VendorName, 50)
        && TextRule.FitsOrAbsent(FirmwareVersion, 50);
}
