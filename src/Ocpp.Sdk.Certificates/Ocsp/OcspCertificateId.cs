using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Ocsp;

/// <summary>
/// A CertID (RFC 6960 section 4.1.1). Its text has everything in one form, so that it serves as a key: the hash
/// algorithm's OID, and the rest in upper case hexadecimal, the serial number without leading zeros.
/// </summary>
internal sealed record OcspCertificateId(string Algorithm, string NameHash, string KeyHash, string SerialNumber)
{
    private const int MaxSerialNumberSize = 20; // RFC 5280 section 4.1.2.2

    private static readonly (string Name, string Oid, int Size, Func<byte[], byte[]> Hash)[] s_algorithms =
    [
        ("SHA256", "2.16.840.1.101.3.4.2.1", SHA256.HashSizeInBytes, SHA256.HashData),
        ("SHA384", "2.16.840.1.101.3.4.2.2", SHA384.HashSizeInBytes, SHA384.HashData),
        ("SHA512", "2.16.840.1.101.3.4.2.3", SHA512.HashSizeInBytes, SHA512.HashData),
    ];

    /// <summary>Reads hash data as OCPP has it.</summary>
    public static bool TryCreate(CertificateHash hash, [NotNullWhen(true)] out OcspCertificateId? id)
    {
        (string Name, string Oid, int Size, Func<byte[], byte[]> Hash) algorithm = Array.Find(
            s_algorithms,
            one => one.Name == hash.HashAlgorithm
        );
        string serial = hash.SerialNumber;
        id =
            algorithm.Oid is not null
            && IsHex(hash.IssuerNameHash)
            && hash.IssuerNameHash.Length == 2 * algorithm.Size
            && IsHex(hash.IssuerKeyHash)
            && hash.IssuerKeyHash.Length == 2 * algorithm.Size
            && serial.Length > 0
            && IsHex(serial)
            && serial.TrimStart('0').Length <= 2 * MaxSerialNumberSize
                ? new OcspCertificateId(
                    algorithm.Oid,
                    hash.IssuerNameHash.ToUpperInvariant(),
                    hash.IssuerKeyHash.ToUpperInvariant(),
                    serial.TrimStart('0').ToUpperInvariant()
                )
                : null;
        return id is not null;
    }

    /// <exception cref="AsnContentException">It is not a CertID.</exception>
    public static OcspCertificateId Read(AsnReader reader)
    {
        AsnReader id = reader.ReadSequence();
        AsnReader algorithm = id.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        var read = new OcspCertificateId(
            oid,
            Convert.ToHexString(id.ReadOctetString()),
            Convert.ToHexString(id.ReadOctetString()),
            Convert.ToHexString(id.ReadIntegerBytes().Span).TrimStart('0')
        );
        id.ThrowIfNotEmpty();
        return read;
    }

    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Algorithm);
                writer.WriteNull();
            }

            writer.WriteOctetString(Convert.FromHexString(NameHash));
            writer.WriteOctetString(Convert.FromHexString(KeyHash));
            string digits = SerialNumber.Length == 0 ? "00" : SerialNumber;
            writer.WriteIntegerUnsigned(Convert.FromHexString(digits.Length % 2 == 0 ? digits : "0" + digits));
        }
    }

    /// <summary>Whether a certificate is that of the issuer: its name and its key have the hashes.</summary>
    public bool IsIssuer(X509Certificate2 certificate)
    {
        Func<byte[], byte[]> hash = Array.Find(s_algorithms, one => one.Oid == Algorithm).Hash;
        return Convert.ToHexString(hash(certificate.SubjectName.RawData)) == NameHash
            && Convert.ToHexString(hash(certificate.PublicKey.EncodedKeyValue.RawData)) == KeyHash;
    }

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigit);
}
