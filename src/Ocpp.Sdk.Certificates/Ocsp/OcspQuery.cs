using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Ocsp;

/// <summary>Whose status to find out, and where (OCSPRequestDataType).</summary>
/// <param name="Certificate">The certificate, by the hashes of its issuer.</param>
/// <param name="ResponderUrl">The URL of the responder, as it was received.</param>
public sealed record OcspQuery(CertificateHash Certificate, string ResponderUrl)
{
    /// <summary>Makes the query for a certificate, with the first HTTP URL of a responder that it names.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The certificate of its issuer.</param>
    /// <param name="query">The query, if the result is <see langword="true"/>.</param>
    /// <returns>
    /// <see langword="false"/> if the certificate names no responder (authorityInfoAccess; RFC 5280 section 4.2.2.1).
    /// </returns>
    public static bool TryCreate(
        X509Certificate2 certificate,
        X509Certificate2 issuer,
        [NotNullWhen(true)] out OcspQuery? query
    )
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        query = FindResponder(certificate) is { } url
            ? new OcspQuery(CertificateHash.Of(certificate, issuer), url)
            : null;
        return query is not null;
    }

    private static string? FindResponder(X509Certificate2 certificate)
    {
        try
        {
            return certificate
                .Extensions.OfType<X509AuthorityInformationAccessExtension>()
                .SelectMany(extension => extension.EnumerateOcspUris())
                .FirstOrDefault(url => url.StartsWith("http", StringComparison.OrdinalIgnoreCase));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
