using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;
using Ocpp.Security;

namespace Ocpp.Certificates.Chains;

/// <summary>A certificate with its names, key and extensions, which are read once. Immutable.</summary>
internal sealed class ChainCertificate
{
    private readonly byte[] _rawSubject;
    private readonly byte[] _rawIssuer;
    private readonly SubjectName? _issuer;
    private readonly ReadOnlyMemory<byte>? _subjectKeyId;
    private readonly ReadOnlyMemory<byte>? _issuerKeyId;

    /// <exception cref="CryptographicException">An extension can't be read.</exception>
    public ChainCertificate(X509Certificate2 certificate)
    {
        Certificate = certificate;
        _rawSubject = certificate.SubjectName.RawData;
        _rawIssuer = certificate.IssuerName.RawData;
        Subject = SubjectName.TryParse(_rawSubject, out SubjectName? subject, out _) ? subject : null;
        _issuer = SubjectName.TryParse(_rawIssuer, out SubjectName? issuer, out _) ? issuer : null;
        KeyId = PublicKeyId.Of(certificate.PublicKey);
        NotBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
        foreach (X509Extension extension in certificate.Extensions)
        {
            switch (extension)
            {
                case X509SubjectKeyIdentifierExtension subjectKey:
                    _subjectKeyId ??= subjectKey.SubjectKeyIdentifierBytes;
                    break;
                case X509AuthorityKeyIdentifierExtension issuerKey:
                    _issuerKeyId ??= issuerKey.KeyIdentifier;
                    break;
                case X509BasicConstraintsExtension constraints:
                    IsAuthority |= constraints.CertificateAuthority;
                    break;
            }
        }
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The subject; <see langword="null"/> if it can't be read.</summary>
    public SubjectName? Subject { get; }

    public PublicKeyId KeyId { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>Whether the certificate may issue others (RFC 5280 section 4.2.1.9).</summary>
    public bool IsAuthority { get; }

    /// <summary>Whether the certificate is its own issuer: a root, which a chain in OCPP does not need.</summary>
    public bool IsRoot => NamesIssuer(this);

    /// <summary>Reads one certificate; a store or a key in its place is refused.</summary>
    public static bool TryRead(byte[] der, [NotNullWhen(true)] out ChainCertificate? certificate)
    {
        try
        {
#if NET9_0_OR_GREATER
            certificate = new ChainCertificate(X509CertificateLoader.LoadCertificate(der));
#else
            certificate =
                X509Certificate2.GetCertContentType(der) == X509ContentType.Cert
                    ? new ChainCertificate(new X509Certificate2(der))
                    : null;
#endif
        }
        catch (CryptographicException)
        {
            certificate = null;
        }

        return certificate is not null;
    }

    /// <summary>
    /// Whether another certificate has the name of the issuer (RFC 5280 section 7.1), and its key id if both have one:
    /// an authority can have two keys under one name. The signature is not verified.
    /// </summary>
    public bool NamesIssuer(ChainCertificate issuer) =>
        (_rawIssuer.AsSpan().SequenceEqual(issuer._rawSubject) || _issuer?.Equals(issuer.Subject) == true)
        && (
            _issuerKeyId is not { } wanted
            || issuer._subjectKeyId is not { } actual
            || wanted.Span.SequenceEqual(actual.Span)
        );

    /// <summary>
    /// Whether the key of another certificate verifies the signature. A signature of a kind that can't be verified here
    /// is left to the platform's check of the whole path.
    /// </summary>
    public bool IsSignedBy(ChainCertificate issuer)
    {
        try
        {
            SignatureVerification verification = SignatureVerification.Of(
                SignedContent.Read(Certificate.RawData),
                PublicKeyInfo.Of(issuer.Certificate.PublicKey).ToPublicKey()
            );
            return verification.IsValid || !verification.IsKnown;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether a time is within the validity. NotAfter is no longer within it, as in <see cref="X509Chain"/>.
    /// </summary>
    public bool IsValidAt(DateTimeOffset time) => time >= NotBefore && time < NotAfter;

    /// <summary>Whether both are the same certificate, byte for byte.</summary>
    public bool IsSame(ChainCertificate other) => Certificate.RawData.AsSpan().SequenceEqual(other.Certificate.RawData);
}
