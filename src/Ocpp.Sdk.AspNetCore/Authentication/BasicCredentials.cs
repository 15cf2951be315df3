using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>What an Authorization header of HTTP Basic holds (RFC 7617).</summary>
/// <param name="UserName">The user name, which is UTF-8 without control characters.</param>
/// <param name="Password">
/// The password as it was received: it may be the key of a station, which need not be text.
/// </param>
internal sealed record BasicCredentials(string UserName, byte[] Password)
{
    private const string Prefix = "Basic ";

    private static readonly UTF8Encoding s_utf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static bool TryRead(string? header, [NotNullWhen(true)] out BasicCredentials? credentials)
    {
        credentials = null;
        if (header is null || !header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        byte[] bytes = new byte[header.Length];
        if (!Convert.TryFromBase64Chars(header.AsSpan(Prefix.Length).Trim(), bytes, out int count))
        {
            return false;
        }

        // A user name has no colon; a password may have some. A user name has no control character (RFC 7617 section
        // 2).
        int colon = bytes.AsSpan(0, count).IndexOf((byte)':');
        if (colon < 0 || !TryDecode(bytes.AsSpan(0, colon), out string? userName) || userName.Any(char.IsControl))
        {
            return false;
        }

        credentials = new BasicCredentials(userName, bytes[(colon + 1)..count]);
        return true;
    }

    // The record's own text would show the password.
    public override string ToString() => nameof(BasicCredentials);

    private static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = s_utf8.GetString(utf8);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }
}
