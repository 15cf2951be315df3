using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Tests.WebSockets;

/// <summary>A certificate authority for one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <param name="name">Its common name.</param>
    /// <param name="parent">Who issues its certificate; itself unless told.</param>
    public TestAuthority(string name, TestAuthority? parent = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Certificate = parent is null
            ? request.CreateSelfSigned(now.AddDays(-10), now.AddDays(10))
            : Sign(request, parent, now.AddDays(-9), now.AddDays(9)).CopyWithPrivateKey(key);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Issues a certificate, for both ends of TLS unless told; an expired one ended a day ago.</summary>
    public X509Certificate2 Issue(string name, bool isExpired = false, bool isForServers = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(name, key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        OidCollection usages = [new Oid(ClientAuthentication)];
        if (isForServers)
        {
            usages.Add(new Oid(ServerAuthentication));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = Sign(request, this, now.AddDays(-5), now.AddDays(isExpired ? -1 : 5));
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose() => Certificate.Dispose();

    private static CertificateRequest Request(string name, ECDsa key) =>
        new($"O=Test, CN={name}", key, HashAlgorithmName.SHA256);

    private static X509Certificate2 Sign(
        CertificateRequest request,
        TestAuthority issuer,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter
    ) => request.Create(issuer.Certificate, notBefore, notAfter, RandomNumberGenerator.GetBytes(16));
}
