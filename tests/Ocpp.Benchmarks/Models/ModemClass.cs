namespace Ocpp.Benchmarks.Models;

internal sealed class ModemClass
{
    public CustomData? CustomData { get; set; }

    public string? Iccid { get; set; }

    public string? Imsi { get; set; }

    public bool IsValid() => TextRule.FitsOrAbsent(Iccid, 20) && TextRule.FitsOrAbsent(Imsi, 20);
}
