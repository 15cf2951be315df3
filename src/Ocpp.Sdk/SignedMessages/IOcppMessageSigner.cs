using System.Security.Cryptography.X509Certificates;

namespace Ocpp.SignedMessages;

/// <summary>
/// Signs messages. <see cref="OcppCertificateSigner"/> does it with the private key of a certificate; implement the
/// interface for a key elsewhere, such as in a secure element or a meter. Must be thread-safe.
/// </summary>
public interface IOcppMessageSigner
{
    /// <summary>The algorithm of the signatures.</summary>
    OcppSignatureAlgorithm Algorithm { get; }

    /// <summary>
    /// The certificate of the key. Its hash is sent with each message, so that the peer finds it (part 4, section 7.4).
    /// </summary>
    X509Certificate2 Certificate { get; }

    /// <summary>Signs data.</summary>
    /// <param name="data">What is signed, not yet hashed: the signing input of RFC 7515, section 5.1.</param>
    /// <returns>
    /// The signature; for <see cref="OcppSignatureAlgorithm.ES256"/> the 64 bytes of R and S (RFC 7518, section 3.4),
    /// not their DER encoding.
    /// </returns>
    byte[] Sign(ReadOnlySpan<byte> data);
}
