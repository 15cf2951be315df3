using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Station;

/// <summary>
/// The key that a station wants a certificate for, and the certificate signing request (CSR) that says so.
/// </summary>
/// <param name="CsrPem">The CSR, RFC 2986 in PEM.</param>
/// <param name="Subject">The subject that the CSR asks for.</param>
/// <param name="PublicKey">The public half.</param>
/// <param name="PrivateKey">
/// The private half, which never leaves the station (A02.FR.05); <see langword="null"/> for a CSR that was made
/// elsewhere.
/// </param>
public sealed record StationKey(string CsrPem, X500DistinguishedName Subject, PublicKey PublicKey, ECDsa? PrivateKey)
    : IDisposable
{
    /// <summary>Makes a new key pair and its CSR.</summary>
    public static StationKey Create(string operatorName, string serialNumber)
    {
        // The builder puts what is added last in front: O=..., CN=..., from the general to the particular.
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(serialNumber); // A00.FR.511
        subject.AddOrganizationName(operatorName); // A00.FR.509

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        return new StationKey(request.CreateSigningRequestPem(), request.SubjectName, request.PublicKey, key);
    }

    /// <inheritdoc/>
    public void Dispose() => PrivateKey?.Dispose();
}
