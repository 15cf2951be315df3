using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.TestKit;

/// <summary>
/// Every URL that a certificate can name, on a listener that never answers: it only remembers whether somebody came.
/// </summary>
internal sealed class UrlTrap : IDisposable
{
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
        using var nobody = new TestAuthority("Nobody");
        return nobody.Issue(
            subject,
            extensions:
            [
                TestAuthority.DnsName("localhost"),
                TestAuthority.Usage(TestAuthority.ServerAuthentication, TestAuthority.ClientAuthentication),
                new X509AuthorityInformationAccessExtension([url + "ocsp"], [url + "issuer.crt"]),
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([url + "list.crl"]),
            ]
        );
    }

    public void Dispose() => _listener.Dispose();
}
