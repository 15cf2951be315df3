namespace Ocpp.Tool.Checking;

/// <summary>Finds where in a line of a log a frame begins: behind a time stamp, a station's id, an arrow, or at once.</summary>
internal static class FrameStart
{
    /// <summary>What may stand between the tokens of JSON (RFC 8259 section 2).</summary>
    public static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Finds the first frame of a line.</summary>
    /// <returns>The offset of its bracket, or -1 when the line holds none.</returns>
    public static int Find(ReadOnlySpan<byte> line)
    {
        for (int offset = 0; ; offset++)
        {
            int length = line[offset..].IndexOf((byte)'[');
            if (length < 0)
            {
                return -1;
            }

            offset += length;
            if (IsAt(line[offset..]))
            {
                return offset;
            }
        }
    }

    /// <summary>
    /// Whether a text that begins with a bracket goes on as a frame does: one digit, then a comma. <c>[INFO]</c>,
    /// <c>[2026-11-23 …]</c> and <c>[17, main]</c> do not.
    /// </summary>
    public static bool IsAt(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> number = text[1..].TrimStart(WhiteSpace);
        return number is [>= (byte)'0' and <= (byte)'9', ..] && number[1..].TrimStart(WhiteSpace) is [(byte)',', ..];
    }
}
