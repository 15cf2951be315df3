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
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/pass")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public void Other_text_is_no_id(string? text) => Assert.False(PublicKeyId.TryParse(text, out _));
}
