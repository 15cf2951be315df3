using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// A SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). One key can be spelled in several ways: RSA with or without
/// parameters, an EC point compressed, a curve by its name or by its numbers.
/// </summary>
/// <param name="Algorithm">The OID of the algorithm.</param>
/// <param name="Parameters">The parameters with tag and length; empty if there are none.</param>
/// <param name="Key">What the BIT STRING holds.</param>
internal sealed record PublicKeyInfo(string Algorithm, ReadOnlyMemory<byte> Parameters, ReadOnlyMemory<byte> Key)
{
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string Ec = "1.2.840.10045.2.1";

    private static readonly byte[] s_null = [5, 0];

    // All of them name the same kind of key: RSA (X.509's own), RSASSA-PSS, RSAES-OAEP; ECDH, ECMQV.
    private static readonly string[] s_rsa = [Rsa, "2.5.8.1.1", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.7"];
    private static readonly string[] s_ec = [Ec, "1.3.132.1.12", "1.3.132.1.13"];

    public static PublicKeyInfo Of(PublicKey key) =>
        new(key.Oid.Value!, key.EncodedParameters?.RawData ?? ReadOnlyMemory<byte>.Empty, key.EncodedKeyValue.RawData);

    /// <exception cref="AsnContentException">It isn't a SubjectPublicKeyInfo.</exception>
    public static PublicKeyInfo Read(ReadOnlyMemory<byte> encoded)
    {
        AsnReader info = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        AsnReader algorithm = info.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        ReadOnlyMemory<byte> parameters = algorithm.HasData ? algorithm.ReadEncodedValue() : default;
        algorithm.ThrowIfNotEmpty();
        byte[] key = info.ReadBitString(out int unusedBits);
        if (unusedBits != 0)
        {
            throw new AsnContentException();
        }

        info.ThrowIfNotEmpty();
        return new PublicKeyInfo(oid, parameters, key);
    }

    /// <summary>
    /// The one spelling of the key: as DER has it, the point uncompressed, the curve by its name, the algorithm RSA
    /// or EC without a restriction. A key that can't be read stays as it is.
    /// </summary>
    public PublicKeyInfo Canonical()
    {
        try
        {
            if (s_rsa.Contains(Algorithm) && ReadRsa() is { } rsa)
            {
                return rsa;
            }

            if (s_ec.Contains(Algorithm) && EcDomain.Find(Parameters) is { } domain)
            {
                return new PublicKeyInfo(Ec, EncodeOid(domain.Oid), domain.Uncompress(Key.Span) ?? Key);
            }
        }
        catch (AsnContentException)
        {
            // A broken key is the same as another only if its bytes are.
        }

        return this;
    }

    /// <summary>
    /// The key as .NET can use it: .NET reads no compressed points. A curve that is spelled out stays so, for it is
    /// refused.
    /// </summary>
    public PublicKey ToPublicKey()
    {
        bool isNamedCurve = Parameters.Length > 0 && Parameters.Span[0] == (byte)UniversalTagNumber.ObjectIdentifier;
        PublicKeyInfo usable = Algorithm == Rsa || (Algorithm == Ec && isNamedCurve) ? Canonical() : this;
        return new PublicKey(
            new Oid(usable.Algorithm),
            new AsnEncodedData(usable.Parameters.Span),
            new AsnEncodedData(usable.Key.Span)
        );
    }

    /// <summary>The key as it is spelled here, in DER.</summary>
    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Algorithm);
                if (Parameters.Length > 0)
                {
                    writer.WriteEncodedValue(Parameters.Span);
                }
            }

            writer.WriteBitString(Key.Span);
        }

        return writer.Encode();
    }

    /// <summary>Modulus and exponent of an RSA key.</summary>
    /// <exception cref="AsnContentException">It isn't an RSAPublicKey (RFC 8017 appendix A.1.1).</exception>
    public RsaNumbers ReadRsaNumbers()
    {
        AsnReader numbers = new AsnReader(Key, AsnEncodingRules.BER).ReadSequence();
        var read = new RsaNumbers(numbers.ReadInteger(), numbers.ReadInteger());
        numbers.ThrowIfNotEmpty();
        return read;
    }

    private PublicKeyInfo ReadRsa()
    {
        RsaNumbers numbers = ReadRsaNumbers();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(numbers.Modulus);
            writer.WriteInteger(numbers.Exponent);
        }

        return new PublicKeyInfo(Rsa, s_null, writer.Encode());
    }

    private static byte[] EncodeOid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return writer.Encode();
    }
}
