using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.SignedMessages;

/// <summary>Signs messages with the private key of a certificate. Thread-safe.</summary>
public sealed class OcppCertificateSigner : IOcppMessageSigner
{
    /// <summary>Initializes the signer.</summary>
    /// <param name="certificate">
    /// The certificate with its private key: on the curve P-256, or RSA of at least 2048 bits. It is not disposed.
    /// </param>
    /// <param name="algorithm">
    /// The algorithm. Defaults to <see cref="OcppSignatureAlgorithm.ES256"/> for a key on P-256, and to
    /// <see cref="OcppSignatureAlgorithm.RS256"/> for RSA.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The certificate has no private key, or the key is not one of the algorithm.
    /// </exception>
    public OcppCertificateSigner(X509Certificate2 certificate, OcppSignatureAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Certificate = certificate;
        Algorithm =
            algorithm
            ?? (
                SignatureKey.IsFor(OcppSignatureAlgorithm.ES256, certificate)
                    ? OcppSignatureAlgorithm.ES256
                    : OcppSignatureAlgorithm.RS256
            );
        if (!certificate.HasPrivateKey || !SignatureKey.IsFor(Algorithm, certificate))
        {
            throw new ArgumentException(
                "The certificate must have a private key: P-256 for ES256, RSA of at least 2048 bits for the others.",
                nameof(certificate)
            );
        }
    }

    /// <inheritdoc/>
    public OcppSignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public X509Certificate2 Certificate { get; }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        // A key of its own for each signature: keys need not be thread-safe.
        if (Algorithm == OcppSignatureAlgorithm.ES256)
        {
            using ECDsa ecdsa = Certificate.GetECDsaPrivateKey()!;
            return ecdsa.SignData(
                data,
                SignatureKey.HashOf(Algorithm),
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
        }

        using RSA rsa = Certificate.GetRSAPrivateKey()!;
        return rsa.SignData(data.ToArray(), SignatureKey.HashOf(Algorithm), RSASignaturePadding.Pkcs1);
    }
}
