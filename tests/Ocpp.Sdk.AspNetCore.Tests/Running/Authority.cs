using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>A certificate authority, its own root or below another one.</summary>
internal sealed class Authority(string name, Authority? issuer = null) : IDisposable
{
    public X509Certificate2 Certificate { get; } = Issue(issuer?.Certificate, $"CN={name}", isAuthority: true, TimeSpan.FromDays(100));

    public X509Certificate2 Issue(string subject, int daysLeft = 30) =>
        Issue(Certificate, subject, isAuthority: false, TimeSpan.FromDays(daysLeft));

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 Issue(X509Certificate2? issuer, string subject, bool isAuthority, TimeSpan left)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (DateTimeOffset from, DateTimeOffset to) = (now.AddDays(-50), now + left);
        using X509Certificate2 certificate = issuer is null
            ? request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), from, to, RandomNumberGenerator.GetBytes(8))
            : request.Create(issuer, from, to > issuer.NotAfter ? issuer.NotAfter : to, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
