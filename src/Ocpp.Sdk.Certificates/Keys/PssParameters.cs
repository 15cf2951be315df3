using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// RSASSA-PSS (RFC 8017 section 8.1.2), with a salt of any length: OpenSSL makes it as long as the key allows, and .NET
/// verifies only one as long as the hash.
/// </summary>
internal readonly record struct PssParameters(HashAlgorithmName Hash, int SaltLength)
{
    private const string Mgf1Oid = "1.2.840.113549.1.1.8";
    private const byte Trailer = 0xBC;

    /// <summary>
    /// RSASSA-PSS-params ::= SEQUENCE { hash [0], maskGen [1], saltLength [2], trailer [3] }, each with a default.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> encoded, out PssParameters parameters)
    {
        parameters = default;
        try
        {
            AsnReader reader = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
            HashAlgorithmName? hash = Next(reader, 0) is { } field ? ReadHash(field) : HashAlgorithmName.SHA1;
            HashAlgorithmName? maskHash = Next(reader, 1) is { } mask ? ReadMask(mask) : HashAlgorithmName.SHA1;
            int saltLength = 20;
            bool isSmall = Next(reader, 2) is not { } salt || salt.TryReadInt32(out saltLength);
            BigInteger trailer = Next(reader, 3)?.ReadInteger() ?? 1;
            if (reader.HasData || hash is null || hash != maskHash || !isSmall || saltLength < 0 || trailer != 1)
            {
                return false;
            }

            parameters = new PssParameters(hash.Value, saltLength);
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Verifies a signature.</summary>
    /// <exception cref="AsnContentException">The key can't be read.</exception>
    public bool Verify(SignedContent signed, PublicKey key)
    {
        var info = PublicKeyInfo.Of(key);
        if (info.Algorithm != PublicKeyInfo.Rsa)
        {
            return false;
        }

        RsaNumbers rsa = info.ReadRsaNumbers();
        var signature = new BigInteger(signed.Signature, isUnsigned: true, isBigEndian: true);
        if (rsa.Modulus.Sign <= 0 || rsa.Exponent.Sign <= 0 || signature >= rsa.Modulus)
        {
            return false;
        }

        // A longer exponent serves nothing but to keep the CSMS busy.
        if (rsa.Exponent.GetBitLength() > 64)
        {
            return false;
        }

        int bits = (int)rsa.Modulus.GetBitLength() - 1;
        byte[] number = BigInteger
            .ModPow(signature, rsa.Exponent, rsa.Modulus)
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] encoded = new byte[(bits + 7) / 8];
        if (number.Length > encoded.Length)
        {
            return false;
        }

        number.CopyTo(encoded, encoded.Length - number.Length);
        return VerifyEncoded(encoded, bits, signed.Content.Span);
    }

    // EMSA-PSS-VERIFY, RFC 8017 section 9.1.2.
    private bool VerifyEncoded(byte[] encoded, int bits, ReadOnlySpan<byte> message)
    {
        byte[] messageHash = HashOf(message);
        int maskedLength = encoded.Length - messageHash.Length - 1;
        if (maskedLength < SaltLength + 1 || encoded[^1] != Trailer)
        {
            return false;
        }

        ReadOnlySpan<byte> hash = encoded.AsSpan(maskedLength, messageHash.Length);
        int unused = (8 * encoded.Length) - bits;
        if (encoded[0] >> (8 - unused) != 0)
        {
            return false;
        }

        byte[] block = encoded[..maskedLength];
        Unmask(block, hash);
        block[0] &= (byte)(0xFF >> unused);
        int zeros = maskedLength - SaltLength - 1;
        if (block.AsSpan(0, zeros).ContainsAnyExcept((byte)0) || block[zeros] != 1)
        {
            return false;
        }

        byte[] salted = [0, 0, 0, 0, 0, 0, 0, 0, .. messageHash, .. block.AsSpan(zeros + 1)];
        return HashOf(salted).AsSpan().SequenceEqual(hash);
    }

    // MGF1, RFC 8017 appendix B.2.1.
    private void Unmask(Span<byte> block, ReadOnlySpan<byte> seed)
    {
        byte[] input = [.. seed, 0, 0, 0, 0];
        for (uint counter = 0; block.Length > 0; counter++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input.AsSpan(seed.Length), counter);
            byte[] mask = HashOf(input);
            int length = Math.Min(mask.Length, block.Length);
            for (int i = 0; i < length; i++)
            {
                block[i] ^= mask[i];
            }

            block = block[length..];
        }
    }

    private byte[] HashOf(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(Hash);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    private static AsnReader? Next(AsnReader reader, int number)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, number);
        return reader.HasData && reader.PeekTag().HasSameClassAndValue(tag) ? reader.ReadSequence(tag) : null;
    }

    private static HashAlgorithmName? ReadMask(AsnReader field)
    {
        AsnReader algorithm = field.ReadSequence();
        return algorithm.ReadObjectIdentifier() == Mgf1Oid ? ReadHash(algorithm) : null;
    }

    private static HashAlgorithmName? ReadHash(AsnReader field) =>
        field.ReadSequence().ReadObjectIdentifier() switch
        {
            "1.3.14.3.2.26" => HashAlgorithmName.SHA1,
            "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
            "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
            "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
            _ => null,
        };
}
