using System.Formats.Asn1;
using System.Security.Cryptography;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Ocsp;

/// <summary>A BasicOCSPResponse (RFC 6960 section 4.2.1) in DER, read once. Nothing of it is verified.</summary>
internal sealed class OcspResponse
{
    private const string BasicOid = "1.3.6.1.5.5.7.48.1.1";
    private const int MaxCertificates = 10; // a responder needs its own and few above it

    private static readonly Asn1Tag s_tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_tag1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag s_tag2 = new(TagClass.ContextSpecific, 2);

    private readonly ReadOnlyMemory<byte>? _responderName;
    private readonly byte[]? _responderKeyHash;

    /// <exception cref="AsnContentException">It can't be read.</exception>
    private OcspResponse(ReadOnlyMemory<byte> basic)
    {
        var reader = new AsnReader(basic, AsnEncodingRules.DER);
        AsnReader parts = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        Signed = SignedContent.Read(parts);
        Certificates = ReadCertificates(parts);
        parts.ThrowIfNotEmpty();

        // ResponseData ::= SEQUENCE { version [0], responderID CHOICE, producedAt, responses, extensions [1] }
        AsnReader data = new AsnReader(Signed.Content, AsnEncodingRules.DER).ReadSequence();
        if (data.PeekTag().HasSameClassAndValue(s_tag0))
        {
            data.ReadSequence(s_tag0);
        }

        if (data.PeekTag().HasSameClassAndValue(s_tag1))
        {
            _responderName = data.ReadSequence(s_tag1).ReadEncodedValue();
        }
        else
        {
            _responderKeyHash = data.ReadSequence(s_tag2).ReadOctetString();
        }

        data.ReadGeneralizedTime();
        AsnReader responses = data.ReadSequence();
        var singles = new List<OcspSingleResponse>();
        while (responses.HasData)
        {
            singles.Add(ReadSingle(responses.ReadSequence()));
        }

        Responses = singles;
        Nonce = ReadExtensions(data);
        data.ThrowIfNotEmpty();
    }

    /// <summary>The signed bytes, and the signature.</summary>
    public SignedContent Signed { get; }

    /// <summary>The certificates that were sent along.</summary>
    public IReadOnlyList<ChainCertificate> Certificates { get; }

    public IReadOnlyList<OcspSingleResponse> Responses { get; }

    /// <summary>The nonce; <see langword="null"/> if there is none.</summary>
    public byte[]? Nonce { get; }

    /// <summary>Reads a response of any status.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="response">The response; <see langword="null"/> if the status is not successful.</param>
    /// <returns>The OCSPResponseStatus: 0 if it is successful.</returns>
    /// <exception cref="AsnContentException">It is not a response.</exception>
    public static int Read(ReadOnlyMemory<byte> encoded, out OcspResponse? response)
    {
        response = null;
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        AsnReader parts = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        ReadOnlySpan<byte> status = parts.ReadEnumeratedBytes().Span;
        if (status is not [0])
        {
            return status[^1] == 0 ? 1 : status[^1]; // all that are defined have one byte
        }

        AsnReader bytes = parts.ReadSequence(s_tag0).ReadSequence();
        parts.ThrowIfNotEmpty();
        if (bytes.ReadObjectIdentifier() != BasicOid)
        {
            throw new AsnContentException();
        }

        response = new OcspResponse(bytes.ReadOctetString());
        bytes.ThrowIfNotEmpty();
        return 0;
    }

    /// <summary>Whether a certificate is that of the responder, as the response names it.</summary>
    public bool NamesResponder(ChainCertificate certificate) =>
        _responderName is { } name
            ? name.Span.SequenceEqual(certificate.Certificate.SubjectName.RawData)
            : _responderKeyHash.AsSpan().SequenceEqual(HashKey(certificate));

    // KeyHash is SHA-1 by definition, and only a name: the signature proves who the responder is.
#pragma warning disable CA5350
    private static byte[] HashKey(ChainCertificate certificate) =>
        SHA1.HashData(certificate.Certificate.PublicKey.EncodedKeyValue.RawData);
#pragma warning restore CA5350

    private static List<ChainCertificate> ReadCertificates(AsnReader parts)
    {
        var certificates = new List<ChainCertificate>();
        if (!parts.HasData)
        {
            return certificates;
        }

        AsnReader list = parts.ReadSequence(s_tag0).ReadSequence();
        while (list.HasData)
        {
            certificates.Add(
                certificates.Count < MaxCertificates
                && ChainCertificate.TryRead(list.ReadEncodedValue().ToArray(), out ChainCertificate? certificate)
                    ? certificate
                    : throw new AsnContentException()
            );
        }

        return certificates;
    }

    // SingleResponse ::= SEQUENCE { certID, certStatus CHOICE, thisUpdate, nextUpdate [0], singleExtensions [1] }
    private static OcspSingleResponse ReadSingle(AsnReader single)
    {
        var certificate = OcspCertificateId.Read(single);
        DateTimeOffset? revokedAt = null;
        OcspCertificateStatus status;
        Asn1Tag tag = single.PeekTag();
        if (tag.HasSameClassAndValue(s_tag0))
        {
            single.ReadNull(s_tag0);
            status = OcspCertificateStatus.Good;
        }
        else if (tag.HasSameClassAndValue(s_tag1))
        {
            revokedAt = single.ReadSequence(s_tag1).ReadGeneralizedTime();
            status = OcspCertificateStatus.Revoked;
        }
        else
        {
            single.ReadNull(s_tag2);
            status = OcspCertificateStatus.Unknown;
        }

        DateTimeOffset thisUpdate = single.ReadGeneralizedTime();
        DateTimeOffset? nextUpdate =
            single.HasData && single.PeekTag().HasSameClassAndValue(s_tag0)
                ? single.ReadSequence(s_tag0).ReadGeneralizedTime()
                : null;
        ReadExtensions(single);
        single.ThrowIfNotEmpty();
        return new OcspSingleResponse(certificate, status, thisUpdate, nextUpdate, revokedAt);
    }

    /// <summary>Finds the nonce; a critical extension that is not known makes the response unreadable.</summary>
    private static byte[]? ReadExtensions(AsnReader reader)
    {
        byte[]? nonce = null;
        if (!reader.HasData)
        {
            return nonce;
        }

        AsnReader extensions = reader.ReadSequence(s_tag1).ReadSequence();
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            byte[] value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (oid == OcspRequest.NonceOid)
            {
                nonce = new AsnReader(value, AsnEncodingRules.DER).ReadOctetString();
            }
            else if (isCritical)
            {
                throw new AsnContentException();
            }
        }

        return nonce;
    }
}
