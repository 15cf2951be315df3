using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Ocpp.SignedMessages;

/// <summary>Base64url without padding (RFC 7515, section 2).</summary>
internal static class Base64Url
{
    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[(bytes.Length + 2) / 3 * 4];
        Convert.TryToBase64Chars(bytes, text, out int length);
        text.AsSpan().Replace('+', '-');
        text.AsSpan().Replace('/', '_');
        return text.AsSpan(0, length).TrimEnd('=').ToString();
    }

    /// <summary>
    /// Decodes a text. Only the one form that <see cref="Encode"/> writes is accepted: no padding, no white space, no
    /// other alphabet, and no bits set beyond the last byte.
    /// </summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.AsSpan().ContainsAnyExcept(s_alphabet))
        {
            return false;
        }

        byte[] buffer = new byte[(text.Length + 3) / 4 * 4];
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)(i < text.Length ? text[i] : '=');
        }

        buffer.AsSpan().Replace((byte)'-', (byte)'+');
        buffer.AsSpan().Replace((byte)'_', (byte)'/');
        if (Base64.DecodeFromUtf8InPlace(buffer, out int length) != OperationStatus.Done)
        {
            return false;
        }

        // The last one or two bytes do not fill a group of three: their last character has bits to spare.
        int rest = length % 3;
        bytes = buffer[..length];
        return rest == 0 || text.AsSpan(text.Length - rest - 1).SequenceEqual(Encode(bytes.AsSpan(length - rest)));
    }
}
