using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Tests.SignedMessages;

/// <summary>Certificates with their keys, made once: keys of RSA take their time.</summary>
internal static class SignatureCertificates
{
    public static X509Certificate2 P256 { get; } = Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Another one of the same kind.</summary>
    public static X509Certificate2 OtherP256 { get; } = Create(ECCurve.NamedCurves.nistP256);

    public static X509Certificate2 P384 { get; } = Create(ECCurve.NamedCurves.nistP384);

    /// <summary>Of the size of P-256, and not that curve.</summary>
    public static X509Certificate2 Brainpool { get; } = Create(ECCurve.NamedCurves.brainpoolP256r1);

    public static X509Certificate2 Rsa { get; } = CreateRsa(2048);

    public static X509Certificate2 ShortRsa { get; } = CreateRsa(1024);

    /// <summary>A certificate of a public key that a document gives, issued by another key.</summary>
    public static X509Certificate2 Of(PublicKey key)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new CertificateRequest(new X500DistinguishedName("CN=Vector"), key, HashAlgorithmName.SHA256).Create(
            P256.SubjectName,
            X509SignatureGenerator.CreateForECDsa(P256.GetECDsaPrivateKey()!),
            now.AddDays(-1),
            now.AddDays(1),
            [1]
        );
    }

    private static X509Certificate2 Create(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return SelfSigned(new CertificateRequest("CN=Signer", key, HashAlgorithmName.SHA256));
    }

    private static X509Certificate2 CreateRsa(int size)
    {
        using var key = RSA.Create(size);
        return SelfSigned(
            new CertificateRequest("CN=Signer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
    }

    private static X509Certificate2 SelfSigned(CertificateRequest request)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
