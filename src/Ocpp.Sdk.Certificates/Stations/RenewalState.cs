namespace Ocpp.Certificates.Stations;

/// <summary>Whether a station asks by itself for certificates of certain uses, as it stands in its state.</summary>
/// <param name="Uses">The uses.</param>
internal sealed record RenewalState(CertificateUses Uses)
{
    /// <summary>Not until the CSMS triggers it (A02.FR.19, A02.FR.20).</summary>
    public bool IsStopped { get; init; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
