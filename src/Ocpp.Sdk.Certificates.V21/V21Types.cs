using Ocpp.V21;

namespace Ocpp.Certificates.V21;

/// <summary>The types of OCPP 2.1 that stand for those of certificate signing.</summary>
internal static class V21Types
{
    public static IReadOnlyList<CertificateUses> SupportedUses { get; } =
    [
        CertificateUses.CsmsConnection,
        CertificateUses.Iso15118,
        CertificateUses.Combined,
        CertificateUses.Iso15118Part20,
    ];

    /// <summary>What a certificate is for. No type means both connections (A02.FR.13).</summary>
    public static CertificateUses ToUses(this CertificateSigningUseEnumType? type) =>
        type switch
        {
            CertificateSigningUseEnumType.ChargingStationCertificate => CertificateUses.CsmsConnection,
            CertificateSigningUseEnumType.V2GCertificate => CertificateUses.Iso15118,
            CertificateSigningUseEnumType.V2G20Certificate => CertificateUses.Iso15118Part20, // A02.FR.23
            _ => CertificateUses.Combined,
        };

    /// <summary>The type that stands for what a certificate is for.</summary>
    public static CertificateSigningUseEnumType? ToCertificateType(this CertificateUses uses) =>
        uses switch
        {
            CertificateUses.CsmsConnection => CertificateSigningUseEnumType.ChargingStationCertificate,
            CertificateUses.Iso15118 => CertificateSigningUseEnumType.V2GCertificate,
            CertificateUses.Iso15118Part20 => CertificateSigningUseEnumType.V2G20Certificate,
            CertificateUses.Combined => null,
            _ => throw new ArgumentOutOfRangeException(nameof(uses), uses, "OCPP 2.1 has no such certificate."),
        };

    /// <summary>The trigger that asks for a CSR.</summary>
    public static MessageTriggerEnumType ToTrigger(this CertificateUses uses) =>
        uses.ToCertificateType() switch
        {
            CertificateSigningUseEnumType.ChargingStationCertificate =>
                MessageTriggerEnumType.SignChargingStationCertificate,
            CertificateSigningUseEnumType.V2GCertificate => MessageTriggerEnumType.SignV2GCertificate,
            CertificateSigningUseEnumType.V2G20Certificate => MessageTriggerEnumType.SignV2G20Certificate,
            _ => MessageTriggerEnumType.SignCombinedCertificate,
        };

    /// <summary>
    /// What the CSR that a trigger asks for is for; <see langword="null"/> if it asks for something else.
    /// </summary>
    public static CertificateUses? ToUses(this MessageTriggerEnumType trigger) =>
        trigger switch
        {
            MessageTriggerEnumType.SignChargingStationCertificate => CertificateUses.CsmsConnection,
            MessageTriggerEnumType.SignV2GCertificate => CertificateUses.Iso15118,
            MessageTriggerEnumType.SignV2G20Certificate => CertificateUses.Iso15118Part20,
            MessageTriggerEnumType.SignCombinedCertificate => CertificateUses.Combined,
            _ => null,
        };

    public static CertificateHash? ToCertificateHash(this CertificateHashDataType? hash) =>
        hash is null
            ? null
            : new CertificateHash(
                hash.HashAlgorithm.ToWireName(),
                hash.IssuerNameHash,
                hash.IssuerKeyHash,
                hash.SerialNumber
            );

    public static CertificateHashDataType? ToHashData(this CertificateHash? hash) =>
        hash is null
            ? null
            : new CertificateHashDataType
            {
                HashAlgorithm = Enum.Parse<HashAlgorithmEnumType>(hash.HashAlgorithm),
                IssuerNameHash = hash.IssuerNameHash,
                IssuerKeyHash = hash.IssuerKeyHash,
                SerialNumber = hash.SerialNumber,
            };

    public static RejectionReason? ToReason(this StatusInfoType? statusInfo) =>
        statusInfo is null ? null : new RejectionReason(statusInfo.ReasonCode, statusInfo.AdditionalInfo ?? "");

    public static StatusInfoType? ToStatusInfo(this RejectionReason? reason) =>
        reason is null
            ? null
            : new StatusInfoType
            {
                ReasonCode = reason.ReasonCode,
                AdditionalInfo =
                    reason.AdditionalInfo.Length == 0
                        ? null
                        : reason.AdditionalInfo.Cut(StatusInfoType.AdditionalInfoMaxLength),
            };

    /// <summary>A text of our own, as long as a field can have it.</summary>
    public static string Cut(this string text, int maxLength) => text.Length <= maxLength ? text : text[..maxLength];
}
