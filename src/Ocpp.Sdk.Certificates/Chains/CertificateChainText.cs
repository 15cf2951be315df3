using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Chains;

/// <summary>
/// A certificate chain as OCPP carries it: certificates in PEM one after the other, the leaf first, then the
/// intermediates, each the issuer of the one before.
/// </summary>
internal static class CertificateChainText
{
    // Far more than any operator's: what bounds the work that a chain can cause.
    private const int MaxCertificates = 10;
    private const string PemLabel = "CERTIFICATE";

    public static string Write(IEnumerable<X509Certificate2> certificates) =>
        string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem() + "\n"));

    /// <summary>
    /// Reads the certificates in the order of the text. Words between the PEM blocks are allowed (RFC 7468 section
    /// 2).
    /// </summary>
    /// <param name="pem">The text.</param>
    /// <param name="certificates">The certificates, at least one, when the result is <see langword="true"/>.</param>
    public static bool TryRead(string pem, [NotNullWhen(true)] out X509Certificate2Collection? certificates)
    {
        certificates = [];
        ReadOnlySpan<char> rest = pem;
        while (certificates.Count < MaxCertificates && PemEncoding.TryFind(rest, out PemFields block))
        {
            if (
                rest[..block.Location.Start].Contains("-----", StringComparison.Ordinal)
                || rest[block.Label] is not PemLabel
                || !TryReadDer(
                    Convert.FromBase64String(rest[block.Base64Data].ToString()),
                    out X509Certificate2? certificate
                )
            )
            {
                certificates.DisposeAll();
                return false;
            }

            certificates.Add(certificate);
            rest = rest[block.Location.End..];
        }

        if (certificates.Count > 0 && !rest.Contains("-----", StringComparison.Ordinal))
        {
            return true;
        }

        certificates.DisposeAll();
        return false;
    }

    /// <summary>Reads one certificate, and nothing else: no store or key that could be in its place.</summary>
    public static bool TryReadDer(byte[] der, [NotNullWhen(true)] out X509Certificate2? certificate)
    {
        try
        {
#if NET9_0_OR_GREATER
            certificate = X509CertificateLoader.LoadCertificate(der);
#else
            certificate =
                X509Certificate2.GetCertContentType(der) == X509ContentType.Cert ? new X509Certificate2(der) : null;
#endif
            return certificate is not null;
        }
        catch (CryptographicException)
        {
            certificate = null;
            return false;
        }
    }

    extension(X509Certificate2Collection certificates)
    {
        public void DisposeAll()
        {
            foreach (X509Certificate2 certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    extension(X509Certificate2 certificate)
    {
        /// <summary>
        /// Whether it names another certificate as its issuer: by subject (RFC 5280 section 7.1), and by key id where
        /// both have one, for an authority can have two keys under one name. Says nothing of the signature.
        /// </summary>
        /// <exception cref="CryptographicException">An extension can't be read.</exception>
        public bool NamesIssuer(X509Certificate2 issuer) =>
            SubjectName.AreEqual(certificate.IssuerName, issuer.SubjectName)
            && (
                certificate.IssuerKeyId is not { } wanted
                || issuer.KeyId is not { } actual
                || wanted.Span.SequenceEqual(actual.Span)
            );

        /// <summary>
        /// Whether the key of another certificate verifies its signature. A signature of a kind that can't be
        /// verified here is left to the platform's own check of the whole path.
        /// </summary>
        public bool IsSignedBy(X509Certificate2 issuer)
        {
            try
            {
                SignatureVerification verification = SignatureVerification.Of(
                    SignedContent.Read(certificate.RawData),
                    PublicKeyInfo.Of(issuer.PublicKey).ToPublicKey()
                );
                return verification.IsValid || !verification.IsKnown;
            }
            catch (AsnContentException)
            {
                return false;
            }
        }

        /// <summary>Whether a time is within its validity; the last second is over, as it is for X509Chain.</summary>
        public bool IsValidAt(DateTimeOffset time) =>
            time >= certificate.NotBefore.ToUniversalTime() && time < certificate.NotAfter.ToUniversalTime();

        private ReadOnlyMemory<byte>? IssuerKeyId =>
            certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;

        private ReadOnlyMemory<byte>? KeyId =>
            certificate
                .Extensions.OfType<X509SubjectKeyIdentifierExtension>()
                .FirstOrDefault()
                ?.SubjectKeyIdentifierBytes;

        /// <summary>Whether it is its own issuer: a root, which no chain in OCPP needs.</summary>
        public bool IsRoot => certificate.NamesIssuer(certificate);

        /// <summary>Whether it says that it may issue certificates (RFC 5280 section 4.2.1.9).</summary>
        /// <exception cref="CryptographicException">An extension can't be read.</exception>
        public bool IsAuthority =>
            certificate
                .Extensions.OfType<X509BasicConstraintsExtension>()
                .Any(extension => extension.CertificateAuthority);
    }
}
