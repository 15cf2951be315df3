using System.Buffers;

namespace Ocpp.Tool.Checking;

/// <summary>A frame that is written over several lines, as long as its last line has not come.</summary>
/// <param name="maxLength">How many bytes it may have.</param>
internal sealed class OpenFrame(int maxLength)
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private int _depth;
    private bool _isInText;

    /// <summary>The line on which the frame begins.</summary>
    public long FirstLine { get; private set; }

    /// <summary>How many lines it has so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>The lines so far.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>Whether more lines belong to it: a bracket is open, but no text, for JSON has no line ends in a text.</summary>
    public bool IsOpen => _depth > 0 && !_isInText && Text.Length <= maxLength && MayBeFrame;

    private bool MayBeFrame => Text[1..].TrimStart(FrameStart.WhiteSpace) is [] or [>= (byte)'0' and <= (byte)'9', ..];

    /// <summary>Begins with the first line, from the bracket on.</summary>
    public void Begin(ReadOnlySpan<byte> line, long number)
    {
        Clear();
        FirstLine = number;
        Append(line);
    }

    /// <summary>Adds a line.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        _text.Write(line);
        _text.Write("\n"u8);
        LineCount++;
        Follow(line);
    }

    /// <summary>Forgets the frame: none is open.</summary>
    public void Clear()
    {
        _text.ResetWrittenCount();
        _depth = 0;
        _isInText = false;
        LineCount = 0;
    }

    /// <summary>Follows brackets and quotes. Whether the frame is JSON shows when it is read.</summary>
    private void Follow(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case (byte)'\\' when _isInText:
                    i++;
                    break;
                case (byte)'"':
                    _isInText = !_isInText;
                    break;
                case (byte)'[' or (byte)'{' when !_isInText:
                    _depth++;
                    break;
                case (byte)']' or (byte)'}' when !_isInText:
                    _depth--;
                    break;
            }
        }
    }
}
