namespace Ocpp.Benchmarks.Models;

internal sealed class SignCertificateClass
{
    public CustomData? CustomData { get; set; }

    public string? Csr { get; set; }

    public CertificateUse? CertificateType { get; set; }

    public bool IsValid() =>
        Csr is not null
        && TextRule.Fits(Csr, 5500)
        && CertificateType is null or (>= CertificateUse.ChargingStationCertificate and <= CertificateUse.V2GCertificate);
}
