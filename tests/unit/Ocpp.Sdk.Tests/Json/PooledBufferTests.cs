using System.Buffers;
using Ocpp.Json;

namespace Ocpp.Tests.Json;

/// <summary>The buffer that frames are written into: all on one thread, which keeps one of them.</summary>
public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(50_000)]
    public void What_was_written_stays_when_it_grows(int piece)
    {
        using PooledBuffer buffer = PooledBuffer.Rent();
        var expected = new List<byte>();
        for (int i = 0; expected.Count < 20_000; i++)
        {
            Span<byte> room = i % 2 == 0 ? buffer.GetSpan(piece) : buffer.GetMemory(piece).Span;
            Assert.True(room.Length >= piece);
            room[..piece].Fill((byte)i);
            buffer.Advance(piece);
            expected.AddRange(Enumerable.Repeat((byte)i, piece));
        }

        Assert.Equal(expected, buffer.WrittenMemory.ToArray());
    }

    [Fact]
    public void There_is_always_room_for_a_byte()
    {
        using PooledBuffer buffer = PooledBuffer.Rent();
        buffer.Advance(buffer.GetMemory().Length);

        Assert.NotEqual(0, buffer.GetMemory().Length);
        buffer.Advance(buffer.GetMemory().Length);
        Assert.NotEqual(0, buffer.GetSpan().Length);
    }

    [Fact]
    public void It_grows_to_more_than_is_asked_for_and_not_without_need()
    {
        using PooledBuffer buffer = PooledBuffer.Rent();
        int size = buffer.GetSpan().Length;

        Assert.Equal(size, buffer.GetSpan(size).Length);
        Assert.True(buffer.GetSpan(size + 1).Length >= 2 * size);
    }

    [Fact]
    public void A_thread_keeps_one_and_gives_it_empty()
    {
        PooledBuffer first = PooledBuffer.Rent();
        using PooledBuffer second = PooledBuffer.Rent();
        Assert.NotSame(first, second);
        first.Write("abc"u8);
        first.Dispose();

        using PooledBuffer again = PooledBuffer.Rent();

        Assert.Same(first, again);
        Assert.Equal(0, again.WrittenMemory.Length);
    }

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData(64 * 1024, false)]
    public void What_has_grown_for_a_large_payload_is_not_kept(int size, bool isKept)
    {
        PooledBuffer buffer = PooledBuffer.Rent();
        int grown = buffer.GetSpan(size).Length;
        buffer.Dispose();

        using PooledBuffer again = PooledBuffer.Rent();

        Assert.Equal(isKept, again.GetSpan().Length == grown);
    }
}
