using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>How a CSR is signed.</summary>
/// <param name="IsValid">Whether the signature verifies with the CSR's own key.</param>
/// <param name="IsStrong">Whether its hash is SHA-256 (A00.FR.506) or a longer one of the same family.</param>
internal readonly record struct CsrSignature(bool IsValid, bool IsStrong)
{
    private const string RsaPssOid = "1.2.840.113549.1.1.10";

    private static readonly string[] s_strongSignatures =
    [
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", // RSA with SHA-256, -384, -512
        "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4", // ECDSA with the same
    ];

    private static readonly string[] s_strongHashes =
        ["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"]; // SHA-256, -384, -512

    /// <summary>Looks at the signature of a CSR in DER.</summary>
    /// <exception cref="AsnContentException">It is no CSR.</exception>
    public static CsrSignature Read(byte[] der) => new(Verifies(der), IsStrongAlgorithm(der));

    private static bool Verifies(byte[] der)
    {
        try
        {
            CertificateRequest.LoadSigningRequest(
                der, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            // Wrong, or of an algorithm that can't be verified here: which comes to the same.
            return false;
        }
    }

    // CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm, signature }
    private static bool IsStrongAlgorithm(byte[] der)
    {
        AsnReader request = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        request.ReadEncodedValue();
        AsnReader algorithm = request.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        return oid == RsaPssOid ? s_strongHashes.Contains(PssHash(algorithm)) : s_strongSignatures.Contains(oid);
    }

    // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, ... } (RFC 8017 appendix A.2.3)
    private static string? PssHash(AsnReader algorithm)
    {
        var hashTag = new Asn1Tag(TagClass.ContextSpecific, 0);
        AsnReader parameters = algorithm.ReadSequence();
        return parameters.HasData && parameters.PeekTag().HasSameClassAndValue(hashTag)
            ? parameters.ReadSequence(hashTag).ReadSequence().ReadObjectIdentifier()
            : null;
    }
}
