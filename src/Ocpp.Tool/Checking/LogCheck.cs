namespace Ocpp.Tool.Checking;

/// <summary>Checks the lines of a log: finds the frames in them, also those that are written over several lines.</summary>
/// <param name="frames">Checks the frames.</param>
/// <param name="summary">Counts the lines without one.</param>
/// <param name="maxLength">How many bytes a line, or a frame over several lines, may have.</param>
internal sealed class LogCheck(FrameCheck frames, Summary summary, int maxLength)
{
    private readonly OpenFrame _open = new(maxLength);

    /// <summary>Checks a line.</summary>
    /// <param name="line">The line; a carriage return at its end is white space.</param>
    /// <param name="number">Its number.</param>
    public void Check(ReadOnlySpan<byte> line, long number)
    {
        line = line.TrimEnd(FrameStart.WhiteSpace);
        int start = FrameStart.Find(line);
        if (_open.IsOpen)
        {
            if (start < 0)
            {
                Continue(line);
                return;
            }

            // Another frame begins: the open one was cut off.
            Close();
        }

        if (start < 0)
        {
            CheckOther(line, number);
        }
        else if (line[^1] == ']' || !line[..start].TrimStart(FrameStart.WhiteSpace).IsEmpty)
        {
            frames.Check(line[start..], number);
        }
        else
        {
            Begin(line[start..], number);
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
        ReadOnlySpan<byte> text = _open.Text.TrimEnd(FrameStart.WhiteSpace);
        if (!text.IsEmpty && FrameStart.IsAt(text))
        {
            frames.Check(text, _open.FirstLine);
        }
        else
        {
            summary.SkippedLines += _open.LineCount;
        }

        _open.Clear();
    }

    private void CheckOther(ReadOnlySpan<byte> line, long number)
    {
        if (line.TrimStart(FrameStart.WhiteSpace) is [(byte)'['])
        {
            Begin("["u8, number);
        }
        else
        {
            summary.SkippedLines++;
        }
    }

    private void Begin(ReadOnlySpan<byte> firstLine, long number)
    {
        _open.Begin(firstLine, number);
        CloseAtEnd();
    }

    private void Continue(ReadOnlySpan<byte> line)
    {
        _open.Append(line);
        CloseAtEnd();
    }

    private void CloseAtEnd()
    {
        if (!_open.IsOpen)
        {
            Close();
        }
    }
}
