namespace Ocpp.Benchmarks.Models;

internal sealed record SignCertificateRecord
{
    public CustomData? CustomData { get; init; }

    public required string Csr { get; init; }

    public CertificateUse? CertificateType { get; init; }

    public bool IsValid() =>
        Csr is not null
        && TextRule.Fits(Csr, 5500)
        && CertificateType is null or (>= CertificateUse.ChargingStationCertificate and <= CertificateUse.V2GCertificate);
}
