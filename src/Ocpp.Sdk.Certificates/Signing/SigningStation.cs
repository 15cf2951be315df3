using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Signing;

/// <summary>What a <see cref="SigningService"/> needs to know of a station.</summary>
public sealed record SigningStation
{
    /// <summary>
    /// What its certificates for the CSMS may be made out to: its serial number (A00.FR.511), and its identity where
    /// the operator uses that.
    /// </summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>
    /// What its V2G certificates may be made out to: the variable SeccId of ISO15118Ctrlr (part 2, 2.14.9), one for
    /// each of its controllers. Defaults to none: CN is then one of <see cref="Names"/>.
    /// </summary>
    public IReadOnlyList<string> SeccIds { get; init; } = [];

    /// <summary>
    /// The C of its V2G certificates: the variable CountryName of ISO15118Ctrlr (part 2, 2.14.10). Defaults to
    /// <see langword="null"/>: any country.
    /// </summary>
    public string? CountryName { get; init; }

    /// <summary>
    /// The variable MaxCertificateChainSize of its device model, in characters. Default 10000, OCPP's own limit.
    /// </summary>
    public int MaxChainSize { get; init; } = CertificateChain.MaxSize;
}
