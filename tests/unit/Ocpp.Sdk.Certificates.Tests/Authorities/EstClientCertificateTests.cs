using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Authorities;

namespace Ocpp.Certificates.Tests;

/// <summary>EST over TLS, where the CSMS is known by its client certificate (RFC 7030 section 3.3.2).</summary>
public sealed class EstClientCertificateTests : IDisposable
{
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SigningOrder _order = TestCsr.Order();

    public EstClientCertificateTests() => _listener.Start();

    [Fact]
    public async Task A_client_certificate_of_the_handler_is_presented()
    {
        using X509Certificate2 csms = Certificate("CSMS");
        using X509Certificate2 server = Certificate("EST server");
        Task<string?> serving = ServeAsync(server);

        CertificateAuthorityAnswer answer = await Est(Trusting(server, csms)).SignAsync(_order);

        Assert.IsType<CertificateAuthorityAnswer.Issued>(answer);
        Assert.Equal(csms.Thumbprint, await serving);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_gets_no_CSR()
    {
        using X509Certificate2 server = Certificate("EST server");
        using X509Certificate2 other = Certificate("EST server");
        Task<string?> serving = ServeAsync(server);

        CertificateAuthorityAnswer answer = await Est(Trusting(other, client: null)).SignAsync(_order);

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Unavailable,
                "The authority can't be reached: SecureConnectionError."
            ),
            answer
        );
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    [Fact]
    public async Task The_urls_in_a_servers_certificate_are_not_fetched()
    {
        using var urls = new UrlTrap();
        using X509Certificate2 server = urls.Issue("CN=localhost");
        Task<string?> serving = ServeAsync(server);

        CertificateAuthorityAnswer answer = await Est(new SocketsHttpHandler { AllowAutoRedirect = false })
            .SignAsync(_order);

        Assert.Equal(
            new CertificateAuthorityAnswer.Failed(
                CertificateAuthorityFailure.Unavailable,
                "The authority can't be reached: SecureConnectionError."
            ),
            answer
        );
        Assert.False(urls.WasCalled);
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
    }

    public void Dispose()
    {
        _listener.Stop();
        _authority.Dispose();
    }

    private EstCertificateAuthority Est(SocketsHttpHandler handler) =>
        new(
            handler,
            new Uri($"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}"),
            new EstOptions { Issuers = [_authority.Certificate] }
        );

    private static SocketsHttpHandler Trusting(X509Certificate2 server, X509Certificate2? client) =>
        new()
        {
            AllowAutoRedirect = false,
            SslOptions =
            {
                ClientCertificates = client is null ? [] : [client],
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate?.GetCertHashString() == server.Thumbprint,
            },
        };

    // Answers one request, whatever it is, with the certificate. Gives the thumbprint of the client's.
    private async Task<string?> ServeAsync(X509Certificate2 certificate)
    {
        using TcpClient connection = await _listener.AcceptTcpClientAsync();
        using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                // Offline: a server would fetch the issuer of its own certificate.
                ServerCertificateContext = SslStreamCertificateContext.Create(
                    certificate,
                    additionalCertificates: null,
                    offline: true
                ),
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            }
        );

        string request = "";
        byte[] buffer = new byte[8192];
        string body = Convert.ToBase64String(_order.Request.Der.Span);
        while (!request.Contains(body, StringComparison.Ordinal))
        {
            int read = await tls.ReadAsync(buffer);
            if (read == 0)
            {
                throw new EndOfStreamException("The client went without a CSR.");
            }

            request += Encoding.ASCII.GetString(buffer, 0, read);
        }

        string answer = Convert.ToBase64String(
            new X509Certificate2Collection(_authority.Issue(_order.Request)).Export(X509ContentType.Pkcs7)!
        );
        await tls.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {answer.Length}\r\n\r\n{answer}")
        );
        return tls.RemoteCertificate?.GetCertHashString();
    }

    private static X509Certificate2 Certificate(string name) =>
        TestAuthority.SelfSigned($"CN={name}", ECDsa.Create(ECCurve.NamedCurves.nistP256));
}
