using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ocpp.Security;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>
/// Hashes of the passwords of stations: PBKDF2 with HMAC-SHA-256 and a random salt, as a text that says so. That of a
/// password (BasicAuthPassword) is <c>$pbkdf2-sha256$i=100000$SALT$HASH</c>, and that of a key (AuthorizationKey of
/// OCPP 1.6) <c>$pbkdf2-sha256-key$i=100000$SALT$HASH</c>: the hash decides what is compared, because a station
/// authenticates before the version is agreed on.
/// </summary>
public static class OcppPassword
{
    /// <summary>The fewest characters a password has, in Unicode code points.</summary>
    public const int MinLength = PasswordForm.MinLength;

    /// <summary>The most characters a password has, in Unicode code points.</summary>
    public const int MaxLength = PasswordForm.MaxLength;

    /// <summary>The size of a key in bytes.</summary>
    public const int KeySize = PasswordForm.KeySize;

    /// <summary>
    /// The rounds of PBKDF2 by default: some tens of milliseconds. They guard passwords that people chose; one of 16
    /// random characters needs no guard, and a CSMS checks one for each station when all connect at once after a
    /// restart.
    /// </summary>
    public const int DefaultIterations = 100_000;

    private const string TextScheme = "pbkdf2-sha256";
    private const string KeyScheme = "pbkdf2-sha256-key";
    private const string IterationsKey = "i=";
    private const int SaltSize = 16;
    private const int HashSize = 32;

    /// <summary>Makes the hash of a password, to be stored.</summary>
    /// <exception cref="ArgumentException">
    /// The password has not 16 to 40 characters, or one of them is a control character, such as NUL, which HTTP Basic
    /// can't have (RFC 7617 section 2): no station could log in with it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one round.</exception>
    public static string Hash(string password, int iterations = DefaultIterations)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (!PasswordForm.IsText(password))
        {
            throw new ArgumentException(
                "A password must have 16 to 40 characters and no control character.",
                nameof(password)
            );
        }

        return Hash(TextScheme, Encoding.UTF8.GetBytes(password), iterations);
    }

    /// <summary>
    /// Makes the hash of a key of 20 bytes, to be stored: AuthorizationKey of OCPP 1.6. A station is let in with these
    /// bytes as they are, and with their 40 hexadecimal digits, which are upper or lower case. A configuration has the
    /// digits: <c>HashKey(Convert.FromHexString(digits))</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The key has another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one round.</exception>
    public static string HashKey(ReadOnlySpan<byte> key, int iterations = DefaultIterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        return key.Length == KeySize
            ? Hash(KeyScheme, key, iterations)
            : throw new ArgumentException("A key must have 20 bytes.", nameof(key));
    }

    /// <summary>Whether a password is the one that was hashed. The hashes are compared in constant time.</summary>
    /// <exception cref="FormatException">
    /// The hash is neither one that <see cref="Hash(string, int)"/> made nor one that <see cref="HashKey"/> made.
    /// </exception>
    public static bool Verify(string password, string hash)
    {
        ArgumentNullException.ThrowIfNull(password);
        // Half a surrogate pair has no bytes, and must not become those of another character.
        return Verify(PasswordForm.IsText(password) ? Encoding.UTF8.GetBytes(password) : [], hash);
    }

    /// <summary>Whether a password is the one that was hashed, as HTTP Basic has it: in bytes.</summary>
    /// <inheritdoc cref="Verify(string, string)"/>
    public static bool Verify(ReadOnlySpan<byte> password, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        (bool isOfKey, int iterations, byte[] salt, byte[] expected) = Parse(hash);
        Span<byte> key = stackalloc byte[KeySize];
        if (isOfKey ? !PasswordForm.TryReadKey(password, key) : !PasswordForm.IsText(password))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(
            Derive(isOfKey ? key : password, salt, iterations, expected.Length),
            expected
        );
    }

    /// <summary>
    /// Whether a password has the form of one, whatever the station has: otherwise it need not be hashed to be wrong.
    /// </summary>
    internal static bool IsPossible(ReadOnlySpan<byte> password) =>
        password.Length == KeySize || PasswordForm.IsText(password);

    private static string Hash(string scheme, ReadOnlySpan<byte> password, int iterations)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        byte[] hash = Derive(password, salt, iterations, HashSize);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"${scheme}${IterationsKey}{iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}"
        );
    }

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations, int size) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, size);

    private static (bool IsOfKey, int Iterations, byte[] Salt, byte[] Hash) Parse(string hash)
    {
        if (
            hash.Split('$') is ["", (TextScheme or KeyScheme) and var scheme, var rounds, var salt, var expected]
            && rounds.StartsWith(IterationsKey, StringComparison.Ordinal)
            && int.TryParse(
                rounds.AsSpan(IterationsKey.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int iterations
            )
            && iterations > 0
            && Convert.FromBase64String(expected) is { Length: HashSize } bytes
        )
        {
            return (scheme == KeyScheme, iterations, Convert.FromBase64String(salt), bytes);
        }

        throw new FormatException(
            $"The hash of a password begins with ${TextScheme}$ or ${KeyScheme}$, which has rounds, salt and "
                + $"hash behind it."
        );
    }
}
