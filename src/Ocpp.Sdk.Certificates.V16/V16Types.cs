using Ocpp.V16;

namespace Ocpp.Certificates.V16;

/// <summary>Maps the types of OCPP 1.6 to those of certificate signing, and back.</summary>
internal static class V16Types
{
    /// <summary>SignCertificate has no certificateType: it is always for the station's own certificate.</summary>
    public static IReadOnlyList<CertificateUses> SupportedUses { get; } = [CertificateUses.CsmsConnection];

    /// <summary>The trigger that asks for a CSR.</summary>
    public const MessageTriggerEnumType Trigger = MessageTriggerEnumType.SignChargePointCertificate;

    /// <exception cref="ArgumentOutOfRangeException">
    /// The certificate is for something else than the connection to the CSMS.
    /// </exception>
    public static void ThrowIfUnsupported(CertificateUses uses)
    {
        if (uses != CertificateUses.CsmsConnection)
        {
            throw new ArgumentOutOfRangeException(nameof(uses), uses, "OCPP 1.6 has no such certificate.");
        }
    }

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

    /// <summary>
    /// The name of a security event. OCPP 1.6 has a name of its own for a refused certificate; an event that it does
    /// not list, such as a discarded renewal, keeps the name that it has from OCPP 2.0.1 on.
    /// </summary>
    public static string ToEventType(string type) =>
        type == "InvalidChargingStationCertificate" ? "InvalidChargePointCertificate" : type;
}
