using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Tests;

/// <summary>
/// Every URL that a certificate can name, on a listener that never answers: it only remembers whether somebody came.
/// </summary>
internal sealed class UrlTrap : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public UrlTrap() => _listener.Start();

    /// <summary>Whether any of the URLs was fetched: a connection that nobody has accepted is still pending.</summary>
    public bool WasCalled => _listener.Pending();

    /// <summary>
    /// Makes a certificate of an issuer that nobody has. It names where that issuer (AIA), its revocation list and its
    /// OCSP responder are.
    /// </summary>
    public X509Certificate2 Issue(string subject)
    {
        string url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new(ServerAuthentication), new(ClientAuthentication)], false)
        );
        request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension([url + "ocsp"], [url + "issuer.crt"])
        );
        request.CertificateExtensions.Add(
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url + "list.crl"])
        );
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 certificate = request.Create(
            new X500DistinguishedName("CN=Nobody"),
            X509SignatureGenerator.CreateForECDsa(key),
            now.AddDays(-1),
            now.AddDays(1),
            [1]
        );
        return certificate.CopyWithPrivateKey(key);
    }

    public void Dispose() => _listener.Dispose();
}
