using System.Buffers.Binary;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.AspNetCore;

/// <summary>
/// What a ClientHello (RFC 5246 section 7.4.1.2, RFC 8446 section 4.1.2) says of the certificates that its client
/// supports.
/// </summary>
internal readonly struct TlsClientHello
{
    private const string RsaOid = "1.2.840.113549.1.1.1";

    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const ushort SignatureAlgorithms = 13;
    private const ushort SupportedVersions = 43;
    private const ushort Tls13 = 0x0304;

    /// <summary>
    /// Whether the client has cipher suites of TLS 1.2 for such a key, or both TLS 1.3 and signatures for it.
    /// </summary>
    private readonly bool _supportsEcdsa;
    private readonly bool _supportsRsa;

    private TlsClientHello(bool supportsEcdsa, bool supportsRsa)
    {
        _supportsEcdsa = supportsEcdsa;
        _supportsRsa = supportsRsa;
    }

    /// <summary>Whether a server with this certificate can agree with the client.</summary>
    public bool Supports(X509Certificate2 certificate) =>
        certificate.GetKeyAlgorithm() == RsaOid ? _supportsRsa : _supportsEcdsa;

    /// <summary>
    /// Reads the TLS record with a ClientHello. Of one that is invalid or cut off, no certificate is supported.
    /// </summary>
    public static TlsClientHello Read(ReadOnlySpan<byte> record)
    {
        // Record: type, version, length. Handshake message: type, length of three bytes. ClientHello: version, random.
        if (record.Length < 43 || record[0] != HandshakeRecord || record[5] != ClientHelloMessage)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = record[43..];
        return
            TryTake(ref rest, lengthSize: 1, out _) // session id
            && TryTake(ref rest, lengthSize: 2, out ReadOnlySpan<byte> suites)
            && TryTake(ref rest, lengthSize: 1, out _) // compression methods
            && TryTake(ref rest, lengthSize: 2, out ReadOnlySpan<byte> extensions)
            ? Read(suites, extensions)
            : default;
    }

    private static TlsClientHello Read(ReadOnlySpan<byte> suites, ReadOnlySpan<byte> extensions)
    {
        bool hasTls13 = false;
        bool signsEcdsa = false;
        bool signsRsa = false;
        while (extensions.Length >= 2)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, lengthSize: 2, out ReadOnlySpan<byte> extension))
            {
                return default;
            }

            if (type == SupportedVersions && TryTake(ref extension, lengthSize: 1, out ReadOnlySpan<byte> versions))
            {
                hasTls13 = Contains(versions, version => version == Tls13);
            }
            else if (
                type == SignatureAlgorithms
                && TryTake(ref extension, lengthSize: 2, out ReadOnlySpan<byte> schemes)
            )
            {
                // ecdsa_secp256r1_sha256, ecdsa_secp384r1_sha384, ecdsa_secp521r1_sha512; rsa_pss_rsae_sha256, sha384,
                // sha512.
                signsEcdsa = Contains(schemes, scheme => scheme is 0x0403 or 0x0503 or 0x0603);
                signsRsa = Contains(schemes, scheme => scheme is 0x0804 or 0x0805 or 0x0806);
            }
        }

        return new TlsClientHello(
            (hasTls13 && signsEcdsa) || Contains(suites, IsForEcdsa),
            (hasTls13 && signsRsa) || Contains(suites, IsForRsa)
        );
    }

    /// <summary>
    /// ECDHE_ECDSA with AES in GCM or CBC mode (RFC 5289 and RFC 4492), AES in CCM mode (RFC 7251) and ChaCha20 (RFC
    /// 7905).
    /// </summary>
    private static bool IsForEcdsa(ushort suite) =>
        suite is 0xC009 or 0xC00A or 0xC023 or 0xC024 or 0xC02B or 0xC02C or (>= 0xC0AC and <= 0xC0AF) or 0xCCA9;

    /// <summary>
    /// RSA and ECDHE_RSA with AES in GCM or CBC mode (RFC 5246, RFC 5288, RFC 5289 and RFC 4492), and ChaCha20 (RFC
    /// 7905).
    /// </summary>
    private static bool IsForRsa(ushort suite) =>
        suite
            is 0x002F
                or 0x0035
                or 0x003C
                or 0x003D
                or 0x009C
                or 0x009D
                or 0xC013
                or 0xC014
                or 0xC027
                or 0xC028
                or 0xC02F
                or 0xC030
                or 0xCCA8;

    private static bool Contains(ReadOnlySpan<byte> numbers, Predicate<ushort> predicate)
    {
        for (; numbers.Length >= 2; numbers = numbers[2..])
        {
            if (predicate(BinaryPrimitives.ReadUInt16BigEndian(numbers)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a vector: its length in one or two bytes, then its content.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> rest, int lengthSize, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (rest.Length < lengthSize)
        {
            return false;
        }

        int length = lengthSize == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length - lengthSize < length)
        {
            return false;
        }

        content = rest.Slice(lengthSize, length);
        rest = rest[(lengthSize + length)..];
        return true;
    }
}
