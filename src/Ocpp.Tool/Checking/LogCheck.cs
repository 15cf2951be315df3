namespace Ocpp.Tool.Checking;

/// <summary>
/// Checks the lines of a log: finds the frames in them, with anything before, between and behind them, also those that
/// are quoted, or written over several lines.
/// </summary>
/// <param name="frames">Checks the frames.</param>
/// <param name="summary">Counts the lines without one.</param>
/// <param name="maxLength">How many bytes a line, or a frame over several lines, may have.</param>
/// <param name="stations">Finds the station of a line; <see langword="null"/> if the log is of one.</param>
internal sealed class LogCheck(FrameCheck frames, Summary summary, int maxLength, StationPattern? stations = null)
{
    /// <summary>How often a text may be quoted within a quoted one.</summary>
    private const int MaxQuotes = 4;

    private readonly OpenFrame _open = new(maxLength);

    /// <summary>What quoted texts mean, by level.</summary>
    private readonly byte[][] _unquoted = [.. Enumerable.Repeat<byte[]>([], MaxQuotes)];
    private byte[] _withoutColours = [];

    /// <summary>Checks a line.</summary>
    /// <param name="line">The line; a carriage return at its end is white space.</param>
    /// <param name="number">Its number.</param>
    public void Check(ReadOnlySpan<byte> line, long number)
    {
        line = line.TrimEnd(FrameStart.WhiteSpace);
        if (_open.IsOpen && Continue(line, number))
        {
            return;
        }

        if (
            !CheckFrames(line, number)
            && !(line.Contains(ConsoleColours.Escape) && CheckFrames(WithoutColours(line), number))
        )
        {
            summary.SkippedLines++;
            NoteProtocol(line, stations?.Find(line, default) ?? "");
        }
    }

    /// <summary>Notes a line that is too long to be checked.</summary>
    public void RefuseTooLong(long number)
    {
        Close();
        frames.RefuseTooLong("line", number, maxLength);
    }

    /// <summary>Checks what is left when no line follows.</summary>
    public void Close()
    {
        if (_open.Likeness >= FrameLikeness.Frame)
        {
            CheckOpen();
        }
        else
        {
            summary.SkippedLines += _open.LinesWithoutFrame;
            _open.Clear();
        }
    }

    /// <summary>Gives a line to the frame that is open.</summary>
    /// <returns>Whether it belonged to the frame; if not, the frame is closed.</returns>
    private bool Continue(ReadOnlySpan<byte> line, long number)
    {
        ReadOnlySpan<byte> part = _open.WithoutPrefix(
            line.Contains(ConsoleColours.Escape) ? WithoutColours(line) : line
        );
        int end = 0;
        switch (BeginsAnother(part) ? OpenFrameState.Foreign : _open.Append(part, out end))
        {
            case OpenFrameState.Open:
                return true;
            case OpenFrameState.CutOff:
                CheckOpen();
                return true;
            case OpenFrameState.Ended:
                string station = _open.Station;
                CheckOpen();
                CheckFrames(part[end..], number, station);
                return true;
            default:
                Close();
                return false;
        }
    }

    /// <summary>Whether a line that may be JSON begins another frame: then the open one was cut off.</summary>
    private static bool BeginsAnother(ReadOnlySpan<byte> line) =>
        line.TrimStart(FrameStart.WhiteSpace) is [(byte)'[' or (byte)'{', ..]
        && FrameStart.Find(line, out FrameLikeness likeness) >= 0
        && likeness is FrameLikeness.Header or FrameLikeness.Escaped;

    private void CheckOpen()
    {
        frames.Check(_open.Text.TrimEnd(FrameStart.WhiteSpace), _open.FirstLine, _open.Station);
        _open.Clear();
    }

    /// <summary>Checks the frames of a line, and begins with one that goes on behind it.</summary>
    /// <param name="line">The line, what is left of it, or a text that is quoted in it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="station">The station that counts where the line says none.</param>
    /// <param name="quotes">In how many quotes the text is.</param>
    /// <returns>Whether there was a frame, or what may become one.</returns>
    private bool CheckFrames(ReadOnlySpan<byte> line, long number, string station = "", int quotes = 0)
    {
        bool isFound = false;
        while (FrameStart.Find(line, out FrameLikeness likeness) is var start and >= 0)
        {
            ReadOnlySpan<byte> before = line[..start];
            line = line[start..];
            ReadOnlySpan<byte> plain = default;
            int length = likeness switch
            {
                FrameLikeness.Escaped when quotes < MaxQuotes => Unquote(line, quotes, out plain),
                FrameLikeness.Escaped => 1,
                FrameLikeness.Unfinished => -1,
                _ => BracketFollower.FindEnd(line),
            };
            if (stations is not null && quotes == 0)
            {
                station = stations.Find(before, line[Math.Max(0, length)..]) ?? station;
            }

            NoteProtocol(before, station);

            if (length < 0)
            {
                return Begin(line, before, number, station, quotes, isFound);
            }

            if (likeness == FrameLikeness.Escaped)
            {
                isFound |= CheckFrames(plain, number, station, quotes + 1);
            }
            else
            {
                frames.Check(line[..length], number, station);
                isFound = true;
            }

            line = line[length..];
        }

        return isFound;
    }

    private void NoteProtocol(ReadOnlySpan<byte> text, string station)
    {
        if (SubprotocolName.Find(text) is { } protocol)
        {
            frames.Name(station, protocol);
        }
    }

    private bool Begin(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<byte> before,
        long number,
        string station,
        int quotes,
        bool isFound
    )
    {
        // A text between quotes ends with its line.
        OpenFrameState state = _open.Begin(line, before, number, station, isFound);
        if (quotes > 0 || state != OpenFrameState.Open)
        {
            isFound |= _open.Likeness >= FrameLikeness.Frame;
            Close();
            return isFound;
        }

        return true;
    }

    private int Unquote(ReadOnlySpan<byte> line, int quotes, out ReadOnlySpan<byte> plain)
    {
        Span<byte> buffer = WithRoom(ref _unquoted[quotes], line.Length);
        plain = buffer[..QuotedText.Decode(line, buffer, out int read)];
        return read;
    }

    private ReadOnlySpan<byte> WithoutColours(ReadOnlySpan<byte> line)
    {
        Span<byte> plain = WithRoom(ref _withoutColours, line.Length);
        return plain[..ConsoleColours.Remove(line, plain)];
    }

    private static Span<byte> WithRoom(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, 2 * buffer.Length)];
        }

        return buffer;
    }
}
