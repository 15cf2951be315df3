using Ocpp.Certificates.Requests;
using Ocpp.Validation;

namespace Ocpp.Certificates.Authorities;

/// <summary>How a <see cref="LocalCertificateAuthority"/> issues.</summary>
public sealed record LocalCertificateAuthorityOptions
{
    /// <summary>
    /// The operator's name: O of the authority's own certificates and of those that it issues. At most 64 characters.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty or too long.</exception>
    public required string OrganizationName
    {
        get;
        init
        {
            OptionValue.NotEmpty(value);
            field =
                value.Length <= CertificateSubject.MaxLength
                    ? value
                    : throw new ArgumentException(
                        $"The value has {value.Length} characters; at most {CertificateSubject.MaxLength} are allowed.",
                        nameof(OrganizationName)
                    );
        }
    }

    /// <summary>
    /// How long the certificates of stations are valid. Defaults to 365 days; never longer than the authority's own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than ten years.</exception>
    public TimeSpan CertificateLifetime
    {
        get;
        init => field = OptionValue.Positive(value, TimeSpan.FromDays(3650));
    } = TimeSpan.FromDays(365);

    /// <summary>
    /// How far back certificates are valid: a station whose clock is behind would refuse one that is valid from this
    /// very second. Defaults to 10 minutes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than ten years.</exception>
    public TimeSpan ClockSkew
    {
        get;
        init => field = OptionValue.NotNegative(value, TimeSpan.FromDays(3650));
    } = TimeSpan.FromMinutes(10);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider
    {
        get;
        init => field = OptionValue.NotNull(value);
    } = TimeProvider.System;
}
