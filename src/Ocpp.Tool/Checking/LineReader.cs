namespace Ocpp.Tool.Checking;

/// <summary>
/// Reads a stream line by line, in large blocks; a line is a view on the buffer. Nothing is kept of a line that is
/// longer than the bound, so that any input is read in constant memory.
/// </summary>
/// <param name="input">The stream; not disposed.</param>
/// <param name="blockSize">How many bytes are read at once, at least 4. The buffer grows for a longer line.</param>
/// <param name="maxLength">How many bytes a line may have.</param>
internal sealed class LineReader(Stream input, int blockSize = 256 * 1024, int maxLength = LineReader.DefaultMaxLength)
{
    /// <summary>64 MiB.</summary>
    public const int DefaultMaxLength = 64 * 1024 * 1024;

    /// <summary>The bytes by which encodings are distinguished.</summary>
    private const int LongestByteOrderMark = 4;

    private byte[] _buffer = new byte[blockSize];
    private int _start;
    private int _end;

    /// <summary>No line ends before this place.</summary>
    private int _searched;
    private bool _isDropping;
    private bool _isEnded;

    /// <summary>How many bytes a line may have.</summary>
    public int MaxLength => maxLength;

    /// <summary>The number of the line that was read last, from 1 on.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Whether the line that was read last is longer than it may be: it is then empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>How many bytes were read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>
    /// What was read and not yet taken. Grows by <see cref="FillAsync"/>, to one byte more than a line may have.
    /// </summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads the next block: whatever the stream has, so that lines are seen as they come.</summary>
    /// <returns>
    /// <see langword="false"/> at the end of the stream. The last line, if it has no end, can then be read.
    /// </returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_isEnded)
        {
            return false;
        }

        MakeRoom();
        int minimum = BytesRead == 0 ? LongestByteOrderMark : 1;

        // A console can't be interrupted while it is read: then the wait is given up, not the read.
        int count = await input
            .ReadAtLeastAsync(_buffer.AsMemory(_end), minimum, throwOnEndOfStream: false, cancellationToken)
            .AsTask()
            .WaitAsync(cancellationToken);
        _end += count;
        BytesRead += count;
        _isEnded = count < minimum;
        return !_isEnded;
    }

    /// <summary>Takes bytes that belong to no line.</summary>
    public void Skip(int count) => _searched = _start += count;

    /// <summary>Takes the next line, without its line feed.</summary>
    /// <param name="line">The line; valid until the next call of <see cref="FillAsync"/>.</param>
    /// <returns><see langword="false"/> when the next line has not been read to its end.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int length = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (length >= 0)
        {
            line = Take(_searched + length);
            Skip(1);
            return true;
        }

        _searched = _end;
        bool isLastLine = _isEnded && (_start < _end || _isDropping);
        line = isLastLine ? Take(_end) : default;
        return isLastLine;
    }

    private ReadOnlySpan<byte> Take(int end)
    {
        ReadOnlySpan<byte> line = _isDropping ? default : _buffer.AsSpan(_start, end - _start);
        IsTooLong = _isDropping;
        _isDropping = false;
        _searched = _start = end;
        LineNumber++;
        return line;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            _end -= _start;
            _searched -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        if (_isDropping || _buffer.Length > maxLength)
        {
            _isDropping = true;
            _searched = _end = 0;
        }
        else
        {
            // One byte more than a line may have: a line that fills it is too long.
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, maxLength + 1L));
        }
    }
}
