using System.Security.Cryptography;

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

        Assert.Equal(Convert.ToHexString(SHA256.HashData(key.PublicKey.ExportSubjectPublicKeyInfo())), key.Id.Value, ignoreCase: true);
    }

    public static TheoryData<StationKeyAlgorithm> Algorithms => [StationKeyAlgorithm.EcP256, StationKeyAlgorithm.EcP521, StationKeyAlgorithm.Rsa(2048)];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/pass")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void Other_text_is_no_id(string? text) => Assert.False(PublicKeyId.TryParse(text, out _));
}
