using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using static Ocpp.Certificates.Tests.ForgedCsr;

namespace Ocpp.Certificates.Tests;

/// <summary>Signs with RSA-PSS (RFC 8017 section 9.1.1) and a salt of any length, which .NET 8 does not.</summary>
internal sealed class PssSignature(RSA key, int saltLength) : X509SignatureGenerator
{
    private static readonly byte[] s_sha256 = Convert.FromHexString("300D06096086480165030402010500");

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        Tlv(
            0x30,
            Oid("1.2.840.113549.1.1.10"),
            Tlv(
                0x30,
                Tlv(0xA0, s_sha256),
                Tlv(0xA1, Tlv(0x30, Oid("1.2.840.113549.1.1.8"), s_sha256)),
                Tlv(0xA2, saltLength < 128 ? [2, 1, (byte)saltLength] : [2, 2, 0, (byte)saltLength])
            )
        );

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        RSAParameters parameters = key.ExportParameters(includePrivateParameters: true);
        byte[] salt = RandomNumberGenerator.GetBytes(saltLength);
        byte[] hash = SHA256.HashData([0, 0, 0, 0, 0, 0, 0, 0, .. SHA256.HashData(data), .. salt]);
        byte[] block = new byte[256 - hash.Length - 1];
        block[^(salt.Length + 1)] = 1;
        salt.CopyTo(block, block.Length - salt.Length);
        byte[] mask = [.. Enumerable.Range(0, 8).SelectMany(i => SHA256.HashData([.. hash, 0, 0, 0, (byte)i]))];
        for (int i = 0; i < block.Length; i++)
        {
            block[i] ^= mask[i];
        }

        block[0] &= 0x7F;
        BigInteger signature = BigInteger.ModPow(
            Number([.. block, .. hash, 0xBC]),
            Number(parameters.D!),
            Number(parameters.Modulus!)
        );
        byte[] bytes = signature.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[256 - bytes.Length], .. bytes];
    }

    protected override PublicKey BuildPublicKey() => new(key);

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
