using System.Text.Json.Serialization;

namespace Ocpp.Certificates.Stations;

/// <summary>Whether a station requests certificates for a purpose on its own, as its state keeps it.</summary>
/// <param name="Uses">The uses.</param>
internal sealed record RenewalState(CertificateUses Uses)
{
    /// <summary>The EVSE that V2G certificates are for; <see langword="null"/> for the station's controller.</summary>
    public int? EvseId { get; init; }

    [JsonIgnore]
    public CertificatePurpose Purpose => new(Uses, EvseId);

    /// <summary>Not until the CSMS triggers it (A02.FR.19, A02.FR.20).</summary>
    public bool IsStopped { get; init; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
