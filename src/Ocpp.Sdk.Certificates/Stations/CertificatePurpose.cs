namespace Ocpp.Certificates.Stations;

/// <summary>What a station has at most one certificate in use for.</summary>
/// <param name="Uses">The uses.</param>
/// <param name="EvseId">
/// The EVSE whose ISO 15118 controller uses a V2G certificate; <see langword="null"/> for the station's.
/// </param>
internal readonly record struct CertificatePurpose(CertificateUses Uses, int? EvseId)
{
    /// <summary>For the whole station.</summary>
    public static implicit operator CertificatePurpose(CertificateUses uses) => new(uses, EvseId: null);
}
