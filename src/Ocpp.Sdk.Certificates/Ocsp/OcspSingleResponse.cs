namespace Ocpp.Certificates.Ocsp;

/// <summary>A SingleResponse (RFC 6960 section 4.2.1): the status of one certificate.</summary>
internal sealed record OcspSingleResponse(
    OcspCertificateId Certificate,
    OcspCertificateStatus Status,
    DateTimeOffset ThisUpdate,
    DateTimeOffset? NextUpdate,
    DateTimeOffset? RevokedAt
);
