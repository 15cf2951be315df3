using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Ocsp;

namespace Ocpp.Certificates.Tests;

/// <summary>Another implementation reads our requests, and we its responses: the responder of OpenSSL.</summary>
public sealed class OpenSslResponderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public OpenSslResponderTests()
    {
        var request = new CertificateRequest("CN=OpenSSL Test CA", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(TestAuthority.Constraints(isAuthority: true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        File.WriteAllText(_folder.Locate("ca.pem"), _root.ExportCertificatePem());
        File.WriteAllText(_folder.Locate("ca.key"), _key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(
            _folder.Locate("index.txt"),
            "V\t360101000000Z\t\t0A01\tunknown\t/CN=Good\n"
                + "R\t360101000000Z\t260101000000Z,keyCompromise\t9F02\tunknown\t/CN=Revoked\n"
        );
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [OpenSslFact]
    public async Task OpenSSL_and_we_understand_each_other()
    {
        using var responder = new Responder(this);
        var client = new OcspClient(
            responder,
            new OcspClientOptions
            {
                Responders = [new Uri("http://localhost/")],
                TrustedRoots = [_root],
                RequireNonce = true,
            }
        );

        Assert.Equal("Good.", (await client.CheckAsync(Query("a01"))).ToString());
        OcspResult revoked = await client.CheckAsync(Query("9f02"));
        Assert.Equal("Revoked.", revoked.ToString());
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), revoked.RevokedAt);
        Assert.Equal("Unknown.", (await client.CheckAsync(Query("3"))).ToString());
    }

    private OcspQuery Query(string serialNumber) =>
        new(CertificateHash.OfRoot(_root) with { SerialNumber = serialNumber }, "http://localhost/");

    private sealed class Responder(OpenSslResponderTests test) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await File.WriteAllBytesAsync(
                test._folder.Locate("request"),
                await request.Content!.ReadAsByteArrayAsync(cancellationToken),
                cancellationToken
            );
            string[] arguments =
            [
                "ocsp",
                "-index",
                test._folder.Locate("index.txt"),
                "-CA",
                test._folder.Locate("ca.pem"),
                "-rsigner",
                test._folder.Locate("ca.pem"),
                "-rkey",
                test._folder.Locate("ca.key"),
                "-reqin",
                test._folder.Locate("request"),
                "-respout",
                test._folder.Locate("response"),
                "-ndays",
                "1",
            ];
            using Process process = Process.Start(
                new ProcessStartInfo("openssl", arguments)
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                }
            )!;
            string output = await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, output);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(
                    await File.ReadAllBytesAsync(test._folder.Locate("response"), cancellationToken)
                ),
            };
        }
    }
}
