using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ocpp.AspNetCore.Authentication;

/// <summary>What an Authorization header of HTTP Basic holds (RFC 7617).</summary>
internal sealed record BasicCredentials(string UserName, string Password)
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
        if (
            !Convert.TryFromBase64Chars(header.AsSpan(Prefix.Length).Trim(), bytes, out int count)
            || !TryDecode(bytes.AsSpan(0, count), out string? text)
        )
        {
            return false;
        }

        // Neither part may have control characters (RFC 7617 section 2).
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || text.Any(char.IsControl))
        {
            return false;
        }

        credentials = new BasicCredentials(text[..colon], text[(colon + 1)..]);
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
