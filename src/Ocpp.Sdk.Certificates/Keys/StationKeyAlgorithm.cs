using System.Security.Cryptography;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// The kind of key pair that a station creates. All of them are as strong as A00.FR.502 and A00.FR.503 require.
/// </summary>
public sealed class StationKeyAlgorithm
{
    private StationKeyAlgorithm(ECCurve? curve, int keySize)
    {
        Curve = curve;
        KeySize = keySize;
    }

    /// <summary>EC on NIST P-256: the default.</summary>
    public static StationKeyAlgorithm EcP256 { get; } = new(ECCurve.NamedCurves.nistP256, 256);

    /// <summary>EC on NIST P-384.</summary>
    public static StationKeyAlgorithm EcP384 { get; } = new(ECCurve.NamedCurves.nistP384, 384);

    /// <summary>EC on NIST P-521.</summary>
    public static StationKeyAlgorithm EcP521 { get; } = new(ECCurve.NamedCurves.nistP521, 521);

    /// <summary>The curve of an EC key; <see langword="null"/> for RSA.</summary>
    public ECCurve? Curve { get; }

    /// <summary>In bits.</summary>
    public int KeySize { get; }

    /// <summary>RSA.</summary>
    /// <param name="keySize">In bits, at least 2048 (A00.FR.502).</param>
    /// <exception cref="ArgumentOutOfRangeException">The key would be too small.</exception>
    public static StationKeyAlgorithm Rsa(int keySize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keySize, KeyStrength.MinRsaKeySize);
        return new StationKeyAlgorithm(curve: null, keySize);
    }

    /// <summary>For a log: <c>EC 256</c> or <c>RSA 2048</c>.</summary>
    public override string ToString() => $"{(Curve is null ? "RSA" : "EC")} {KeySize}";
}
