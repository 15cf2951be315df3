using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocpp.Certificates.Keys;

namespace Ocpp.Certificates.Tests;

/// <summary>What keys are told apart by.</summary>
public class PublicKeyIdTests
{
    [Fact]
    public void An_id_survives_its_text()
    {
        PublicKeyId id = TestCsr.New().KeyId;

        Assert.Equal(id, PublicKeyId.Parse(id.ToString()));
        Assert.NotEqual(id, TestCsr.New().KeyId);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void An_id_is_the_hash_of_the_exported_key(StationKeyAlgorithm algorithm)
    {
        using KeyPair key = KeyPair.Create(algorithm);

        Assert.Equal(
            Convert.ToHexString(SHA256.HashData(key.PublicKey.ExportSubjectPublicKeyInfo())),
            key.Id.Value,
            ignoreCase: true
        );
    }

    [Theory]
    [InlineData("secp224r1")] // its square roots are the hard ones
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    [InlineData("brainpoolP256r1")]
    public void Compressed_hybrid_and_spelled_out_EC_keys_are_the_same_key(string curve)
    {
        for (int i = 0; i < 4; i++) // odd and even points
        {
            using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
            var plain = PublicKeyInfo.Of(new PublicKey(key));
            byte[] x = plain.Key[1..(1 + ((plain.Key.Length - 1) / 2))].ToArray();
            byte[] y = plain.Key[(1 + x.Length)..].ToArray();
            byte parity = (byte)(y[^1] & 1);
            PublicKeyId id = PublicKeyId.Of(new PublicKey(key));

            Assert.Equal(
                id,
                PublicKeyId.Of(
                    plain with
                    {
                        Key = new byte[] { (byte)(2 + parity) }
                            .Concat(x)
                            .ToArray(),
                    }
                )
            );
            Assert.Equal(
                id,
                PublicKeyId.Of(
                    plain with
                    {
                        Key = new byte[] { (byte)(6 + parity) }
                            .Concat(x)
                            .Concat(y)
                            .ToArray(),
                    }
                )
            );
            Assert.Equal(
                id,
                PublicKeyId.Of(plain with { Parameters = SpellOut(key.ExportExplicitParameters(false).Curve) })
            );
            Assert.Equal(id, PublicKeyId.Of(plain with { Algorithm = "1.3.132.1.12" }));
            Assert.NotEqual(
                id,
                PublicKeyId.Of(
                    plain with
                    {
                        Key = new byte[] { (byte)(3 - parity) }
                            .Concat(x)
                            .ToArray(),
                    }
                )
            );
        }
    }

    [Fact]
    public void RSA_keys_with_other_parameters_or_another_algorithm_are_the_same_key()
    {
        using var key = RSA.Create(2048);
        var plain = PublicKeyInfo.Of(new PublicKey(key));
        PublicKeyId id = PublicKeyId.Of(new PublicKey(key));

        Assert.Equal(id, PublicKeyId.Of(plain with { Parameters = default }));
        Assert.Equal(id, PublicKeyId.Of(plain with { Parameters = new byte[] { 0x30, 0 } }));
        Assert.Equal(id, PublicKeyId.Of(plain with { Algorithm = "1.2.840.113549.1.1.10" }));
        Assert.Equal(id, PublicKeyId.Of(plain with { Algorithm = "2.5.8.1.1" }));
        Assert.Equal(id, PublicKeyId.Of(plain with { Key = WithLongLength(plain.Key.ToArray()) }));
    }

    [Fact]
    public void A_key_that_cannot_be_read_is_known_by_its_bytes()
    {
        var broken = new PublicKeyInfo(PublicKeyInfo.Ec, new byte[] { 5, 0 }, new byte[] { 9 });

        Assert.Equal(PublicKeyId.Of(broken), PublicKeyId.Of(broken with { Key = new byte[] { 9 } }));
        Assert.NotEqual(PublicKeyId.Of(broken), PublicKeyId.Of(broken with { Key = new byte[] { 8 } }));
    }

    private static byte[] WithLongLength(byte[] sequence) =>
        [0x30, 0x83, 0, sequence[2], sequence[3], .. sequence[4..]];

    private static byte[] SpellOut(ECCurve curve)
    {
        static byte[] Integer(byte[] number) => ForgedCsr.Tlv(2, number[0] < 128 ? number : [0, .. number]);

        return ForgedCsr.Tlv(
            0x30,
            [2, 1, 1],
            ForgedCsr.Tlv(0x30, ForgedCsr.Oid("1.2.840.10045.1.1"), Integer(curve.Prime!)),
            ForgedCsr.Tlv(0x30, ForgedCsr.Tlv(4, curve.A!), ForgedCsr.Tlv(4, curve.B!)),
            ForgedCsr.Tlv(4, [4], curve.G.X!, curve.G.Y!),
            Integer(curve.Order!),
            [2, 1, 1]
        );
    }

    public static TheoryData<StationKeyAlgorithm> Algorithms =>
        [StationKeyAlgorithm.EcP256, StationKeyAlgorithm.EcP521, StationKeyAlgorithm.Rsa(2048)];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/pass")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void Other_text_is_no_id(string? text) => Assert.False(PublicKeyId.TryParse(text, out _));
}
