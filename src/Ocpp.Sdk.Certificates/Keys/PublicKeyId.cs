using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// Identifies a public key: the SHA-256 hash of the SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) in its canonical
/// encoding, in lower-case hexadecimal. A compressed EC point, explicit curve parameters or absent RSA parameters do
/// not make another key. OCPP 2.0.1 has no id that relates CertificateSigned to its SignCertificate, so both sides
/// match them by key. The id reveals nothing about the private key and may be logged.
/// </summary>
public readonly record struct PublicKeyId
{
    private readonly string? _value;

    private PublicKeyId(string value) => _value = value;

    /// <summary>64 hexadecimal digits; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>The id of a public key.</summary>
    public static PublicKeyId Of(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Of(PublicKeyInfo.Of(key));
    }

    internal static PublicKeyId Of(PublicKeyInfo key) =>
        new(Convert.ToHexString(SHA256.HashData(key.Canonical().Encode())).ToLowerInvariant());

    /// <summary>Reads back what <see cref="Value"/> gave.</summary>
    /// <exception cref="FormatException">The text is not 64 lower-case hexadecimal digits.</exception>
    public static PublicKeyId Parse(string value) =>
        TryParse(value, out PublicKeyId id) ? id : throw new FormatException("Not the id of a public key.");

    /// <summary>Reads back what <see cref="Value"/> gave.</summary>
    public static bool TryParse(string? value, out PublicKeyId id)
    {
        bool isId = value?.Length == 2 * SHA256.HashSizeInBytes && value.All(char.IsAsciiHexDigitLower);
        id = isId ? new PublicKeyId(value!) : default;
        return isId;
    }

    /// <summary>The <see cref="Value"/>.</summary>
    public override string ToString() => Value;
}
