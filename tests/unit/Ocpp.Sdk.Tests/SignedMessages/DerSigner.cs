using System.Security.Cryptography.X509Certificates;
using Ocpp.SignedMessages;

namespace Ocpp.Tests.SignedMessages;

/// <summary>Returns signatures of another length than RFC 7518 has, as libraries that encode them in DER do.</summary>
internal sealed class DerSigner : IOcppMessageSigner
{
    public OcppSignatureAlgorithm Algorithm => OcppSignatureAlgorithm.ES256;

    public X509Certificate2 Certificate => SignatureCertificates.P256;

    public byte[] Sign(ReadOnlySpan<byte> data) => new byte[70];
}
