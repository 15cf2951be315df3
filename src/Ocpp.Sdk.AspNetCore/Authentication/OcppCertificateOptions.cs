using System.Security.Cryptography.X509Certificates;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>Which client certificates of stations are taken (security profile 3).</summary>
public sealed class OcppCertificateOptions
{
    /// <summary>
    /// The roots of the operator. A station's certificate has to lead to one of them; those of the machine count for
    /// nothing.
    /// </summary>
    public X509Certificate2Collection TrustedRoots { get; } = [];

    /// <summary>
    /// The authorities between roots and stations: what a station sends beside its own certificate is not looked at.
    /// </summary>
    public X509Certificate2Collection Intermediates { get; } = [];

    /// <summary>
    /// The name of the operator (CSO): what the organisation (O) of a station's certificate has to be (A00.FR.404).
    /// </summary>
    public string? OrganizationName { get; set; }

    /// <summary>
    /// Whether the authorities are asked if they revoked the certificate. Default
    /// <see cref="X509RevocationMode.NoCheck"/>: with another mode nobody connects while their lists can't be had.
    /// </summary>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.NoCheck;

    /// <summary>
    /// How the chain of a station's certificate is built: to these roots, by certificates at hand only.
    /// </summary>
    internal X509ChainPolicy CreateChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = RevocationMode,
            // The address of an issuer that a certificate names is the sender's to choose.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(TrustedRoots);
        policy.ExtraStore.AddRange(Intermediates);
        return policy;
    }

    internal bool IsComplete => TrustedRoots.Count > 0 && OrganizationName is not null;
}
