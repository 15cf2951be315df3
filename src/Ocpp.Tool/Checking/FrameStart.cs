using System.Buffers;

namespace Ocpp.Tool.Checking;

/// <summary>
/// Finds where in a line of a log a frame begins: behind a time stamp, a station's id, an arrow, in a field of a JSON
/// object, or at once.
/// </summary>
internal static class FrameStart
{
    /// <summary>
    /// How many bytes of a quoted text are looked at. A message id that goes further is too long in any case.
    /// </summary>
    private const int EscapedWindow = 256;

    /// <summary>Numbers, <c>null</c>, <c>true</c> and <c>false</c> are written with these.</summary>
    private static readonly SearchValues<byte> s_scalar = SearchValues.Create("+-.0123456789Eaeflnrstu"u8);

    /// <summary>What is allowed between the tokens of JSON (RFC 8259 section 2).</summary>
    public static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Finds the first frame of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="likeness">What it looks like. Unfinished only if the line ends before that is known.</param>
    /// <returns>The offset of its bracket, or -1 if the line has none.</returns>
    public static int Find(ReadOnlySpan<byte> line, out FrameLikeness likeness)
    {
        for (int offset = 0; ; offset++)
        {
            int length = line[offset..].IndexOf((byte)'[');
            if (length < 0)
            {
                likeness = FrameLikeness.None;
                return -1;
            }

            offset += length;
            likeness = At(line[offset..]);
            if (likeness != FrameLikeness.None)
            {
                return offset;
            }
        }
    }

    /// <summary>
    /// Whether a text that begins with a bracket goes on as a frame does: one digit, a comma and a message id. A list
    /// of numbers does not; a number or <c>null</c> in the id's place counts where all that follows is as in a frame.
    /// </summary>
    public static FrameLikeness At(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text[1..].TrimStart(WhiteSpace);
        if (rest.IsEmpty)
        {
            return FrameLikeness.Unfinished;
        }

        if (rest[0] is not (>= (byte)'0' and <= (byte)'9'))
        {
            return rest[0] == '\\' ? EscapedAt(text) : FrameLikeness.None;
        }

        byte type = rest[0];
        bool isKnownType = type is >= (byte)'2' and <= (byte)'6';
        rest = rest[1..].TrimStart(WhiteSpace);
        if (rest is not [(byte)',', ..])
        {
            return rest.IsEmpty && isKnownType ? FrameLikeness.Unfinished
                : rest is [(byte)'\\', ..] ? EscapedAt(text)
                : FrameLikeness.None;
        }

        rest = rest[1..].TrimStart(WhiteSpace);
        return rest switch
        {
            [] => isKnownType ? FrameLikeness.Unfinished : FrameLikeness.None,
            [(byte)'"', (byte)'"', not (byte)',', ..] => EscapedAt(text),
            [(byte)'"', ..] => BehindId(rest[TextLength(rest)..].TrimStart(WhiteSpace), type, isKnownType),
            [(byte)'\\', ..] => EscapedAt(text),
            _ => isKnownType ? AtOtherId(rest, type) : FrameLikeness.None,
        };
    }

    private static FrameLikeness BehindId(ReadOnlySpan<byte> rest, byte type, bool isKnownType)
    {
        if (rest is not [(byte)',', ..])
        {
            return isKnownType && rest is [] or [(byte)']', ..] ? FrameLikeness.Frame : FrameLikeness.None;
        }

        rest = rest[1..].TrimStart(WhiteSpace);
        if (!isKnownType)
        {
            return rest is [(byte)'"' or (byte)'{', ..] ? FrameLikeness.Frame : FrameLikeness.None;
        }

        return rest is [var next, ..] && next == ThirdElement(type) ? FrameLikeness.Header : FrameLikeness.Frame;
    }

    /// <summary>With an id that is not text, only the elements behind it show that this is a frame.</summary>
    private static FrameLikeness AtOtherId(ReadOnlySpan<byte> rest, byte type)
    {
        rest = rest[ScalarLength(rest)..].TrimStart(WhiteSpace);
        if (rest is not [(byte)',', ..])
        {
            return rest.IsEmpty ? FrameLikeness.Unfinished : FrameLikeness.None;
        }

        rest = rest[1..].TrimStart(WhiteSpace);
        if (rest.IsEmpty)
        {
            return FrameLikeness.Unfinished;
        }

        if (rest[0] != ThirdElement(type))
        {
            return FrameLikeness.None;
        }

        if (rest[0] == '{')
        {
            return FrameLikeness.Frame;
        }

        rest = rest[TextLength(rest)..].TrimStart(WhiteSpace);
        if (rest is not [(byte)',', ..])
        {
            return rest.IsEmpty ? FrameLikeness.Unfinished : FrameLikeness.None;
        }

        rest = rest[1..].TrimStart(WhiteSpace);
        return rest switch
        {
            [] => FrameLikeness.Unfinished,
            [(byte)'{' or (byte)'"', ..] => FrameLikeness.Frame,
            _ => FrameLikeness.None,
        };
    }

    /// <summary>
    /// A text may be quoted within a quoted one, so that each level takes away one: it gets shorter, or is none.
    /// </summary>
    private static FrameLikeness EscapedAt(ReadOnlySpan<byte> text)
    {
        Span<byte> window = stackalloc byte[EscapedWindow];
        text = text[..Math.Min(text.Length, EscapedWindow)];
        int written = QuotedText.Decode(text, window, out _);
        return written < text.Length && At(window[..written]) >= FrameLikeness.Escaped
            ? FrameLikeness.Escaped
            : FrameLikeness.None;
    }

    /// <summary>With what the third element of a frame begins.</summary>
    private static byte ThirdElement(byte type) => type == '3' ? (byte)'{' : (byte)'"';

    /// <summary>The length of a JSON text with its quotes; all there is if it has no end.</summary>
    private static int TextLength(ReadOnlySpan<byte> text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            int length = text[i..].IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0)
            {
                break;
            }

            i += length;
            if (text[i] == '"')
            {
                return i + 1;
            }

            i++;
        }

        return text.Length;
    }

    private static int ScalarLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(s_scalar);
        return length < 0 ? text.Length : length;
    }
}
