using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.SignedMessages;

/// <summary>The public keys of certificates, for the algorithms of signed messages.</summary>
internal static class SignatureKey
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>RFC 7518, section 3.3; also the least that OCPP has in certificates (A00.FR.502).</summary>
    private const int RsaMinSize = 2048;

    /// <summary>The parameters of a key on P-256: the curve's object identifier in DER.</summary>
    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    public static HashAlgorithmName HashOf(OcppSignatureAlgorithm algorithm) =>
        algorithm == OcppSignatureAlgorithm.RS384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>Whether the key of a certificate is one of an algorithm.</summary>
    public static bool IsFor(OcppSignatureAlgorithm algorithm, X509Certificate2 certificate)
    {
        if (algorithm == OcppSignatureAlgorithm.ES256)
        {
            return certificate.PublicKey is { Oid.Value: EcPublicKey, EncodedParameters: { } curve }
                && P256.SequenceEqual(curve.RawData);
        }

        if (certificate.PublicKey.Oid.Value != RsaEncryption)
        {
            return false;
        }

        using RSA? key = certificate.GetRSAPublicKey();
        return key?.KeySize >= RsaMinSize;
    }

    /// <summary>Whether a signature is that of a certificate's key. Any bytes may be given.</summary>
    public static bool Verifies(
        OcppSignatureAlgorithm algorithm,
        X509Certificate2 certificate,
        byte[] data,
        byte[] signature
    )
    {
        Debug.Assert(IsFor(algorithm, certificate), "The key of the certificate is one of the algorithm.");
        try
        {
            if (algorithm == OcppSignatureAlgorithm.ES256)
            {
                using ECDsa ecdsa = certificate.GetECDsaPublicKey()!;
                return ecdsa.VerifyData(
                    data,
                    signature,
                    HashOf(algorithm),
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation
                );
            }

            using RSA rsa = certificate.GetRSAPublicKey()!;
            return rsa.VerifyData(data, signature, HashOf(algorithm), RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // A platform may refuse a signature of another length, or a point that is not on the curve, by throwing.
            return false;
        }
    }
}
