namespace Ocpp.Certificates.Authorities;

/// <summary>How a <see cref="LocalCertificateAuthority"/> issues.</summary>
public sealed record LocalCertificateAuthorityOptions
{
    /// <summary>
    /// The operator's name: O of the authority's own certificates and of those that it issues. At most 64 characters.
    /// </summary>
    public required string OrganizationName { get; init; }

    /// <summary>
    /// How long the certificates of stations are valid. Default 365 days; never longer than the authority's own.
    /// </summary>
    public TimeSpan CertificateLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How far back certificates are valid: a station whose clock is behind would refuse one that is valid from this
    /// very second. Default 10 minutes.
    /// </summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
