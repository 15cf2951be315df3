namespace Ocpp.Certificates.Versions;

/// <summary>A CSR that a station sends to its CSMS (SignCertificate).</summary>
/// <param name="Csr">The CSR in PEM, as it is sent.</param>
/// <param name="Uses">What the certificate is for.</param>
public sealed record CsrSubmission(string Csr, CertificateUses Uses)
{
    /// <summary>
    /// The station's id of the request (requestId, A02.FR.24), which is returned with the chain. Sent from OCPP 2.1 on:
    /// <see langword="null"/> at the CSMS if the version has none, or the station sends none.
    /// </summary>
    public int? RequestId { get; init; }

    /// <summary>
    /// The root that a V2G certificate is to lead to (hashRootCertificate, A02.FR.27). Sent from OCPP 2.1 on; otherwise
    /// <see langword="null"/>, and the CSMS chooses.
    /// </summary>
    public CertificateHash? RootCertificate { get; init; }
}
