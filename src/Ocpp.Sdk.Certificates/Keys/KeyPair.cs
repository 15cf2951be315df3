using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Keys;

/// <summary>A key pair in memory, EC or RSA.</summary>
internal sealed class KeyPair : IStationKey
{
    private readonly AsymmetricAlgorithm _key;

    private KeyPair(ECDsa key)
    {
        _key = key;
        SignatureGenerator = X509SignatureGenerator.CreateForECDsa(key);
        Id = PublicKeyId.Of(PublicKey);
    }

    private KeyPair(RSA key)
    {
        _key = key;
        SignatureGenerator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        Id = PublicKeyId.Of(PublicKey);
    }

    public PublicKeyId Id { get; }

    public PublicKey PublicKey => SignatureGenerator.PublicKey;

    public X509SignatureGenerator SignatureGenerator { get; }

    public static KeyPair Create(StationKeyAlgorithm algorithm) =>
        algorithm.Curve is { } curve ? new KeyPair(ECDsa.Create(curve)) : new KeyPair(RSA.Create(algorithm.KeySize));

    /// <summary>Reads what <see cref="ExportPem"/> wrote, or a PKCS#8 key in PEM that was made elsewhere.</summary>
    public static bool TryImportPem(string pem, [NotNullWhen(true)] out KeyPair? key)
    {
        key = Import(ECDsa.Create, pem, ec => new KeyPair(ec)) ?? Import(RSA.Create, pem, rsa => new KeyPair(rsa));
        return key is not null;
    }

    /// <summary>The private key: PKCS#8 in PEM, to be overwritten after use.</summary>
    public char[] ExportPem()
    {
        byte[] pkcs8 = _key.ExportPkcs8PrivateKey();
        try
        {
            return PemEncoding.Write("PRIVATE KEY", pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    public X509Certificate2 UseForTls(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (PublicKeyId.Of(certificate.PublicKey) != Id)
        {
            throw new ArgumentException("The certificate is for another key.", nameof(certificate));
        }

        return _key is ECDsa ec ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey((RSA)_key);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>The id, and nothing of the private half.</summary>
    public override string ToString() => Id.Value;

    private static KeyPair? Import<TKey>(Func<TKey> create, string pem, Func<TKey, KeyPair> wrap)
        where TKey : AsymmetricAlgorithm
    {
        TKey key = create();
        try
        {
            key.ImportFromPem(pem);
            return wrap(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // Another kind of key, or no key. The exception is dropped, for it could quote the file.
            key.Dispose();
            return null;
        }
    }
}
