using System.Buffers;
using System.Text;

namespace Ocpp.Security;

/// <summary>
/// The two forms of a password of HTTP Basic: text (BasicAuthPassword, A00.FR.205), and a key of bytes that are not
/// text (AuthorizationKey of OCPP 1.6). Which one a station has is known from its account, never from a version: a
/// station authenticates before the version is agreed on.
/// </summary>
internal static class PasswordForm
{
    /// <summary>The fewest characters of a text, in Unicode code points.</summary>
    public const int MinLength = 16;

    /// <summary>The most characters of a text, in Unicode code points.</summary>
    public const int MaxLength = 40;

    /// <summary>The size of a key in bytes.</summary>
    public const int KeySize = 20;

    private const int MaxUtf8Size = 4 * MaxLength;

    /// <summary>
    /// Whether a password is a text: well-formed, of 16 to 40 characters, none of them a control character, which HTTP
    /// Basic can't have (RFC 7617 section 2).
    /// </summary>
    public static bool IsText(ReadOnlySpan<char> password) =>
        password.Length <= 2 * MaxLength
        && IsText(password, static (text, out rune, out length) => Rune.DecodeFromUtf16(text, out rune, out length));

    /// <summary>Whether what was received in UTF-8 is a text.</summary>
    /// <inheritdoc cref="IsText(ReadOnlySpan{char})"/>
    public static bool IsText(ReadOnlySpan<byte> password) =>
        password.Length <= MaxUtf8Size
        && IsText(password, static (text, out rune, out length) => Rune.DecodeFromUtf8(text, out rune, out length));

    /// <summary>
    /// Whether what was received may be a key, in its bytes or in the hexadecimal digits that a configuration has.
    /// </summary>
    /// <param name="password">What was received.</param>
    /// <param name="key">Where to put the bytes of the key.</param>
    public static bool TryReadKey(ReadOnlySpan<byte> password, Span<byte> key)
    {
        if (password.Length == KeySize)
        {
            password.CopyTo(key);
            return true;
        }

        if (password.Length != 2 * KeySize)
        {
            return false;
        }

        for (int i = 0; i < password.Length; i++)
        {
            if (!char.IsAsciiHexDigit((char)password[i]))
            {
                return false;
            }
        }

        Convert.FromHexString(Encoding.ASCII.GetString(password)).CopyTo(key);
        return true;
    }

    private static bool IsText<T>(ReadOnlySpan<T> rest, Decoder<T> decode)
    {
        int count = 0;
        while (!rest.IsEmpty)
        {
            if (decode(rest, out Rune rune, out int length) != OperationStatus.Done || Rune.IsControl(rune))
            {
                return false;
            }

            count++;
            rest = rest[length..];
        }

        return count is >= MinLength and <= MaxLength;
    }

    private delegate OperationStatus Decoder<T>(ReadOnlySpan<T> text, out Rune rune, out int length);
}
