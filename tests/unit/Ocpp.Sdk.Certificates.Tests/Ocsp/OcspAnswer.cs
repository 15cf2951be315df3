using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Tests;

/// <summary>What a responder answers, before it is signed: a test changes what it is about.</summary>
internal sealed record OcspAnswer
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string NonceOid = "1.3.6.1.5.5.7.48.1.2";
    private const string BasicOid = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>The CertIDs in DER, each with the same status.</summary>
    public required IReadOnlyList<byte[]> CertificateIds { get; init; }

    /// <summary>0 good, 1 revoked, 2 unknown.</summary>
    public int Status { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public DateTimeOffset? NextUpdate { get; init; }

    public byte[]? Nonce { get; init; }

    /// <summary>Whose name the response has.</summary>
    public required X509Certificate2 Responder { get; init; }

    /// <summary>Names the responder by its key in place of its name.</summary>
    public bool NamesKey { get; init; }

    public required Func<byte[], byte[]> Sign { get; init; }

    public string SignatureAlgorithm { get; init; } = EcdsaWithSha256;

    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>An extension of the response that is not known.</summary>
    public bool? UnknownExtensionIsCritical { get; init; }

    /// <summary>Writes an OCSPResponse.</summary>
    public byte[] Encode()
    {
        byte[] data = EncodeData();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(data);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(SignatureAlgorithm);
            }

            writer.WriteBitString(Sign(data));
            if (Certificates.Count > 0)
            {
                using (writer.PushSequence(Tag(0)))
                using (writer.PushSequence())
                {
                    foreach (X509Certificate2 certificate in Certificates)
                    {
                        writer.WriteEncodedValue(certificate.RawData);
                    }
                }
            }
        }

        return Wrap(writer.Encode());
    }

    /// <summary>Writes an OCSPResponse that is an error.</summary>
    public static byte[] Error(byte status) => [0x30, 3, 0x0a, 1, status];

    private byte[] EncodeData()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteResponder(writer);
            writer.WriteGeneralizedTime(ThisUpdate, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (byte[] id in CertificateIds)
                {
                    WriteSingle(writer, id);
                }
            }

            WriteExtensions(writer);
        }

        return writer.Encode();
    }

    private void WriteResponder(AsnWriter writer)
    {
        using (writer.PushSequence(Tag(NamesKey ? 2 : 1)))
        {
            if (NamesKey)
            {
#pragma warning disable CA5350 // The hash of a responder's key is SHA-1 by definition (RFC 6960 section 4.2.1).
                writer.WriteOctetString(
                    System.Security.Cryptography.SHA1.HashData(Responder.PublicKey.EncodedKeyValue.RawData)
                );
#pragma warning restore CA5350
            }
            else
            {
                writer.WriteEncodedValue(Responder.SubjectName.RawData);
            }
        }
    }

    private void WriteSingle(AsnWriter writer, byte[] id)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(id);
            if (Status == 1)
            {
                using (writer.PushSequence(Tag(1)))
                {
                    writer.WriteGeneralizedTime(ThisUpdate.AddDays(-1), omitFractionalSeconds: true);
                    using (writer.PushSequence(Tag(0)))
                    {
                        writer.WriteEncodedValue([0x0a, 1, 1]); // keyCompromise
                    }
                }
            }
            else
            {
                writer.WriteNull(Tag(Status));
            }

            writer.WriteGeneralizedTime(ThisUpdate, omitFractionalSeconds: true);
            if (NextUpdate is { } next)
            {
                using (writer.PushSequence(Tag(0)))
                {
                    writer.WriteGeneralizedTime(next, omitFractionalSeconds: true);
                }
            }
        }
    }

    private void WriteExtensions(AsnWriter writer)
    {
        if (Nonce is null && UnknownExtensionIsCritical is null)
        {
            return;
        }

        using (writer.PushSequence(Tag(1)))
        using (writer.PushSequence())
        {
            if (Nonce is not null)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(NonceOid);
                    using (writer.PushOctetString())
                    {
                        writer.WriteOctetString(Nonce);
                    }
                }
            }

            if (UnknownExtensionIsCritical is { } isCritical)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.3.4");
                    if (isCritical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString([5, 0]);
                }
            }
        }
    }

    private static byte[] Wrap(byte[] basic)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([0x0a, 1, 0]); // successful
            using (writer.PushSequence(Tag(0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(BasicOid);
                writer.WriteOctetString(basic);
            }
        }

        return writer.Encode();
    }

    private static Asn1Tag Tag(int value) => new(TagClass.ContextSpecific, value);
}
