using System.Buffers;
using System.IO.Pipelines;

namespace Ocpp.Testing;

/// <summary>
/// One end of a connection in memory. As with TCP, what is written waits in a bounded buffer for the other end to read
/// it; closing one end lets the other read what is under way and then the end, and breaks its writing.
/// </summary>
internal sealed class MemoryStreamEnd : Stream
{
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private volatile bool _isClosed;
    private MemoryStreamEnd? _other;

    private MemoryStreamEnd(PipeReader input, PipeWriter output)
    {
        _input = input;
        _output = output;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <param name="capacity">How many bytes may be under way in each direction until writing waits.</param>
    public static (MemoryStreamEnd First, MemoryStreamEnd Second) CreatePair(int capacity)
    {
        var options = new PipeOptions(
            pauseWriterThreshold: capacity,
            resumeWriterThreshold: (capacity + 1) / 2,
            useSynchronizationContext: false
        );
        var there = new Pipe(options);
        var back = new Pipe(options);
        var first = new MemoryStreamEnd(back.Reader, there.Writer);
        var second = new MemoryStreamEnd(there.Reader, back.Writer) { _other = first };
        first._other = second;
        return (first, second);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadResult read = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
        int count = _isClosed ? 0 : (int)Math.Min(buffer.Length, read.Buffer.Length);
        ReadOnlySequence<byte> taken = read.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);
        _input.AdvanceTo(taken.End);
        return _isClosed ? throw Closed() : count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        bool isBroken = _isClosed || _other!._isClosed;
        if (isBroken || (await _output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false)).IsCanceled)
        {
            throw Closed();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            _output.Complete();
            _output.CancelPendingFlush();
            _input.CancelPendingRead();
            _other!._output.CancelPendingFlush();
        }

        base.Dispose(disposing);
    }

    private static IOException Closed() => new("The connection is closed.");
}
