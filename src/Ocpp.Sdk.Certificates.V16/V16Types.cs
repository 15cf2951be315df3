using Ocpp.V16;

namespace Ocpp.Certificates.V16;

/// <summary>The types of OCPP 1.6 that stand for those of certificate signing.</summary>
internal static class V16Types
{
    /// <summary>SignCertificate has no certificateType: it is always for the station's own certificate.</summary>
    public static IReadOnlyList<CertificateUses> SupportedUses { get; } = [CertificateUses.CsmsConnection];

    /// <summary>The trigger that asks for a CSR.</summary>
    public const MessageTriggerEnumType Trigger = MessageTriggerEnumType.SignChargePointCertificate;

    /// <summary>Throws if a certificate is for something that no message of OCPP 1.6 can say.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The certificate is for something else.</exception>
    public static void ThrowIfUnsupported(CertificateUses uses)
    {
        if (uses != CertificateUses.CsmsConnection)
        {
            throw new ArgumentOutOfRangeException(nameof(uses), uses, "OCPP 1.6 has no such certificate.");
        }
    }

    /// <summary>
    /// The name of a security event. OCPP 1.6 has a name of its own for a refused certificate; an event that it does not
    /// list, such as a discarded renewal, keeps the name that it has from OCPP 2.0.1 on.
    /// </summary>
    public static string ToEventType(string type) =>
        type == "InvalidChargingStationCertificate" ? "InvalidChargePointCertificate" : type;
}
