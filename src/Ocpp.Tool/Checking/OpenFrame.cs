using System.Text.Json;

namespace Ocpp.Tool.Checking;

/// <summary>A frame that is written over several lines, as long as its last line has not come.</summary>
/// <param name="maxLength">How many bytes it may have.</param>
internal sealed class OpenFrame(int maxLength)
{
    /// <summary>How long a prefix is looked for on each line of a frame, in bytes.</summary>
    private const int MaxPrefixLength = 256;

    private byte[] _text = new byte[4 * 1024];
    private int _length;
    private byte[] _prefix = [];
    private bool _isBehindFrame;

    /// <summary>What was read of the text, and what the reader knows of it.</summary>
    private int _readLength;
    private JsonReaderState _state;

    /// <summary>In place of the reader, once the text is not JSON.</summary>
    private BracketFollower _brackets;
    private bool _isMalformed;

    /// <summary>The line on which the frame begins.</summary>
    public long FirstLine { get; private set; }

    /// <summary>How many lines it has so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>How many of its lines hold no frame if this turns out to be none.</summary>
    public long LinesWithoutFrame => LineCount - (_isBehindFrame ? 1 : 0);

    /// <summary>The station that it belongs to, as far as that is known.</summary>
    public string Station { get; private set; } = "";

    /// <summary>What the text so far is like.</summary>
    public FrameLikeness Likeness { get; private set; }

    /// <summary>The lines so far.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Whether more lines may belong to it.</summary>
    public bool IsOpen => LineCount > 0;

    /// <summary>Begins with the first line.</summary>
    /// <param name="line">The line, from the bracket on.</param>
    /// <param name="prefix">What is before the bracket, and may be repeated on each line of the frame.</param>
    /// <param name="number">The line's number.</param>
    /// <param name="station">The station.</param>
    /// <param name="isBehindFrame">Whether the line has another frame before it.</param>
    public OpenFrameState Begin(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<byte> prefix,
        long number,
        string station,
        bool isBehindFrame
    )
    {
        Clear();
        _isBehindFrame = isBehindFrame;
        prefix = prefix.TrimEnd(FrameStart.WhiteSpace);
        _prefix = prefix.Length <= MaxPrefixLength ? prefix.ToArray() : [];
        FirstLine = number;
        Station = station;
        return Append(line, out _);
    }

    /// <summary>Returns a line without the prefix of the first one.</summary>
    public ReadOnlySpan<byte> WithoutPrefix(ReadOnlySpan<byte> line) =>
        line.StartsWith(_prefix) ? line[_prefix.Length..] : line;

    /// <summary>Adds a line, if it belongs to the frame.</summary>
    /// <param name="line">The line.</param>
    /// <param name="end">The frame's length on this line, if it ends there.</param>
    public OpenFrameState Append(ReadOnlySpan<byte> line, out int end)
    {
        end = 0;
        int before = _length;
        if (line.TrimStart(FrameStart.WhiteSpace).IsEmpty)
        {
            LineCount++;
            return OpenFrameState.Open;
        }

        if (line.Length > maxLength - _length)
        {
            return OpenFrameState.Foreign;
        }

        Write(line);
        if (Likeness < FrameLikeness.Frame)
        {
            Likeness = FrameStart.At(Text);
            if (Likeness is not (FrameLikeness.Unfinished or >= FrameLikeness.Frame))
            {
                _length = before;
                return OpenFrameState.Foreign;
            }
        }

        OpenFrameState state = Read(line, out int length);
        switch (state)
        {
            case OpenFrameState.Foreign:
                _length = before;
                break;
            case OpenFrameState.Ended:
                end = length - before;
                _length = length;
                LineCount++;
                break;
            default:
                LineCount++;
                break;
        }

        return state;
    }

    /// <summary>Forgets the open frame.</summary>
    public void Clear()
    {
        _length = _readLength = 0;
        _state = default;
        _brackets = default;
        _isMalformed = false;
        Likeness = FrameLikeness.None;
        LineCount = 0;
    }

    private OpenFrameState Read(ReadOnlySpan<byte> line, out int length)
    {
        if (!_isMalformed)
        {
            try
            {
                return ReadJson(out length);
            }
            catch (JsonException) when (LineCount == 0 || IsContinuation(line))
            {
                // The frame goes on, but is not JSON: it is reported once it is there.
                _isMalformed = true;
                _readLength = 0;
            }
            catch (JsonException)
            {
                length = 0;
                return OpenFrameState.Foreign;
            }
        }
        else if (!IsContinuation(line))
        {
            length = 0;
            return OpenFrameState.Foreign;
        }

        int end = _brackets.Follow(Text[_readLength..]);
        length = end < 0 ? _length : _readLength + end;
        _readLength = _length;
        return end >= 0 ? OpenFrameState.Ended
            : _brackets.IsInText ? OpenFrameState.CutOff
            : OpenFrameState.Open;
    }

    private OpenFrameState ReadJson(out int length)
    {
        var reader = new Utf8JsonReader(Text[_readLength..], isFinalBlock: false, _state);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndArray)
            {
                length = _readLength + (int)reader.BytesConsumed;
                return OpenFrameState.Ended;
            }
        }

        _state = reader.CurrentState;
        _readLength += (int)reader.BytesConsumed;
        length = _length;

        // JSON has no line ends in a text.
        BracketFollower rest = default;
        rest.Follow(Text[_readLength..]);
        return rest.IsInText ? OpenFrameState.CutOff : OpenFrameState.Open;
    }

    /// <summary>
    /// Whether a line that is not as JSON has it there is more like a part of a frame than like the next line of a log.
    /// </summary>
    private static bool IsContinuation(ReadOnlySpan<byte> line) =>
        line.Trim(FrameStart.WhiteSpace)
            is [(byte)'"' or (byte)',' or (byte)':' or (byte)']' or (byte)'}', ..]
                or [(byte)'{' or (byte)'['];

    private void Write(ReadOnlySpan<byte> line)
    {
        int length = _length + line.Length + 1;
        if (length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(length, 2 * _text.Length));
        }

        line.CopyTo(_text.AsSpan(_length));
        _text[length - 1] = (byte)'\n';
        _length = length;
    }
}
