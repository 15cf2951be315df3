namespace Ocpp.Benchmarks.Models;

internal sealed record ChargingStationRecord
{
    public CustomData? CustomData { get; init; }

    public string? SerialNumber { get; init; }

    public required string Model { get; init; }

    public ModemRecord? Modem { get; init; }

    public required string VendorName { get; init; }

    public string? FirmwareVersion { get; init; }

    public bool IsValid() =>
        TextRule.FitsOrAbsent(SerialNumber, 25)
        && Model is not null
        && TextRule.Fits(Model, 20)
        && (Modem is null || Modem.IsValid())
        && VendorName is not null
        && TextRule.Fits(VendorName, 50)
        && TextRule.FitsOrAbsent(FirmwareVersion, 50);
}
