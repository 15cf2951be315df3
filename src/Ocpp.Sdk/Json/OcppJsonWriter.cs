using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using System.Text.Unicode;

namespace Ocpp.Json;

/// <summary>Writes one item of a list. For generated code.</summary>
public delegate void OcppWrite<in T>(ref OcppJsonWriter writer, T item);

/// <summary>
/// The writer under the generated ones: puts constant segments and values as UTF-8 into the caller's buffer, and checks
/// the values as it goes. Nothing is handed to the caller before the whole payload is written and found valid; what is
/// larger than the caller's first span grows in a pooled buffer. For generated code; the way in for everyone else is
/// <see cref="OcppJson"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct OcppJsonWriter
{
    private const int InitialSize = 512;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _buffer;
    private int _position;
    private byte[]? _rented;

    internal OcppJsonWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _buffer = output.GetSpan(InitialSize);
    }

    /// <summary>How many bytes are written.</summary>
    public readonly int Position => _position;

    /// <summary>A value that was written breaks a rule: the payload will not be handed over.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>Notes that a value breaks a rule.</summary>
    public void Invalidate() => IsInvalid = true;

    /// <summary>Writes bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(ReadOnlySpan<byte> utf8)
    {
        if (_buffer.Length - _position < utf8.Length)
        {
            Grow(utf8.Length);
        }

        utf8.CopyTo(_buffer[_position..]);
        _position += utf8.Length;
    }

    /// <summary>Writes the name of an enumeration's value; an empty one is none of its values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteName(ReadOnlySpan<byte> quotedName)
    {
        if (quotedName.IsEmpty)
        {
            Invalidate();
        }

        WriteRaw(quotedName);
    }

    /// <summary>
    /// Writes a text between quotes. Only what RFC 8259 section 7 demands is escaped: quote, backslash and control
    /// characters.
    /// </summary>
    /// <param name="text">The text; none is a broken rule.</param>
    /// <param name="maxLength">The most code points it may have.</param>
    public void WriteString(string? text, int maxLength = int.MaxValue)
    {
        if (text is null || (text.Length > maxLength && CodePoints.Count(text) > maxLength))
        {
            Invalidate();
            return;
        }

        // Two quotes, and room for a whole block behind the last character.
        int room = text.Length + 2 + Vector128<byte>.Count;
        if (_buffer.Length - _position < room)
        {
            Grow(room);
        }

        _buffer[_position++] = (byte)'"';
        WriteText(text);
        WriteRaw("\""u8);
    }

    /// <summary>Writes an integer.</summary>
    public void WriteInt32(int value, int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (value < minimum || value > maximum)
        {
            Invalidate();
        }

        const int MaxDigits = 11;
        if (_buffer.Length - _position < MaxDigits)
        {
            Grow(MaxDigits);
        }

        value.TryFormat(_buffer[_position..], out int written, default, CultureInfo.InvariantCulture);
        _position += written;
    }

    /// <summary>Writes a decimal number, without an exponent.</summary>
    public void WriteDecimal(decimal value, decimal minimum = decimal.MinValue, decimal maximum = decimal.MaxValue)
    {
        if (value < minimum || value > maximum)
        {
            Invalidate();
        }

        const int MaxDigits = 32;
        if (_buffer.Length - _position < MaxDigits)
        {
            Grow(MaxDigits);
        }

        value.TryFormat(_buffer[_position..], out int written, default, CultureInfo.InvariantCulture);
        _position += written;
    }

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    /// <summary>Writes a date and time of RFC 3339 with at most three fractional digits, between quotes.</summary>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        if (_buffer.Length - _position < Rfc3339.MaxLength + 2)
        {
            Grow(Rfc3339.MaxLength + 2);
        }

        Span<byte> target = _buffer[_position..];
        target[0] = (byte)'"';
        int length = Rfc3339.Format(value, target[1..]);
        target[length + 1] = (byte)'"';
        _position += length + 2;
    }

    /// <summary>Writes any JSON value.</summary>
    public void WriteAny(JsonElement value)
    {
        if (!AnyJson.IsValid(value))
        {
            Invalidate();
            return;
        }

        WriteRaw(AnyJson.ToUtf8(value));
    }

    /// <summary>Writes a list.</summary>
    public void WriteArray<T>(IReadOnlyList<T> items, OcppWrite<T> writeItem, int minItems = 0, int maxItems = int.MaxValue)
    {
        if (items is null || items.Count < minItems || items.Count > maxItems)
        {
            Invalidate();
            return;
        }

        WriteRaw("["u8);
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                WriteRaw(","u8);
            }

            writeItem(ref this, items[i]);
        }

        WriteRaw("]"u8);
    }

    /// <summary>Writes further properties, each after a comma.</summary>
    /// <param name="others">The properties by name.</param>
    /// <param name="names">The names that the object has of its own.</param>
    public void WriteOthers(IReadOnlyDictionary<string, JsonElement>? others, scoped ReadOnlySpan<string> names)
    {
        foreach ((string name, JsonElement value) in others ?? AnyJson.NoProperties)
        {
            if (names.Contains(name))
            {
                Invalidate();
            }

            WriteRaw(","u8);
            WriteString(name);
            WriteRaw(":"u8);
            WriteAny(value);
        }
    }

    /// <summary>
    /// Ends an object without required properties, each of which was written after a comma: the first comma becomes the
    /// opening brace.
    /// </summary>
    /// <param name="start">The position at which the object began.</param>
    public void EndObject(int start)
    {
        if (_position == start)
        {
            WriteRaw("{"u8);
        }
        else
        {
            _buffer[start] = (byte)'{';
        }

        WriteRaw("}"u8);
    }

    /// <summary>Hands what was written to the caller's buffer, unless it is invalid.</summary>
    internal void Complete()
    {
        if (!IsInvalid)
        {
            if (_rented is not null)
            {
                _buffer[.._position].CopyTo(_output.GetSpan(_position));
            }

            _output.Advance(_position);
        }

        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        ref ushort source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        int i = 0;
        while (i < text.Length)
        {
            // 16 characters are read and 16 bytes written: both are there because of the condition. A character beyond
            // ASCII narrows to a byte that is below the space or beyond ASCII.
            if (i <= text.Length - Vector128<byte>.Count && _position <= _buffer.Length - Vector128<byte>.Count)
            {
                Vector128<byte> block = Narrow(
                    Vector128.LoadUnsafe(ref source, (nuint)i),
                    Vector128.LoadUnsafe(ref source, (nuint)i + (nuint)Vector128<ushort>.Count));
                block.StoreUnsafe(ref MemoryMarshal.GetReference(_buffer), (nuint)_position);
                Vector128<byte> special = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
                    | Vector128.Equals(block, Vector128.Create((byte)'"'))
                    | Vector128.Equals(block, Vector128.Create((byte)'\\'));
                uint mask = special.ExtractMostSignificantBits();
                int plain = mask == 0 ? Vector128<byte>.Count : BitOperations.TrailingZeroCount(mask);
                i += plain;
                _position += plain;
                if (mask == 0)
                {
                    continue;
                }
            }

            char c = text[i];
            if (c is >= ' ' and < '\x80' and not ('"' or '\\'))
            {
                if (_position == _buffer.Length)
                {
                    Grow(text.Length - i);
                }

                _buffer[_position++] = (byte)c;
                i++;
            }
            else if (c < '\x80')
            {
                WriteEscape(c, text.Length - i);
                i++;
            }
            else
            {
                i += WriteBeyondAscii(text[i..]);
            }
        }
    }

    /// <summary>Sixteen characters as bytes; what does not fit becomes a byte that is not printable ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<ushort> lower, Vector128<ushort> upper)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.PackUnsignedSaturate(lower.AsInt16(), upper.AsInt16());
        }

        return Vector128.Narrow(
            Vector128.Min(lower, Vector128.Create((ushort)byte.MaxValue)),
            Vector128.Min(upper, Vector128.Create((ushort)byte.MaxValue)));
    }

    private void WriteEscape(char c, int rest)
    {
        const int MaxEscape = 6;
        if (_buffer.Length - _position < MaxEscape)
        {
            Grow(MaxEscape + rest);
        }

        Span<byte> target = _buffer[_position..];
        target[0] = (byte)'\\';
        byte second = c switch
        {
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            '"' or '\\' => (byte)c,
            _ => (byte)'u',
        };
        target[1] = second;
        if (second != 'u')
        {
            _position += 2;
            return;
        }

        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)('0' + (c >> 4));
        target[5] = (byte)"0123456789abcdef"[c & 15];
        _position += MaxEscape;
    }

    /// <summary>Writes the characters up to the next that is ASCII.</summary>
    /// <returns>Their number.</returns>
    private int WriteBeyondAscii(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyInRange('\0', '\x7F');
        ReadOnlySpan<char> run = end < 0 ? text : text[..end];
        int maxBytes = 3 * run.Length;
        if (_buffer.Length - _position < maxBytes)
        {
            Grow(maxBytes + text.Length - run.Length);
        }

        if (Utf8.FromUtf16(run, _buffer[_position..], out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            Invalidate();
        }

        _position += written;
        return run.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _position + needed));
        _buffer[.._position].CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }

        _rented = larger;
        _buffer = larger;
    }
}
