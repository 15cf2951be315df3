using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>How a CSR is signed.</summary>
/// <param name="Fault">Why the signature does not count, as a sentence; <see langword="null"/> if it verifies.</param>
/// <param name="IsStrong">Whether its hash is SHA-256 (A00.FR.506) or a longer one of the same family.</param>
internal readonly record struct CsrSignature(string? Fault, bool IsStrong)
{
    private const string RsaPssOid = "1.2.840.113549.1.1.10";

    private static readonly Dictionary<string, (bool IsRsa, HashAlgorithmName Hash)> s_algorithms = new()
    {
        ["1.2.840.113549.1.1.4"] = (true, HashAlgorithmName.MD5),
        ["1.2.840.113549.1.1.5"] = (true, HashAlgorithmName.SHA1),
        ["1.2.840.113549.1.1.11"] = (true, HashAlgorithmName.SHA256),
        ["1.2.840.113549.1.1.12"] = (true, HashAlgorithmName.SHA384),
        ["1.2.840.113549.1.1.13"] = (true, HashAlgorithmName.SHA512),
        ["1.2.840.10045.4.1"] = (false, HashAlgorithmName.SHA1),
        ["1.2.840.10045.4.3.2"] = (false, HashAlgorithmName.SHA256),
        ["1.2.840.10045.4.3.3"] = (false, HashAlgorithmName.SHA384),
        ["1.2.840.10045.4.3.4"] = (false, HashAlgorithmName.SHA512),
    };

    /// <summary>Whether the signature verifies with the CSR's own key.</summary>
    public bool IsValid => Fault is null;

    /// <summary>Verifies the signature over the bytes that were sent.</summary>
    public static CsrSignature Read(CsrContent csr, PublicKey key)
    {
        if (csr.SignatureAlgorithm == RsaPssOid)
        {
            return PssParameters.TryRead(csr.SignatureParameters, out PssParameters pss)
                ? new CsrSignature(Verify(() => pss.Verify(csr, key)), IsStrongHash(pss.Hash))
                : new CsrSignature("The CSR is signed with RSA-PSS in a form that can't be verified here.", false);
        }

        if (!s_algorithms.TryGetValue(csr.SignatureAlgorithm, out (bool IsRsa, HashAlgorithmName Hash) algorithm))
            return new CsrSignature("The CSR is signed with an algorithm that can't be verified here.", false);

        return new CsrSignature(
            Verify(() => algorithm.IsRsa ? VerifyRsa(csr, key, algorithm.Hash) : VerifyEc(csr, key, algorithm.Hash)),
            IsStrongHash(algorithm.Hash));
    }

    private static string? Verify(Func<bool> verify)
    {
        const string Fault = "The CSR's signature does not verify with the CSR's own key.";
        try
        {
            return verify() ? null : Fault;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException or NotSupportedException
            or AsnContentException)
        {
            return Fault; // a key that can't be used verifies nothing
        }
    }

    private static bool VerifyRsa(CsrContent csr, PublicKey key, HashAlgorithmName hash)
    {
        using RSA? rsa = key.GetRSAPublicKey();
        return rsa?.VerifyData(csr.Signed.Span, csr.Signature, hash, RSASignaturePadding.Pkcs1) == true;
    }

    private static bool VerifyEc(CsrContent csr, PublicKey key, HashAlgorithmName hash)
    {
        using ECDsa? ec = key.GetECDsaPublicKey();
        return ec?.VerifyData(csr.Signed.Span, csr.Signature, hash, DSASignatureFormat.Rfc3279DerSequence) == true;
    }

    private static bool IsStrongHash(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA256 || hash == HashAlgorithmName.SHA384 || hash == HashAlgorithmName.SHA512;
}
