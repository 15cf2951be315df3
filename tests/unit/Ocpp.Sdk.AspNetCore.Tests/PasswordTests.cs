using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore.Tests;

public sealed class PasswordTests
{
    private const string Password = "0123456789abcdef";

    [Fact]
    public void A_password_is_that_of_its_hash_and_another_is_not()
    {
        string hash = OcppPassword.Hash(Password);

        Assert.StartsWith("$pbkdf2-sha256$i=100000$", hash, StringComparison.Ordinal);
        Assert.True(OcppPassword.Verify(Password, hash));
        Assert.False(OcppPassword.Verify("0123456789abcdeF", hash));
        Assert.False(OcppPassword.Verify("", hash));
    }

    [Fact]
    public void The_same_password_has_another_hash_each_time() =>
        Assert.NotEqual(OcppPassword.Hash(Password, 1), OcppPassword.Hash(Password, 1));

    // Computed with Python's hashlib.pbkdf2_hmac.
    [Fact]
    public void A_hash_is_PBKDF2_with_HMAC_SHA_256() =>
        Assert.True(
            OcppPassword.Verify(
                Password,
                "$pbkdf2-sha256$i=1000$AAECAwQFBgcICQoLDA0ODw==$0m4CixR5YlnEXk+wgYrvSDATJQnxuvlEmKBPbr6c3Q0="
            )
        );

    [Theory]
    [InlineData(15)]
    [InlineData(41)]
    [InlineData(0)]
    public void A_password_that_has_not_16_to_40_characters_gets_no_hash(int length) =>
        Assert.Throws<ArgumentException>(() => OcppPassword.Hash(new string('a', length)));

    [Theory]
    [InlineData(16)]
    [InlineData(40)]
    public void A_password_of_16_and_one_of_40_characters_can_be_used(int length) =>
        Assert.True(OcppPassword.Verify(new string('a', length), OcppPassword.Hash(new string('a', length), 1)));

    [Fact]
    public void The_length_of_a_password_counts_code_points()
    {
        string password = string.Concat(Enumerable.Repeat("😀", 40));

        Assert.True(OcppPassword.Verify(password, OcppPassword.Hash(password, 1)));
        Assert.Throws<ArgumentException>(() => OcppPassword.Hash(password + "1", 1));
        Assert.Throws<ArgumentException>(() => OcppPassword.Hash(password[..30], 1));
    }

    [Theory]
    [InlineData("0123456789abcde\0")]
    [InlineData("0123456789\0abcdef")]
    [InlineData("0123456789\nabcdef")]
    [InlineData("0123456789\u007fabcdef")]
    [InlineData("0123456789\u0085abcdef")]
    public void A_password_that_HTTP_Basic_can_not_have_gets_no_hash_and_is_never_right(string password)
    {
        var exception = Assert.Throws<ArgumentException>(nameof(password), () => OcppPassword.Hash(password, 1));

        Assert.StartsWith(
            "A password must have 16 to 40 characters and no control character.",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(password, exception.Message, StringComparison.Ordinal);
        Assert.False(OcppPassword.Verify(password, OcppPassword.Hash(Password, 1)));
    }

    [Fact]
    public void A_password_with_half_a_surrogate_pair_gets_no_hash() =>
        Assert.Throws<ArgumentException>("password", () => OcppPassword.Hash("0123456789abcde\ud83d", 1));

    // HMAC pads its key with zeros: without a check of its own this would be the same password.
    [Fact]
    public void A_password_with_a_NUL_behind_it_is_another_one() =>
        Assert.False(OcppPassword.Verify(Password + "\0", OcppPassword.Hash(Password, 1)));

    // With so many rounds it would take minutes.
    [Theory]
    [InlineData(15)]
    [InlineData(41)]
    [InlineData(1_000_000)]
    public void A_password_that_none_can_be_is_refused_before_it_is_hashed(int length) =>
        Assert.False(
            OcppPassword.Verify(
                new string('a', length),
                "$pbkdf2-sha256$i=2147483647$AAECAwQFBgcICQoLDA0ODw==$0m4CixR5YlnEXk+wgYrvSDATJQnxuvlEmKBPbr6c3Q0="
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData(Password)]
    [InlineData("$pbkdf2-sha256$i=0$AAECAwQFBgcICQoLDA0ODw==$AAECAwQFBgcICQoLDA0OD0AAECAwQFBgcICQoLDA0OD0A=")]
    [InlineData("$pbkdf2-sha256$i=1$AAECAwQFBgcICQoLDA0ODw==$AAEC")]
    [InlineData("$pbkdf2-sha256$i=1$?$?")]
    [InlineData("$argon2id$v=19$AAEC$AAEC")]
    public void A_hash_in_another_form_is_an_error_and_no_wrong_password(string hash) =>
        Assert.Throws<FormatException>(() => OcppPassword.Verify(Password, hash));
}
