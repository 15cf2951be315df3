using Microsoft.Extensions.Options;
using Ocpp.AspNetCore;
using Ocpp.Certificates.Authorities;

namespace Ocpp.Certificates.Hosting;

/// <summary>
/// The authority of the options, which is opened once, and the certificates that the endpoints trust.
/// </summary>
internal sealed class SigningAuthority : IDisposable
{
    private readonly CertificateSigningOptions _options;
    private readonly LocalCertificateAuthority? _local;

    public SigningAuthority(IOptions<CertificateSigningOptions> options, TimeProvider timeProvider)
    {
        _options = options.Value;
        if (_options.LocalAuthorityFolder is { } folder)
        {
            _local = LocalCertificateAuthority.Open(
                folder,
                new() { OrganizationName = _options.OrganizationName!, TimeProvider = timeProvider }
            );
        }
    }

    /// <summary>The authority that signs.</summary>
    public ICertificateAuthority Authority => _local ?? _options.Authority!;

    /// <summary>The authority of this program; <see langword="null"/> if it is another one.</summary>
    public LocalCertificateAuthority? Local => _local;

    /// <summary>Makes endpoints trust the certificates that the authority signs.</summary>
    public void AddTrust(OcppOptions endpoints)
    {
        endpoints.Certificates.OrganizationName ??= _options.OrganizationName;
        endpoints.Certificates.TrustedRoots.AddRange(_options.TrustedRoots);
        endpoints.Certificates.Intermediates.AddRange(_options.Intermediates);
        if (_local is not null)
        {
            endpoints.Certificates.TrustedRoots.Add(_local.Root);
            endpoints.Certificates.Intermediates.Add(_local.Issuing);
        }
    }

    public void Dispose() => _local?.Dispose();
}
