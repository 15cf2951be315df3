using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;

namespace Ocpp.Certificates.Authorities;

/// <summary>A request to a certificate authority.</summary>
/// <param name="Request">The CSR, accepted by a <see cref="CsrPolicy"/>.</param>
/// <param name="Uses">What the certificate is for.</param>
public sealed record SigningOrder(CertificateSigningRequest Request, CertificateUses Uses)
{
    /// <summary>
    /// The operator's name, which O of the certificate must be (A00.FR.404). <see langword="null"/>, the default,
    /// leaves it at the O of the CSR.
    /// </summary>
    public string? OrganizationName { get; init; }

    /// <summary>
    /// What the station is called: what CN of the certificate may be beside the CSR's, which the policy has accepted.
    /// Empty by default.
    /// </summary>
    public IReadOnlyList<string> StationNames { get; init; } = [];

    /// <summary>
    /// The station's country, C of a certificate for cars; <see langword="null"/>, the default, if it is not known.
    /// </summary>
    public string? Country { get; init; }

    /// <summary>
    /// The root that the certificate is to lead to (A02.FR.27), for an authority that signs below several.
    /// <see langword="null"/>, the default, if the station named none.
    /// </summary>
    public CertificateHash? RootCertificate { get; init; }

    /// <summary>
    /// The station's MaxCertificateChainSize where it is known. Default 10000, OCPP's own limit, which is also the
    /// most.
    /// </summary>
    public int MaxChainSize
    {
        get;
        init => field = Math.Min(value, CertificateChain.MaxSize);
    } = CertificateChain.MaxSize;

    /// <summary>
    /// The ticket of <see cref="CertificateAuthorityAnswer.Later"/>, if the authority is asked again.
    /// </summary>
    public string? Ticket { get; init; }
}
