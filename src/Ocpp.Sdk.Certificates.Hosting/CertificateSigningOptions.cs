using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Versions;

namespace Ocpp.Certificates.Hosting;

/// <summary>How stations get their certificates.</summary>
public sealed class CertificateSigningOptions
{
    /// <summary>
    /// The versions of OCPP that stations speak, such as <c>V201CsmsSigning.Instance</c>. At least one is required.
    /// </summary>
    public IList<CsmsSigningVersion> Versions { get; } = [];

    /// <summary>
    /// The operator's name: O of the stations' certificates (A00.FR.404), which the endpoints also require. Required.
    /// </summary>
    public string? OrganizationName { get; set; }

    /// <summary>
    /// The certificate authority. Required, unless <see cref="LocalAuthorityFolder"/> is set. It is not disposed.
    /// </summary>
    public ICertificateAuthority? Authority { get; set; }

    /// <summary>
    /// The folder of an authority within the CSMS (<see cref="LocalCertificateAuthority"/>), created at the first
    /// start. The endpoints trust its root.
    /// </summary>
    public string? LocalAuthorityFolder { get; set; }

    /// <summary>The roots of <see cref="Authority"/>, which the endpoints trust.</summary>
    public X509Certificate2Collection TrustedRoots { get; } = [];

    /// <summary>The certificates between <see cref="TrustedRoots"/> and the stations' certificates.</summary>
    public X509Certificate2Collection Intermediates { get; } = [];

    /// <summary>
    /// Changes the options of the service, such as its policy and its limits. Defaults to no change.
    /// </summary>
    public Func<SigningServiceOptions, SigningServiceOptions>? ConfigureService { get; set; }
}
