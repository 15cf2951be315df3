using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>Whether a certificate or a CSR is signed with a key.</summary>
/// <param name="IsKnown">Whether the signature's algorithm is one that can be verified here.</param>
/// <param name="IsValid">Whether the signature verifies.</param>
/// <param name="IsStrong">Whether its hash is SHA-256 (A00.FR.506) or a longer one of the same family.</param>
internal readonly record struct SignatureVerification(bool IsKnown, bool IsValid, bool IsStrong)
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

    /// <summary>Verifies the signature over the bytes that were sent.</summary>
    public static SignatureVerification Of(SignedContent signed, PublicKey key)
    {
        if (signed.Algorithm == RsaPssOid)
        {
            return PssParameters.TryRead(signed.Parameters, out PssParameters pss)
                ? new SignatureVerification(true, Verifies(() => pss.Verify(signed, key)), IsStrongHash(pss.Hash))
                : default;
        }

        if (!s_algorithms.TryGetValue(signed.Algorithm, out (bool IsRsa, HashAlgorithmName Hash) algorithm))
        {
            return default;
        }

        bool isValid = Verifies(() =>
            algorithm.IsRsa ? VerifyRsa(signed, key, algorithm.Hash) : VerifyEc(signed, key, algorithm.Hash)
        );
        return new SignatureVerification(true, isValid, IsStrongHash(algorithm.Hash));
    }

    private static bool Verifies(Func<bool> verify)
    {
        try
        {
            return verify();
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException or AsnContentException)
        {
            return false; // a key that can't be used verifies nothing
        }
    }

    private static bool VerifyRsa(SignedContent signed, PublicKey key, HashAlgorithmName hash)
    {
        using RSA? rsa = key.GetRSAPublicKey();
        return rsa?.VerifyData(signed.Content.Span, signed.Signature, hash, RSASignaturePadding.Pkcs1) == true;
    }

    private static bool VerifyEc(SignedContent signed, PublicKey key, HashAlgorithmName hash)
    {
        using ECDsa? ec = key.GetECDsaPublicKey();
        return ec?.VerifyData(signed.Content.Span, signed.Signature, hash, DSASignatureFormat.Rfc3279DerSequence)
            == true;
    }

    private static bool IsStrongHash(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA256 || hash == HashAlgorithmName.SHA384 || hash == HashAlgorithmName.SHA512;
}
