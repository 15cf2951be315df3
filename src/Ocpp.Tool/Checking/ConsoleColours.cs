namespace Ocpp.Tool.Checking;

/// <summary>
/// The sequences that colour a text on a terminal (ECMA-48 section 5.4): a log of a console has them between the tokens
/// of a frame.
/// </summary>
internal static class ConsoleColours
{
    /// <summary>What begins a sequence.</summary>
    public const byte Escape = 0x1B;

    /// <summary>Copies a text without them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="plain">Gets the text; as long as <paramref name="text"/> at least.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Remove(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        int written = 0;
        while (!text.IsEmpty)
        {
            int length = text.IndexOf(Escape);
            length = length < 0 ? text.Length : length;
            text[..length].CopyTo(plain[written..]);
            written += length;
            text = text[length..];
            int sequence = SequenceLength(text);
            if (sequence == 0 && !text.IsEmpty)
            {
                plain[written++] = Escape;
                sequence = 1;
            }

            text = text[sequence..];
        }

        return written;
    }

    /// <summary>The length of a sequence, or 0 if the text does not begin with one.</summary>
    private static int SequenceLength(ReadOnlySpan<byte> text)
    {
        if (text is not [Escape, (byte)'[', ..])
        {
            return 0;
        }

        int length = text[2..].IndexOfAnyExceptInRange((byte)' ', (byte)'?');
        return length >= 0 && text[2 + length] is >= (byte)'@' and <= (byte)'~' ? length + 3 : 0;
    }
}
