using System.Runtime.InteropServices;

namespace Ocpp.Fuzz.Trials;

/// <summary>
/// Memory that ends where a page ends, with a page behind it that can't be read: whoever reads a byte past the end of
/// an input here dies at once. On systems other than Linux, an array of exactly the input's size.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadWrite = 0x1 | 0x2;
    private const int PrivateAnonymous = 0x02 | 0x20;

    private readonly int _page = Environment.SystemPageSize;
    private byte* _start;
    private int _length;

    public static bool IsGuarded => OperatingSystem.IsLinux();

    /// <summary>A copy of the bytes that ends with its page; good until the next call.</summary>
    public ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (!IsGuarded)
        {
            return bytes.ToArray();
        }

        Reserve(bytes.Length);
        var copy = new Span<byte>(_start + _length - bytes.Length, bytes.Length);
        bytes.CopyTo(copy);
        return copy;
    }

    public void Dispose()
    {
        if (_start is not null && Unmap(_start, (nuint)(_length + _page)) != 0)
        {
            throw new InvalidOperationException($"munmap failed with {Marshal.GetLastPInvokeError()}.");
        }

        _start = null;
    }

    private void Reserve(int length)
    {
        if (_start is not null && length <= _length)
        {
            return;
        }

        Dispose();
        _length = (Math.Max(2 * length, 16 * _page) + _page - 1) / _page * _page;
        _start = Map(null, (nuint)(_length + _page), ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_start == -1 || Protect(_start + _length, (nuint)_page, 0) != 0)
        {
            throw new InvalidOperationException($"No guarded memory is to be had: {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(void* address, nuint length);
}
