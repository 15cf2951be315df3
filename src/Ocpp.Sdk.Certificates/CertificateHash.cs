using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates;

/// <summary>
/// Identifies a certificate without sending it (CertificateHashDataType; RFC 6960 section 4.1.1).
/// </summary>
/// <param name="HashAlgorithm">The hash algorithm: <c>SHA256</c>, <c>SHA384</c> or <c>SHA512</c>.</param>
/// <param name="IssuerNameHash">The hash of the issuer's name in DER, in hexadecimal.</param>
/// <param name="IssuerKeyHash">
/// The hash of the issuer's public key, without tag and length of its BIT STRING, in hexadecimal.
/// </param>
/// <param name="SerialNumber">The serial number, in hexadecimal without leading zeros.</param>
public sealed record CertificateHash(
    string HashAlgorithm,
    string IssuerNameHash,
    string IssuerKeyHash,
    string SerialNumber
)
{
    /// <summary>Computes the hash of a root certificate, which is its own issuer, with SHA-256.</summary>
    /// <param name="root">The root certificate.</param>
    public static CertificateHash OfRoot(X509Certificate2 root) => Of(root, root);

    /// <summary>Computes the hash of a certificate with SHA-256.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The certificate of its issuer.</param>
    public static CertificateHash Of(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        return Compute(certificate, issuer, HashAlgorithmName.SHA256.Name!, SHA256.HashData);
    }

    /// <summary>Returns whether this is the hash of a root certificate.</summary>
    /// <param name="root">The root certificate.</param>
    /// <returns>
    /// <see langword="false"/> as well if the hash algorithm is not one of the three. Upper and lower case are equal.
    /// </returns>
    public bool Matches(X509Certificate2 root)
    {
        ArgumentNullException.ThrowIfNull(root);
        CertificateHash? computed = HashAlgorithm switch
        {
            "SHA256" => Compute(root, root, HashAlgorithm, SHA256.HashData),
            "SHA384" => Compute(root, root, HashAlgorithm, SHA384.HashData),
            "SHA512" => Compute(root, root, HashAlgorithm, SHA512.HashData),
            _ => null,
        };
        return computed is not null
            && AreEqual(IssuerNameHash, computed.IssuerNameHash)
            && AreEqual(IssuerKeyHash, computed.IssuerKeyHash)
            && AreEqual(SerialNumber.TrimStart('0'), computed.SerialNumber);
    }

    private static CertificateHash Compute(
        X509Certificate2 certificate,
        X509Certificate2 issuer,
        string algorithm,
        Func<byte[], byte[]> hash
    ) =>
        new(
            algorithm,
            Hex(hash(certificate.IssuerName.RawData)),
            Hex(hash(issuer.PublicKey.EncodedKeyValue.RawData)),
            certificate.SerialNumber.TrimStart('0').ToLowerInvariant()
        );

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    private static bool AreEqual(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
