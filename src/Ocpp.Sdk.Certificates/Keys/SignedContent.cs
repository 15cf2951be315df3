using System.Formats.Asn1;

namespace Ocpp.Certificates.Keys;

/// <summary>
/// What certificates (RFC 5280 section 4.1.1), CSRs (RFC 2986 section 4.2) and OCSP responses (RFC 6960 section 4.2.1)
/// are: content, algorithm, signature.
/// </summary>
/// <param name="Content">The signed bytes, as they were sent.</param>
/// <param name="Algorithm">The OID of the signature's algorithm.</param>
/// <param name="Parameters">The algorithm's parameters with tag and length; empty if there are none.</param>
/// <param name="Signature">The signature.</param>
internal sealed record SignedContent(
    ReadOnlyMemory<byte> Content,
    string Algorithm,
    ReadOnlyMemory<byte> Parameters,
    byte[] Signature
)
{
    /// <summary>Reads a certificate or a CSR; what follows it is left alone.</summary>
    /// <exception cref="AsnContentException">It is neither.</exception>
    public static SignedContent Read(ReadOnlyMemory<byte> encoded)
    {
        AsnReader parts = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        SignedContent signed = Read(parts);
        parts.ThrowIfNotEmpty();
        return signed;
    }

    /// <summary>Reads content, algorithm and signature; what follows them is left in the reader.</summary>
    /// <exception cref="AsnContentException">They are not there.</exception>
    public static SignedContent Read(AsnReader parts)
    {
        ReadOnlyMemory<byte> content = parts.ReadEncodedValue();
        AsnReader algorithm = parts.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        ReadOnlyMemory<byte> parameters = algorithm.HasData ? algorithm.ReadEncodedValue() : default;
        algorithm.ThrowIfNotEmpty();
        byte[] signature = parts.ReadBitString(out int unusedBits);
        return unusedBits == 0
            ? new SignedContent(content, oid, parameters, signature)
            : throw new AsnContentException();
    }
}
