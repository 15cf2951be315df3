using System.Text;

namespace Ocpp.Tool.Checking;

/// <summary>
/// The name of a WebSocket subprotocol in a text, as a line of a log has it that reports a handshake, such as
/// <c>Sec-WebSocket-Protocol: ocpp1.6</c>.
/// </summary>
internal static class SubprotocolName
{
    private static readonly (CheckedProtocol Protocol, byte[] Name)[] s_names =
    [
        .. CheckedProtocol.All.Select(protocol => (protocol, Encoding.ASCII.GetBytes(protocol.Name))),
    ];

    /// <summary>Finds the version that a text names.</summary>
    /// <returns>
    /// <see langword="null"/> if the text names none, or several: then it is a station's offer. A name in a path does
    /// not count, because the URL never decides on the version (OCPP 2.1 part 4).
    /// </returns>
    public static CheckedProtocol? Find(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("ocpp"u8) < 0)
        {
            return null;
        }

        CheckedProtocol? found = null;
        foreach ((CheckedProtocol protocol, byte[] name) in s_names)
        {
            if (Contains(text, name))
            {
                if (found is not null)
                {
                    return null;
                }

                found = protocol;
            }
        }

        return found;
    }

    private static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        int start = 0;
        while (text[start..].IndexOf(name) is var index and >= 0)
        {
            start += index;
            int end = start + name.Length;
            if ((start == 0 || !IsPart(text[start - 1])) && (end == text.Length || EndsAt(text[end..])))
            {
                return true;
            }

            start = end;
        }

        return false;
    }

    /// <summary>
    /// A full stop may end the sentence that the name is in; a digit behind it would be part of the name.
    /// </summary>
    private static bool EndsAt(ReadOnlySpan<byte> rest) =>
        rest[0] == '.' ? rest.Length == 1 || !char.IsAsciiLetterOrDigit((char)rest[1]) : !IsPart(rest[0]);

    private static bool IsPart(byte character) =>
        char.IsAsciiLetterOrDigit((char)character) || character is (byte)'/' or (byte)'-' or (byte)'_' or (byte)'.';
}
