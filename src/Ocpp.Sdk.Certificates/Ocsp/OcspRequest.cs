using System.Formats.Asn1;

namespace Ocpp.Certificates.Ocsp;

/// <summary>An OCSPRequest (RFC 6960 section 4.1.1) for one certificate, with a nonce, unsigned.</summary>
internal static class OcspRequest
{
    public const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    /// <summary>What RFC 9654 section 2.1 requires of a client, and the most that RFC 8954 allows.</summary>
    public const int NonceSize = 32;

    public static byte[] Write(OcspCertificateId certificate, byte[] nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence()) // OCSPRequest
        using (writer.PushSequence()) // tbsRequest
        {
            using (writer.PushSequence()) // requestList
            using (writer.PushSequence()) // Request
            {
                certificate.Write(writer);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2))) // requestExtensions
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(NonceOid);
                using (writer.PushOctetString())
                {
                    writer.WriteOctetString(nonce);
                }
            }
        }

        return writer.Encode();
    }
}
