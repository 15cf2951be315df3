using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>A certificate authority, its own root or below another one.</summary>
internal sealed class Authority(string name, Authority? issuer = null, params X509Extension[] extensions) : IDisposable
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    public const string AnyUsage = "2.5.29.37.0";

    public X509Certificate2 Certificate { get; } =
        Issue(
            issuer?.Certificate,
            new X500DistinguishedName($"CN={name}"),
            TimeSpan.FromDays(100),
            [BasicConstraints(isAuthority: true), .. extensions]
        );

    public static X509Extension BasicConstraints(bool isAuthority) =>
        new X509BasicConstraintsExtension(isAuthority, false, 0, true);

    public static X509Extension Usage(params string[] oids)
    {
        var usages = new OidCollection();
        Array.ForEach(oids, oid => usages.Add(new Oid(oid)));
        return new X509EnhancedKeyUsageExtension(usages, critical: false);
    }

    public X509Certificate2 Issue(string subject, int daysLeft = 30) =>
        Issue(
            Certificate,
            new X500DistinguishedName(subject),
            TimeSpan.FromDays(daysLeft),
            [BasicConstraints(isAuthority: false)]
        );

    public X509Certificate2 Issue(X500DistinguishedName subject) =>
        Issue(Certificate, subject, TimeSpan.FromDays(30), [BasicConstraints(isAuthority: false)]);

    public X509Certificate2 Issue(string subject, params X509Extension[] extensions) =>
        Issue(Certificate, new X500DistinguishedName(subject), TimeSpan.FromDays(30), extensions);

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 Issue(
        X509Certificate2? issuer,
        X500DistinguishedName subject,
        TimeSpan left,
        X509Extension[] extensions
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        (DateTimeOffset from, DateTimeOffset to) = (now.AddDays(-50), now + left);
        using X509Certificate2 certificate = issuer is null
            ? request.Create(
                request.SubjectName,
                X509SignatureGenerator.CreateForECDsa(key),
                from,
                to,
                RandomNumberGenerator.GetBytes(8)
            )
            : request.Create(
                issuer,
                from,
                to > issuer.NotAfter ? issuer.NotAfter : to,
                RandomNumberGenerator.GetBytes(8)
            );
        return certificate.CopyWithPrivateKey(key);
    }
}
