namespace Ocpp.Certificates.Ocsp;

/// <summary>
/// Whether the contract certificate of a car is valid (AuthorizeCertificateStatusEnumType; C07.FR.13 to C07.FR.17).
/// </summary>
public enum ContractCertificateStatus
{
    /// <summary>The certificate and those above it are valid and not revoked.</summary>
    Accepted,

    /// <summary>A signature of the chain does not verify.</summary>
    SignatureError,

    /// <summary>A certificate of the chain is not valid any more, or not yet.</summary>
    CertificateExpired,

    /// <summary>A certificate of the chain is revoked (C07.FR.16).</summary>
    CertificateRevoked,

    /// <summary>
    /// The status of a certificate could not be found out: it is not known whether it is revoked, or whether its issuer
    /// leads to the root of a mobility operator.
    /// </summary>
    NoCertificateAvailable,

    /// <summary>
    /// The chain can't be read, does not lead to a root of a mobility operator, is not that of the contract, or has a
    /// certificate that the responder does not know.
    /// </summary>
    CertChainError,
}
