using System.Buffers;

namespace Ocpp.Json;

/// <summary>A buffer that grows in pooled arrays. One is kept per thread, for one payload after the other.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 4096;

    [ThreadStatic]
    private static PooledBuffer? t_spare;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _written;

    private PooledBuffer() { }

    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, _written);

    public static PooledBuffer Rent()
    {
        PooledBuffer buffer = t_spare ?? new PooledBuffer();
        t_spare = null;
        return buffer;
    }

    public void Advance(int count) => _written += count;

    /// <summary>Takes back what was written: the next bytes are written over it.</summary>
    public void Clear() => _written = 0;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(_written);
    }

    public void Dispose()
    {
        _written = 0;

        // What has grown for one large payload is not kept for all the small ones after it.
        if (_array.Length > 4 * InitialSize)
        {
            ArrayPool<byte>.Shared.Return(_array);
            _array = ArrayPool<byte>.Shared.Rent(InitialSize);
        }

        t_spare = this;
    }

    private void Reserve(int sizeHint)
    {
        if (_array.Length - _written < Math.Max(sizeHint, 1))
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _array.Length, _written + sizeHint));
            WrittenMemory.Span.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }
    }
}
