using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocpp.Certificates.Tests;

/// <summary>Signs with RSA and SHA-1, which .NET itself does no more.</summary>
internal sealed class Sha1Signature(RSA key) : X509SignatureGenerator
{
    private static readonly byte[] s_sha1WithRsa = Convert.FromHexString("300d06092a864886f70d0101050500");

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => s_sha1WithRsa;

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

    protected override PublicKey BuildPublicKey() => new(key);
}
