using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>The least that OCPP asks of a key.</summary>
internal static class KeyStrength
{
    public const int MinRsaKeySize = 2048; // bits, A00.FR.502
    public const int MinEcKeySize = 224; // bits, A00.FR.503

    /// <summary>What kind of key it is, and how long.</summary>
    /// <returns>The kind, and the size in bits; 0 bits for a key that can't be read.</returns>
    public static (KeyKind Kind, int Size) Measure(PublicKey key)
    {
        try
        {
            if (key.GetRSAPublicKey() is { } rsa)
            {
                using (rsa)
                {
                    return (KeyKind.Rsa, rsa.KeySize);
                }
            }

            if (key.GetECDsaPublicKey() is { } ec)
            {
                // A key that spells out its curve is refused (RFC 5480 section 2.1.1): a forged curve can look strong.
                using (ec)
                {
                    bool isNamed = ec.ExportParameters(includePrivateParameters: false).Curve.IsNamed;
                    return (isNamed ? KeyKind.Ec : KeyKind.Other, ec.KeySize);
                }
            }
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            // A broken encoding, or a curve that this platform has not: no key that could be accepted.
        }

        return (KeyKind.Other, 0);
    }

    /// <summary>Whether a key of this kind is as long as A00.FR.502 and A00.FR.503 ask.</summary>
    public static bool IsEnough(KeyKind kind, int size) =>
        kind switch
        {
            KeyKind.Rsa => size >= MinRsaKeySize,
            KeyKind.Ec => size >= MinEcKeySize,
            _ => false,
        };

    /// <summary>
    /// What makes a key weak although it is long enough, as a sentence. Returns <see langword="null"/> if nothing was
    /// found.
    /// </summary>
    public static string? FindWeakness(PublicKey key)
    {
        var info = PublicKeyInfo.Of(key);
        if (info.Algorithm != PublicKeyInfo.Rsa)
        {
            return null;
        }

        try
        {
            return info.ReadRsaNumbers().FindWeakness();
        }
        catch (AsnContentException)
        {
            return "The RSA key can't be read.";
        }
    }
}
