using Ocpp.V201;

namespace Ocpp.Certificates;

/// <summary>What a certificate is for in the words of OCPP 2.0.1, where no type means both uses (A02.FR.13).</summary>
internal static class CertificateUsesOfV201
{
    /// <summary>The uses that a type stands for.</summary>
    public static CertificateUses ToUses(this CertificateSigningUseEnumType? type) => type switch
    {
        CertificateSigningUseEnumType.ChargingStationCertificate => CertificateUses.CsmsConnection,
        CertificateSigningUseEnumType.V2GCertificate => CertificateUses.Iso15118,
        _ => CertificateUses.Combined,
    };

    /// <summary>The type that stands for uses.</summary>
    public static CertificateSigningUseEnumType? ToCertificateType(this CertificateUses uses) => uses switch
    {
        CertificateUses.CsmsConnection => CertificateSigningUseEnumType.ChargingStationCertificate,
        CertificateUses.Iso15118 => CertificateSigningUseEnumType.V2GCertificate,
        _ => null,
    };
}
