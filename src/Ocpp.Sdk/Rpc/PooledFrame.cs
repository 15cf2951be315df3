using System.Buffers;

namespace Ocpp.Rpc;

/// <summary>A copy of a frame in a rented buffer, which has secrets in it until it is returned.</summary>
internal readonly record struct PooledFrame
{
    private readonly byte[]? _buffer;

    private PooledFrame(byte[] buffer, int length) => (_buffer, Length) = (buffer, length);

    public int Length { get; }

    public bool IsEmpty => _buffer is null;

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    public static PooledFrame Copy(ReadOnlySpan<byte> frame)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(buffer);
        return new PooledFrame(buffer, frame.Length);
    }

    public void Return()
    {
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, Length).Clear();
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
