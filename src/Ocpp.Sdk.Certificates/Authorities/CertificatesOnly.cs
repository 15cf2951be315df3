using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Chains;

namespace Ocpp.Certificates.Authorities;

/// <summary>
/// The certificates of a PKCS#7 that has nothing but certificates, in base64: how EST answers (RFC 7030 section 4.2.3).
/// It carries no signature of its own, so that there is nothing to verify in it.
/// </summary>
internal static class CertificatesOnly
{
    private const string SignedDataOid = "1.2.840.113549.1.7.2";

    private static readonly Asn1Tag s_certificates = new(TagClass.ContextSpecific, 0);

    /// <summary>
    /// Reads the certificates, at least one, in no order that means something (RFC 5652 section 10.2.3).
    /// </summary>
    public static bool TryRead(byte[] base64, [NotNullWhen(true)] out X509Certificate2Collection? certificates)
    {
        certificates = [];
        try
        {
            byte[] ber = Convert.FromBase64String(Encoding.ASCII.GetString(base64));
            AsnReader set = FindCertificates(ber);
            while (set.HasData)
            {
                if (!ChainCertificate.TryRead(set.ReadEncodedValue().ToArray(), out ChainCertificate? certificate))
                {
                    return false;
                }

                certificates.Add(certificate.Certificate);
            }

            return certificates.Count > 0;
        }
        catch (Exception e) when (e is FormatException or AsnContentException)
        {
            return false;
        }
    }

    // ContentInfo ::= SEQUENCE { contentType, [0] SignedData }
    // SignedData ::= SEQUENCE { version, digestAlgorithms, encapContentInfo, certificates [0] IMPLICIT SET, ... }
    private static AsnReader FindCertificates(byte[] ber)
    {
        AsnReader content = new AsnReader(ber, AsnEncodingRules.BER).ReadSequence();
        if (content.ReadObjectIdentifier() != SignedDataOid)
        {
            throw new AsnContentException();
        }

        AsnReader signed = content.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        signed.ReadInteger();
        signed.ReadSetOf();
        signed.ReadSequence();
        return signed.ReadSetOf(s_certificates);
    }
}
