using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Ocpp.Certificates;
using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;

namespace Ocpp.TestKit;

/// <summary>
/// The certificate authority, which survives the CSMS: EST over HTTP, moody, and with a record of whom it was asked
/// for. A real one does not know either that the CSMS is gone, so it signs all the same.
/// </summary>
internal sealed class Authority : IAsyncDisposable
{
    private const int RefusedPercent = 4;
    private const int BusyPercent = 10;
    private const int UndecidedPercent = 10;
    private const int SlowPercent = 50;

    private readonly WebApplication _app;
    private readonly LocalCertificateAuthority _signer;
    private readonly Random _random;
    private readonly ConcurrentDictionary<PublicKeyId, AuthorityRecord> _records = new();

    private Authority(WebApplication app, LocalCertificateAuthority signer, Random random)
    {
        _app = app;
        _signer = signer;
        _random = random;
    }

    public string Url => _app.Urls.Single();

    public X509Certificate2 Root => _signer.Root;

    public static async Task<Authority> StartAsync(string folder, string organizationName, Random random)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        var signer = LocalCertificateAuthority.Open(
            folder,
            new LocalCertificateAuthorityOptions { OrganizationName = organizationName }
        );
        var authority = new Authority(builder.Build(), signer, random);
        authority._app.MapGet("/.well-known/est/cacerts", authority.AnswerRoot);
        authority._app.MapPost("/.well-known/est/simpleenroll", (Delegate)authority.EnrollAsync);
        await authority._app.StartAsync();
        return authority;
    }

    /// <summary>What it was asked for a key.</summary>
    public AuthorityRecord RecordOf(PublicKeyId key) => _records.GetOrAdd(key, NewRecord);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _signer.Dispose();
    }

    private IResult AnswerRoot() => Certificates([_signer.Root]);

    private async Task<IResult> EnrollAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string der = await reader.ReadToEndAsync();
        string pem = PemEncoding.WriteString("CERTIFICATE REQUEST", Convert.FromBase64String(der));
        if (!CertificateSigningRequest.TryRead(pem, out CertificateSigningRequest? csr, out _))
        {
            return Results.BadRequest();
        }

        AuthorityRecord record = RecordOf(csr.KeyId);
        record.CountAsked();
        if (record.IsRefused)
        {
            return Results.BadRequest();
        }

        int mood = Next(100);
        if (mood < BusyPercent + UndecidedPercent)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.StatusCode(
                mood < BusyPercent ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status202Accepted
            );
        }

        CertificateAuthorityAnswer answer = await _signer.SignAsync(new SigningOrder(csr, CertificateUses.Combined));
        CertificateChain chain = ((CertificateAuthorityAnswer.Issued)answer).Chain;
        record.AddIssued(chain.SerialNumber);
        if (mood >= 100 - SlowPercent)
        {
            await Task.Delay(Next(50, 500));
        }

        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(chain.Pem);
        return Certificates(certificates);
    }

    // RFC 7030 section 4.1.3: a PKCS#7 that has nothing but certificates, in base64.
    private static IResult Certificates(X509Certificate2Collection certificates) =>
        Results.Text(Convert.ToBase64String(certificates.Export(X509ContentType.Pkcs7)!), "application/pkcs7-mime");

    // Whether a key is refused is not up to how often one asks.
    private AuthorityRecord NewRecord(PublicKeyId key) => new(Next(100) < RefusedPercent);

    private int Next(int end) => Next(0, end);

    private int Next(int start, int end)
    {
        lock (_random)
        {
            return _random.Next(start, end);
        }
    }
}
