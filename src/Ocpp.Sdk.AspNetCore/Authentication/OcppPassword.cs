using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>
/// Hashes of the passwords of stations (BasicAuthPassword): PBKDF2 with HMAC-SHA-256 and a random salt, as a text that
/// says so: <c>$pbkdf2-sha256$i=100000$SALT$HASH</c>.
/// </summary>
public static class OcppPassword
{
    /// <summary>The fewest characters a password has, in Unicode code points.</summary>
    public const int MinLength = 16;

    /// <summary>The most characters a password has, in Unicode code points.</summary>
    public const int MaxLength = 40;

    /// <summary>
    /// The rounds of PBKDF2 by default: some tens of milliseconds. They guard passwords that people chose; one of 16
    /// random characters needs no guard, and a CSMS checks one for each station when all connect at once after a
    /// restart.
    /// </summary>
    public const int DefaultIterations = 100_000;

    private const string Scheme = "pbkdf2-sha256";
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
        if (!IsAllowed(password))
        {
            throw new ArgumentException(
                "A password must have 16 to 40 characters and no control character.",
                nameof(password)
            );
        }

        byte[] salt = RandomNumberGenerator.GetBytes(SaltSize);
        return Format(iterations, salt, Derive(password, salt, iterations, HashSize));
    }

    /// <summary>Whether a password is the one that was hashed. The hashes are compared in constant time.</summary>
    /// <exception cref="FormatException">The hash is not one that <see cref="Hash"/> made.</exception>
    public static bool Verify(string password, string hash)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(hash);
        (int iterations, byte[] salt, byte[] expected) = Parse(hash);
        return IsAllowed(password)
            && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations, expected.Length), expected);
    }

    /// <summary>Whether a password has the form of one: otherwise it need not be hashed to be wrong.</summary>
    internal static bool IsAllowed(string password)
    {
        // Of more UTF-16 units it has more code points, too, whatever they are.
        if (password.Length is < MinLength or > 2 * MaxLength)
        {
            return false;
        }

        int count = 0;
        ReadOnlySpan<char> rest = password;
        while (!rest.IsEmpty)
        {
            if (
                Rune.DecodeFromUtf16(rest, out Rune rune, out int length) != OperationStatus.Done
                || Rune.IsControl(rune)
            )
            {
                return false;
            }

            count++;
            rest = rest[length..];
        }

        return count is >= MinLength and <= MaxLength;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations, int size) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, size);

    private static string Format(int iterations, byte[] salt, byte[] hash) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"${Scheme}${IterationsKey}{iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}"
        );

    private static (int Iterations, byte[] Salt, byte[] Hash) Parse(string hash)
    {
        if (
            hash.Split('$') is ["", Scheme, var rounds, var salt, var expected]
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
            return (iterations, Convert.FromBase64String(salt), bytes);
        }

        throw new FormatException(
            $"The hash of a password begins with ${Scheme}$, which has rounds, salt and hash behind it."
        );
    }
}
