using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Ocpp.Security;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>
/// What is checked of a client certificate before it is known which station connects: the chain to a root of the
/// operator, the validity period, the usage, and the operator's name (A00.FR.404). Done once for each request.
/// </summary>
internal sealed class ClientCertificateCheck(IOptions<OcppOptions> options, TimeProvider time)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyUsage = "2.5.29.37.0";

    private readonly OcppCertificateOptions _certificates = options.Value.Certificates;

    /// <summary>Reads the certificate of a request.</summary>
    /// <returns>
    /// <see langword="null"/> if there is none, or if the operator's roots are not set: then it can't be judged.
    /// </returns>
    public async ValueTask<PresentedCertificate?> FindAsync(HttpContext context)
    {
        if (!_certificates.IsComplete || !context.Request.IsHttps)
        {
            return null;
        }

        if (context.Features.Get<PresentedCertificate>() is not { } presented)
        {
            if (await context.Connection.GetClientCertificateAsync(context.RequestAborted) is not { } certificate)
            {
                return null;
            }

            presented = Check(certificate);
            context.Features.Set(presented);
        }

        return presented;
    }

    private PresentedCertificate Check(X509Certificate2 certificate)
    {
        try
        {
            string? commonName = null;
            string? fault = FaultOf(certificate, ref commonName);
            return new PresentedCertificate(certificate, commonName, fault);
        }
        catch (CryptographicException)
        {
            return new PresentedCertificate(certificate, null, "The certificate is malformed.");
        }
    }

    private string? FaultOf(X509Certificate2 certificate, ref string? commonName)
    {
        if (!IsTrusted(certificate, out bool isForClients))
        {
            return "The certificate is expired, not yet valid, or not issued under a root of the operator.";
        }

        if (!isForClients)
        {
            return "The certificate or its issuer is not intended for client authentication.";
        }

        if (IsAuthority(certificate))
        {
            return "The certificate belongs to a certificate authority.";
        }

        if (!SubjectName.TryParse(certificate.SubjectName, out SubjectName? subject, out string? fault))
        {
            return $"The subject of the certificate is invalid. {fault}";
        }

        commonName = subject.CommonName;
        return SubjectName.AreEqual(subject.Organization, _certificates.OrganizationName)
            ? null
            : "The organization (O) of the certificate is not that of the operator.";
    }

    private bool IsTrusted(X509Certificate2 certificate, out bool isForClients)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = _certificates.CreateChainPolicy();
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        try
        {
            bool isTrusted = chain.Build(certificate);
            // What a root is for, the operator says by trusting it.
            isForClients = chain
                .ChainElements.SkipLast(chain.ChainElements.Count > 1 ? 1 : 0)
                .All(element => IsForClients(element.Certificate));
            return isTrusted;
        }
        finally
        {
            foreach (X509ChainElement element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    /// <summary>Without the extension a certificate is for everything (RFC 5280 section 4.2.1.12).</summary>
    private static bool IsForClients(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .All(usage =>
                usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value is ClientAuthentication or AnyUsage)
            );

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509BasicConstraintsExtension>()
            .Any(constraints => constraints.CertificateAuthority)
        || certificate
            .Extensions.OfType<X509KeyUsageExtension>()
            .Any(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign));
}
