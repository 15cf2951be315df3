namespace Ocpp.Certificates.Ocsp;

/// <summary>What an OCSP responder says of a certificate (RFC 6960 section 2.2).</summary>
public enum OcspCertificateStatus
{
    /// <summary>The certificate is not revoked.</summary>
    Good,

    /// <summary>The certificate is revoked, for good or for now.</summary>
    Revoked,

    /// <summary>The responder does not know the certificate, or not its issuer.</summary>
    Unknown,
}
