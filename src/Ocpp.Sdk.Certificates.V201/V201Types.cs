using Ocpp.V201;

namespace Ocpp.Certificates.V201;

/// <summary>Maps the types of OCPP 2.0.1 to those of certificate signing, and back.</summary>
internal static class V201Types
{
    private static readonly Kind[] s_kinds =
    [
        new(
            CertificateUses.CsmsConnection,
            CertificateSigningUseEnumType.ChargingStationCertificate,
            MessageTriggerEnumType.SignChargingStationCertificate
        ),
        new(
            CertificateUses.Iso15118,
            CertificateSigningUseEnumType.V2GCertificate,
            MessageTriggerEnumType.SignV2GCertificate
        ),
        new(CertificateUses.Combined, null, MessageTriggerEnumType.SignCombinedCertificate),
    ];

    public static IReadOnlyList<CertificateUses> SupportedUses { get; } = [.. s_kinds.Select(kind => kind.Uses)];

    public static CertificateUses ToUses(this CertificateSigningUseEnumType? type) =>
        s_kinds.First(kind => kind.Type == type).Uses;

    public static CertificateSigningUseEnumType? ToCertificateType(this CertificateUses uses) => KindOf(uses).Type;

    public static MessageTriggerEnumType ToTrigger(this CertificateUses uses) => KindOf(uses).Trigger;

    /// <summary>
    /// What the CSR that a trigger asks for is for; <see langword="null"/> if the trigger asks for something else.
    /// </summary>
    public static CertificateUses? ToUses(this MessageTriggerEnumType trigger) =>
        s_kinds.FirstOrDefault(kind => kind.Trigger == trigger)?.Uses;

    public static SigningStatus ToStatus(this TriggerMessageStatusEnumType status) =>
        status switch
        {
            TriggerMessageStatusEnumType.Accepted => SigningStatus.Accepted,
            TriggerMessageStatusEnumType.Rejected => SigningStatus.Rejected,
            _ => SigningStatus.NotImplemented,
        };

    public static TriggerMessageStatusEnumType ToTriggerStatus(this SigningStatus status) =>
        status switch
        {
            SigningStatus.Accepted => TriggerMessageStatusEnumType.Accepted,
            SigningStatus.Rejected => TriggerMessageStatusEnumType.Rejected,
            _ => TriggerMessageStatusEnumType.NotImplemented,
        };

    public static RejectionReason? ToReason(this StatusInfoType? statusInfo) =>
        statusInfo is null ? null : new RejectionReason(statusInfo.ReasonCode, statusInfo.AdditionalInfo ?? "");

    public static StatusInfoType? ToStatusInfo(this RejectionReason? reason) =>
        reason is null
            ? null
            : new StatusInfoType
            {
                ReasonCode = reason.ReasonCode,
                AdditionalInfo = reason.AdditionalInfoOf(StatusInfoType.AdditionalInfoMaxLength),
            };

    private static Kind KindOf(CertificateUses uses) =>
        s_kinds.FirstOrDefault(kind => kind.Uses == uses)
        ?? throw new ArgumentOutOfRangeException(nameof(uses), uses, "OCPP 2.0.1 has no such certificate.");

    /// <param name="Uses">What a certificate is for.</param>
    /// <param name="Type">
    /// Its type in the messages; <see langword="null"/> for a combined certificate (A02.FR.13).
    /// </param>
    /// <param name="Trigger">The trigger that asks for its CSR.</param>
    private sealed record Kind(
        CertificateUses Uses,
        CertificateSigningUseEnumType? Type,
        MessageTriggerEnumType Trigger
    );
}
