using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ocpp.Json;

/// <summary>
/// The innermost loops of reading: nearly every string of the protocol is ASCII. Each access without a bounds check has
/// the reason that it is within bounds beside it.
/// </summary>
internal static class AsciiText
{
    /// <summary>
    /// The index of the first byte from <paramref name="start"/> on that is a quote, a backslash, a control character
    /// or not ASCII; the length if there is none.
    /// </summary>
    public static int IndexOfSpecial(ReadOnlySpan<byte> json, int start)
    {
        int i = start;
        ref byte origin = ref MemoryMarshal.GetReference(json);

        // The 16 bytes at i are within the span because of the loop's condition.
        for (; i <= json.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref origin, (nuint)i);
            uint mask = FindSpecial(block);
            if (mask != 0)
            {
                return i + BitOperations.TrailingZeroCount(mask);
            }
        }

        while (i < json.Length && (sbyte)json[i] >= ' ' && json[i] is not ((byte)'"' or (byte)'\\'))
        {
            i++;
        }

        return i;
    }

    /// <summary>A bit for each byte that is a quote, a backslash, a control character or not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint FindSpecial(Vector128<byte> block)
    {
        // Compared as signed numbers, the control characters and all that is not ASCII lie below the space.
        Vector128<byte> special =
            Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
            | Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block, Vector128.Create((byte)'\\'));
        return special.ExtractMostSignificantBits();
    }

    /// <inheritdoc cref="FindSpecial(Vector128{byte})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint FindSpecial(Vector256<byte> block)
    {
        Vector256<byte> special =
            Vector256.LessThan(block.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()
            | Vector256.Equals(block, Vector256.Create((byte)'"'))
            | Vector256.Equals(block, Vector256.Create((byte)'\\'));
        return special.ExtractMostSignificantBits();
    }

    /// <summary>A string of ASCII bytes.</summary>
    public static string ToString(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
        {
            return "";
        }

        // The string is this method's own until it returns; nobody has seen it yet.
        var text = new string('\0', ascii.Length);
        ref byte source = ref MemoryMarshal.GetReference(ascii);
        ref ushort target = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text.AsSpan()));
        nuint length = (nuint)ascii.Length;
        if (length >= (nuint)Vector128<byte>.Count)
        {
            // Whole blocks, the last of which overlaps the one before it: it ends where the text ends.
            nuint last = length - (nuint)Vector128<byte>.Count;
            for (nuint i = 0; i < last; i += (nuint)Vector128<byte>.Count)
            {
                Widen(ref source, ref target, i);
            }

            Widen(ref source, ref target, last);
        }
        else if (length >= sizeof(ulong))
        {
            // 8 to 15 bytes: two halves of a block that overlap in the same way.
            WidenHalf(ref source, ref target, 0);
            WidenHalf(ref source, ref target, length - sizeof(ulong));
        }
        else if (length >= sizeof(uint))
        {
            // 4 to 7 bytes: two quarters.
            WidenQuarter(ref source, ref target, 0);
            WidenQuarter(ref source, ref target, length - sizeof(uint));
        }
        else
        {
            for (nuint i = 0; i < length; i++)
            {
                Unsafe.Add(ref target, i) = Unsafe.Add(ref source, i);
            }
        }

        return text;
    }

    /// <summary>Four ASCII characters as four UTF-16 code units, both as one number in the order of memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WidenQuarter(uint quarter) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(quarter).AsByte()).AsUInt64().ToScalar();

    /// <summary>Decodes ASCII with simple escapes, up to whatever is neither.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="from">Where to begin; then the index of the byte that ended it: a quote, one that is not ASCII or
    /// not allowed, the backslash of another escape, or the end.</param>
    /// <param name="text">Takes the characters; when it is full, that ends it too.</param>
    /// <returns>The number of characters.</returns>
    public static int Unescape(ReadOnlySpan<byte> json, ref int from, Span<char> text)
    {
        ref byte source = ref MemoryMarshal.GetReference(json);
        ref ushort target = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        int i = from;
        int to = 0;
        while (true)
        {
            // Whole blocks: as many bytes are read as characters are written, and both are there because of the
            // condition; the characters from the first special byte on are written once more. A line of PEM is a few
            // blocks and then an escape, for which no further block is loaded. The indices go up by a constant, so that
            // a block need not wait for what was found in the one before it.
            while (
                Vector256.IsHardwareAccelerated
                && i <= json.Length - Vector256<byte>.Count
                && to <= text.Length - Vector256<byte>.Count
                && Unsafe.Add(ref source, i) != '\\'
            )
            {
                Vector256<byte> block = Vector256.LoadUnsafe(ref source, (nuint)i);
                (Vector256<ushort> lower, Vector256<ushort> upper) = Vector256.Widen(block);
                lower.StoreUnsafe(ref target, (nuint)to);
                upper.StoreUnsafe(ref target, (nuint)to + (nuint)Vector256<ushort>.Count);
                uint mask = FindSpecial(block);
                if (mask != 0)
                {
                    int plain = BitOperations.TrailingZeroCount(mask);
                    i += plain;
                    to += plain;
                    break;
                }

                i += Vector256<byte>.Count;
                to += Vector256<byte>.Count;
            }

            while (
                i <= json.Length - Vector128<byte>.Count
                && to <= text.Length - Vector128<byte>.Count
                && Unsafe.Add(ref source, i) is not ((byte)'\\' or (byte)'"')
            )
            {
                Vector128<byte> block = Vector128.LoadUnsafe(ref source, (nuint)i);
                (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(block);
                lower.StoreUnsafe(ref target, (nuint)to);
                upper.StoreUnsafe(ref target, (nuint)to + (nuint)Vector128<ushort>.Count);
                uint mask = FindSpecial(block);
                if (mask != 0)
                {
                    int plain = BitOperations.TrailingZeroCount(mask);
                    i += plain;
                    to += plain;
                    break;
                }

                i += Vector128<byte>.Count;
                to += Vector128<byte>.Count;
            }

            if ((uint)i >= (uint)json.Length || (uint)to >= (uint)text.Length)
            {
                break;
            }

            byte b = json[i];
            if (b == '\\')
            {
                b = (uint)(i + 1) < (uint)json.Length ? Unescape(json[i + 1]) : (byte)0;
                if (b == 0)
                {
                    break;
                }

                i++;
            }
            else if (b == '"' || (sbyte)b < ' ')
            {
                break;
            }

            text[to++] = (char)b;
            i++;
        }

        from = i;
        return to;
    }

    /// <summary>The character of a simple escape; 0 if there is none.</summary>
    public static byte Unescape(byte escape) =>
        escape switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'"' or (byte)'\\' or (byte)'/' => escape,
            _ => 0,
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(ref byte source, ref ushort target, nuint offset)
    {
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref source, offset));
        lower.StoreUnsafe(ref target, offset);
        upper.StoreUnsafe(ref target, offset + (nuint)Vector128<ushort>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenHalf(ref byte source, ref ushort target, nuint offset)
    {
        ulong half = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, offset));
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(half).AsByte()).StoreUnsafe(ref target, offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WidenQuarter(ref byte source, ref ushort target, nuint offset)
    {
        uint quarter = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, offset));
        Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref target, offset)), WidenQuarter(quarter));
    }
}
