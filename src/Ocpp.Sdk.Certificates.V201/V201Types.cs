using Ocpp.V201;

namespace Ocpp.Certificates.V201;

/// <summary>The types of OCPP 2.0.1 that stand for those of certificate signing.</summary>
internal static class V201Types
{
    public static IReadOnlyList<CertificateUses> SupportedUses { get; } =
    [CertificateUses.CsmsConnection, CertificateUses.Iso15118, CertificateUses.Combined];

    /// <summary>What a certificate is for. No type means both connections (A02.FR.13).</summary>
    public static CertificateUses ToUses(this CertificateSigningUseEnumType? type) =>
        type switch
        {
            CertificateSigningUseEnumType.ChargingStationCertificate => CertificateUses.CsmsConnection,
            CertificateSigningUseEnumType.V2GCertificate => CertificateUses.Iso15118,
            _ => CertificateUses.Combined,
        };

    /// <summary>The type that stands for what a certificate is for.</summary>
    public static CertificateSigningUseEnumType? ToCertificateType(this CertificateUses uses) =>
        uses switch
        {
            CertificateUses.CsmsConnection => CertificateSigningUseEnumType.ChargingStationCertificate,
            CertificateUses.Iso15118 => CertificateSigningUseEnumType.V2GCertificate,
            CertificateUses.Combined => null,
            _ => throw new ArgumentOutOfRangeException(nameof(uses), uses, "OCPP 2.0.1 has no such certificate."),
        };

    /// <summary>The trigger that asks for a CSR.</summary>
    public static MessageTriggerEnumType ToTrigger(this CertificateUses uses) =>
        uses.ToCertificateType() switch
        {
            CertificateSigningUseEnumType.ChargingStationCertificate =>
                MessageTriggerEnumType.SignChargingStationCertificate,
            CertificateSigningUseEnumType.V2GCertificate => MessageTriggerEnumType.SignV2GCertificate,
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
            MessageTriggerEnumType.SignCombinedCertificate => CertificateUses.Combined,
            _ => null,
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
