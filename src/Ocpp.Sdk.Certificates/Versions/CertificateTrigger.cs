namespace Ocpp.Certificates.Versions;

/// <summary>
/// A request of a CSMS for a CSR (TriggerMessage, or ExtendedTriggerMessage in OCPP 1.6).
/// </summary>
/// <param name="Uses">What the certificate is for.</param>
public sealed record CertificateTrigger(CertificateUses Uses)
{
    /// <summary>
    /// The EVSE whose ISO 15118 controller needs a V2G certificate: its SECC id is the CN. Defaults to
    /// <see langword="null"/>: the station's only controller, or the one without an EVSE. OCPP 1.6 has no V2G
    /// certificates.
    /// </summary>
    public int? EvseId { get; init; }
}
