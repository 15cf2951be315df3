using System.Text;
using Ocpp.AspNetCore.Authentication;

namespace Ocpp.AspNetCore.Tests;

public sealed class PasswordTests
{
    private const string Password = "0123456789abcdef";

    /// <summary>20 bytes that are neither UTF-8 nor free of control characters, nor of colons.</summary>
    private const string KeyDigits = "00ff3a80c3280a0d097f61626364e282ac01fe3a";

    private const string SlowKeyHash =
        "$pbkdf2-sha256-key$i=2147483647$AAECAwQFBgcICQoLDA0ODw==$0m4CixR5YlnEXk+wgYrvSDATJQnxuvlEmKBPbr6c3Q0=";

    private static byte[] Key => Convert.FromHexString(KeyDigits);

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

    // Computed with Python's hashlib.pbkdf2_hmac.
    [Fact]
    public void A_hash_of_a_key_is_PBKDF2_of_its_20_bytes() =>
        Assert.True(
            OcppPassword.Verify(
                Key,
                "$pbkdf2-sha256-key$i=1000$AAECAwQFBgcICQoLDA0ODw==$IRRpeh/PJ49RPS4v1L+m7/ueVgvq0uJZ3TzCTGx8w3Q="
            )
        );

    [Fact]
    public void A_key_is_right_in_its_bytes_and_in_hexadecimal_digits_of_either_case()
    {
        string hash = OcppPassword.HashKey(Key, 1);

        Assert.StartsWith("$pbkdf2-sha256-key$i=1$", hash, StringComparison.Ordinal);
        Assert.True(OcppPassword.Verify(Key, hash));
        Assert.True(OcppPassword.Verify(KeyDigits, hash));
        Assert.True(OcppPassword.Verify(KeyDigits.ToUpperInvariant(), hash));
        Assert.True(OcppPassword.Verify(Encoding.ASCII.GetBytes(KeyDigits), hash));
    }

    [Fact]
    public void Every_other_key_is_wrong()
    {
        string hash = OcppPassword.HashKey(Key, 1);

        for (int i = 0; i < Key.Length; i++)
        {
            byte[] other = Key.ToArray();
            other[i] ^= 1;
            Assert.False(OcppPassword.Verify(other, hash));
            Assert.False(OcppPassword.Verify(Convert.ToHexString(other), hash));
        }
    }

    // With so many rounds it would take minutes.
    [Theory]
    [InlineData("")]
    [InlineData("00ff3a80c3280a0d097f61626364e282ac01fe")] // 19 bytes
    [InlineData("00ff3a80c3280a0d097f61626364e282ac01fe3a00")] // 21 bytes
    public void A_key_of_another_size_gets_no_hash_and_is_refused_before_it_is_hashed(string digits)
    {
        byte[] key = Convert.FromHexString(digits);

        var exception = Assert.Throws<ArgumentException>(nameof(key), () => OcppPassword.HashKey(key, 1));

        Assert.StartsWith("A key must have 20 bytes.", exception.Message, StringComparison.Ordinal);
        Assert.False(OcppPassword.Verify(key, SlowKeyHash));
        Assert.False(OcppPassword.Verify(digits, SlowKeyHash));
    }

    [Theory]
    [InlineData("00ff3a80c3280a0d097f61626364e282ac01fe3g")]
    [InlineData("00ff3a80c3280a0d097f61626364e282ac01fe3 ")]
    [InlineData("00ff3a80c3280a0d097f61626364e282ac01feé")]
    [InlineData("00ff3a80c3280a0d097f61626364e282ac01fe3\0")]
    [InlineData("0x00ff3a80c3280a0d097f61626364e282ac01fe")]
    public void Forty_bytes_that_are_not_hexadecimal_digits_are_refused_before_they_are_hashed(string password)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(password);

        Assert.Equal(40, bytes.Length);
        Assert.False(OcppPassword.Verify(bytes, SlowKeyHash));
    }

    // HMAC pads its key with zeros: what follows must not be the same password.
    [Fact]
    public void A_key_is_never_the_password_that_it_begins_with_nor_the_text_of_its_digits()
    {
        const string NineteenCharacters = "0123456789abcdefghi";
        byte[] padded = [.. Encoding.UTF8.GetBytes(NineteenCharacters), 0];

        Assert.False(OcppPassword.Verify(padded, OcppPassword.Hash(NineteenCharacters, 1)));
        Assert.False(OcppPassword.Verify(NineteenCharacters, OcppPassword.HashKey(padded, 1)));
        Assert.False(OcppPassword.Verify(Key, OcppPassword.Hash(KeyDigits, 1)));
        Assert.False(OcppPassword.Verify(KeyDigits.ToUpperInvariant(), OcppPassword.Hash(KeyDigits, 1)));
    }

    [Fact]
    public void What_is_not_UTF_8_is_not_the_text_that_it_would_be_replaced_with()
    {
        byte[] password = [.. "0123456789abcdef"u8, 0xff];

        Assert.False(OcppPassword.Verify(password, OcppPassword.Hash(Encoding.UTF8.GetString(password), 1)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_not_the_character_that_replaces_it() =>
        Assert.False(OcppPassword.Verify("0123456789abcde\ud83d", OcppPassword.Hash("0123456789abcde\ufffd", 1)));
}
