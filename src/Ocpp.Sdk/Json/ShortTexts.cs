using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ocpp.Json;

/// <summary>
/// The short texts that were read last, so that a unit or a reading that comes again needs no new string. All sessions
/// share it, and it does not grow: at most 512 strings of at most seven characters stay in memory.
/// </summary>
/// <remarks>
/// Threads use it without a lock: each place holds some string as a whole, and what is found there is compared. If two
/// threads overwrite each other's, one of the texts is only made once more.
/// </remarks>
internal static class ShortTexts
{
    /// <summary>The most characters of a text that is kept; the number of an RFID card has eight or more.</summary>
    public const int MaxLength = 7;

    private const int IndexBits = 9;

    private static readonly string?[] s_texts = new string?[1 << IndexBits];

    /// <summary>The text.</summary>
    /// <param name="ascii">1 to <see cref="MaxLength"/> ASCII characters.</param>
    public static string Get(ReadOnlySpan<byte> ascii)
    {
        // With the length, these bytes are the whole text: two quarters that overlap, or up to three single bytes.
        int length = ascii.Length;
        ref byte source = ref MemoryMarshal.GetReference(ascii);
        ulong key =
            length >= sizeof(uint)
                ? Unsafe.ReadUnaligned<uint>(ref source)
                    | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - sizeof(uint))) << 32)
                : source
                    | ((uint)Unsafe.Add(ref source, length / 2) << 8)
                    | ((uint)Unsafe.Add(ref source, length - 1) << 16);

        ref string? place = ref s_texts[(key * 0x9E37_79B9_7F4A_7C15) >> (64 - IndexBits)];
        if (place is { } text && text.Length == length && IsText(text, key))
        {
            return text;
        }

        place = text = AsciiText.ToString(ascii);
        return text;
    }

    private static bool IsText(string text, ulong key) =>
        text.Length >= sizeof(uint)
            ? Quarter(text, 0) == AsciiText.WidenQuarter((uint)key)
                && Quarter(text, text.Length - sizeof(uint)) == AsciiText.WidenQuarter((uint)(key >> 32))
            : text[0] == (byte)key && text[text.Length / 2] == (byte)(key >> 8) && text[^1] == (byte)(key >> 16);

    /// <summary>
    /// Four characters as one number: they are there, because the text has as many from its start on.
    /// </summary>
    private static ulong Quarter(string text, int start) =>
        Unsafe.ReadUnaligned<ulong>(
            ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text.AsSpan()), start))
        );
}
