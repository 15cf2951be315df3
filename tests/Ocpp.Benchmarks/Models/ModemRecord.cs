namespace Ocpp.Benchmarks.Models;

internal sealed record ModemRecord
{
    public CustomData? CustomData { get; init; }

    public string? Iccid { get; init; }

    public string? Imsi { get; init; }

    public bool IsValid() => TextRule.FitsOrAbsent(Iccid, 20) && TextRule.FitsOrAbsent(Imsi, 20);
}
