using System.Buffers;

namespace Ocpp.Tests.Json;

/// <summary>
/// A buffer that gives exactly as much as it was asked for, and notices when a byte beyond is touched, when something
/// is handed over without having been asked for, or when it is asked twice without need.
/// </summary>
internal sealed class ExactBufferWriter : IBufferWriter<byte>
{
    private const byte Untouched = 0xA5;
    private const int Guard = 64;

    private readonly List<byte> _written = [];
    private byte[] _current = [];
    private int _asked;

    public int Advances { get; private set; }

    public byte[] Written => [.. _written];

    public void Advance(int count)
    {
        Assert.InRange(count, 0, _asked);
        AssertGuard();
        _written.AddRange(_current.AsSpan(0, count));
        _current = [];
        _asked = 0;
        Advances++;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        AssertGuard();
        _asked = Math.Max(sizeHint, 1);
        _current = new byte[_asked + Guard];
        _current.AsSpan(_asked).Fill(Untouched);
        return _current.AsMemory(0, _asked);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void AssertGuard() => Assert.Equal(-1, _current.AsSpan(_asked).IndexOfAnyExcept(Untouched));
}
