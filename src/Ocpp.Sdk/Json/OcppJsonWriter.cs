using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Ocpp.Validation;

namespace Ocpp.Json;

/// <summary>
/// The writer under the generated ones: puts constant segments and values as UTF-8 into the caller's buffer, and checks
/// the values as it goes. Nothing is handed to the caller before the whole payload is written and found valid; what is
/// larger than the caller's first span grows in a pooled buffer. For generated code; applications use
/// <see cref="OcppJson"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct OcppJsonWriter
{
    private const int InitialSize = 512;

    /// <summary>From so many characters on, a text is written by a loop of its own: PEM, lists of values.</summary>
    private const int LongText = 64;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _buffer;
    private int _position;
    private byte[]? _rented;
    private readonly int _maxDecimalPlaces;

    /// <summary>Writes for a log: everything except secrets.</summary>
    private readonly bool _isDisplay;

    /// <summary>Lists every violation, beside that there is one.</summary>
    private readonly bool _lists;
    private List<WrittenViolation>? _violations;

    internal OcppJsonWriter(
        IBufferWriter<byte> output,
        int maxDecimalPlaces = OcppWriteOptions.AllDecimalPlaces,
        bool isDisplay = false,
        bool listsViolations = false
    )
    {
        _output = output;
        _buffer = output.GetSpan(InitialSize);
        _maxDecimalPlaces = maxDecimalPlaces;
        _isDisplay = isDisplay;
        _lists = listsViolations;
    }

    /// <summary>The number of bytes written.</summary>
    public readonly int Position => _position;

    /// <summary>A value has no JSON representation: the payload is not written.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>
    /// A value that was written breaks a rule: whether the payload is handed over is for the options to say.
    /// </summary>
    public bool IsDeviating { get; private set; }

    /// <summary>
    /// Writes <c>null</c> in the place of a required value that is missing, which has no JSON representation.
    /// </summary>
    public void WriteMissing()
    {
        Invalid(OcppRule.Required);
        WriteRaw("null"u8);
    }

    /// <summary>
    /// Writes a marker in the place of a value that is to stay out of logs, where that is what is written.
    /// </summary>
    /// <returns>Whether the marker was written; otherwise the value is to be.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool WriteRedacted()
    {
        if (_isDisplay)
        {
            WriteRaw("\"(redacted)\""u8);
        }

        return _isDisplay;
    }

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

    /// <summary>Writes the name of an enumeration's value; an empty name is not one of its values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteName(ReadOnlySpan<byte> quotedName)
    {
        if (quotedName.IsEmpty)
        {
            Invalid(OcppRule.Enum);
            quotedName = "\"(undeclared)\""u8;
        }

        WriteRaw(quotedName);
    }

    /// <summary>
    /// Writes a string between quotes. Only what RFC 8259 section 7 demands is escaped: quote, backslash and control
    /// characters.
    /// </summary>
    /// <param name="text">The string; null has no JSON representation.</param>
    /// <param name="maxLength">The maximum length in code points.</param>
    public void WriteString(string? text, int maxLength = int.MaxValue)
    {
        if (text is null)
        {
            WriteMissing();
            return;
        }

        if (text.Length > maxLength || _lists)
        {
            CheckText(text, maxLength);
        }

        WriteQuoted(text);
    }

    /// <summary>Writes a string that must be an absolute URI, as <see cref="WriteString"/> does.</summary>
    public void WriteUri(string? text, int maxLength = int.MaxValue)
    {
        int start = _position;
        WriteString(text, maxLength);
        if (text is not null && !AbsoluteUri.IsValid(text))
        {
            IsDeviating = true;
            if (CodePoints.IsWellFormed(text))
            {
                List(OcppRule.Uri, start);
            }
        }
    }

    /// <summary>Writes an integer.</summary>
    public void WriteInt32(int value, int minimum = int.MinValue, int maximum = int.MaxValue)
    {
        if (value < minimum || value > maximum)
        {
            Deviate(value < minimum ? OcppRule.Minimum : OcppRule.Maximum, value < minimum ? minimum : maximum);
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
    public void WriteDecimal(decimal value)
    {
        if (value.Scale > _maxDecimalPlaces)
        {
            value = Math.Round(value, _maxDecimalPlaces, MidpointRounding.AwayFromZero);
        }

        if (_buffer.Length - _position < DecimalText.MaxLength)
        {
            Grow(DecimalText.MaxLength);
        }

        _position += DecimalText.Format(value, _buffer[_position..]);
    }

    /// <summary>Writes a decimal number that has a limit, without an exponent.</summary>
    public void WriteDecimal(decimal value, decimal minimum = decimal.MinValue, decimal maximum = decimal.MaxValue)
    {
        CheckBounds(value, minimum, maximum);
        WriteDecimal(value);
    }

    /// <summary>Writes a decimal number that must be a multiple of another, without an exponent.</summary>
    public void WriteMultiple(
        decimal value,
        decimal multipleOf,
        decimal minimum = decimal.MinValue,
        decimal maximum = decimal.MaxValue
    )
    {
        CheckBounds(value, minimum, maximum);
        if (value % multipleOf != 0)
        {
            Deviate(OcppRule.MultipleOf, OcppJsonReader.ToLimit(multipleOf));
        }

        WriteDecimal(value);
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
        int start = _position;
        if (WriteElement(value) is { } broken)
        {
            ListAny(broken, start);
        }
    }

    /// <summary>Writes a list.</summary>
    public void WriteArray<T>(
        IReadOnlyList<T> items,
        OcppWrite<T> writeItem,
        int minItems = 0,
        int maxItems = int.MaxValue
    )
    {
        if (items is null)
        {
            WriteMissing();
            return;
        }

        // Each call on the list goes through its interface.
        int count = items.Count;
        if (count < minItems)
        {
            Deviate(OcppRule.MinItems, minItems, count);
        }
        else if (count > maxItems)
        {
            Deviate(OcppRule.MaxItems, maxItems, count);
        }

        WriteRaw("["u8);
        for (int i = 0; i < count; i++)
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
            WriteRaw(","u8);
            int start = _position;
            WriteQuoted(name);
            WriteRaw(":"u8);
            OcppRule? broken = WriteElement(value);
            if (names.Contains(name))
            {
                IsInvalid = true;
                broken = OcppRule.DuplicateProperty;
            }
            else if (_lists && !CodePoints.IsWellFormed(name))
            {
                broken = OcppRule.InvalidText;
            }

            if (broken is { } rule)
            {
                ListAny(rule, start, name);
            }
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

    /// <summary>Drops what was written, for which violations are listed.</summary>
    /// <returns>The violations, at most <see cref="WrittenViolation.Max"/>.</returns>
    internal IReadOnlyList<OcppViolation> CompleteList()
    {
        OcppViolation[] violations = _violations is null
            ? []
            : WrittenViolation.Locate(_buffer[.._position], _violations);
        Complete(isRefused: true);
        return violations;
    }

    /// <summary>Hands what was written to the caller's buffer, unless it breaks a rule.</summary>
    internal void Complete() => Complete(IsInvalid || IsDeviating);

    /// <summary>Hands what was written to the caller's buffer, or drops it.</summary>
    internal void Complete(bool isRefused)
    {
        if (!isRefused)
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

    /// <summary>
    /// Makes room for the rest of a string: one byte a character, the quotes, and a whole block behind its end.
    /// Whatever takes more than one byte makes room for the rest again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int rest)
    {
        int room = rest + 2 + Vector128<byte>.Count;
        if (_buffer.Length - _position < room)
        {
            Grow(room);
        }
    }

    private void WriteQuoted(string text)
    {
        Reserve(text.Length);
        _buffer[_position++] = (byte)'"';
        WriteText(text);
        _buffer[_position++] = (byte)'"';
    }

    /// <summary>Writes any JSON value, or <c>null</c> if it has no JSON representation.</summary>
    /// <returns>The rule that it breaks.</returns>
    private OcppRule? WriteElement(JsonElement value)
    {
        OcppRule? broken = AnyJson.FindBrokenRule(value, out ReadOnlySpan<byte> utf8Json);
        if (utf8Json.IsEmpty)
        {
            IsInvalid = true;
            utf8Json = "null"u8;
        }
        else
        {
            IsDeviating |= broken is OcppRule.Depth or OcppRule.DuplicateProperty;
            IsInvalid |= broken is not (null or OcppRule.Depth or OcppRule.DuplicateProperty);
        }

        WriteRaw(utf8Json);
        return broken;
    }

    /// <summary>
    /// Checks the length of a string; and that it is well-formed Unicode, if violations are listed: otherwise writing
    /// it finds that.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CheckText(string text, int maxLength)
    {
        if (_lists && !CodePoints.IsWellFormed(text))
        {
            List(OcppRule.InvalidText, _position);
        }
        else if (text.Length > maxLength && CodePoints.Count(text) is int count && count > maxLength)
        {
            Deviate(OcppRule.MaxLength, maxLength, count);
        }
    }

    private void CheckBounds(decimal value, decimal minimum, decimal maximum)
    {
        if (value < minimum)
        {
            Deviate(OcppRule.Minimum, OcppJsonReader.ToLimit(minimum));
        }
        else if (value > maximum)
        {
            Deviate(OcppRule.Maximum, OcppJsonReader.ToLimit(maximum));
        }
    }

    /// <summary>Notes that the value that comes next has no JSON representation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Invalid(OcppRule rule)
    {
        IsInvalid = true;
        List(rule, _position);
    }

    /// <summary>Notes that the value that comes next breaks a rule.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Deviate(OcppRule rule, long? limit, long? actual = null)
    {
        IsDeviating = true;
        List(rule, _position, limit, actual);
    }

    private void ListAny(OcppRule rule, int start, string? name = null) =>
        List(rule, start, rule == OcppRule.Depth ? AnyJson.MaxDepth : null, name: name);

    /// <summary>Lists a violation, if violations are listed.</summary>
    private void List(OcppRule rule, int start, long? limit = null, long? actual = null, string? name = null)
    {
        if (!_lists || _violations?.Count == WrittenViolation.Max)
        {
            return;
        }

        _violations ??= [];
        _violations.Add(
            new WrittenViolation(
                new OcppViolation(OcppErrorMap.Default[rule], rule, "", limit, actual),
                start,
                name is null ? null : ViolationLog.Describe(Encoding.UTF8.GetBytes(name))
            )
        );
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        ref ushort source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        int i = text.Length >= LongText ? WriteLongText(text) : 0;

        // Whole blocks: 16 characters are there because of the condition, room for 16 bytes because of Reserve.
        while (i <= text.Length - Vector128<byte>.Count)
        {
            Vector128<byte> block = Narrow(
                Vector128.LoadUnsafe(ref source, (nuint)i),
                Vector128.LoadUnsafe(ref source, (nuint)i + (nuint)Vector128<ushort>.Count)
            );
            block.StoreUnsafe(ref MemoryMarshal.GetReference(_buffer), (nuint)_position);
            uint mask = AsciiText.FindSpecial(block);
            if (mask == 0)
            {
                i += Vector128<byte>.Count;
                _position += Vector128<byte>.Count;
                continue;
            }

            int plain = BitOperations.TrailingZeroCount(mask);
            _position += plain;
            i += plain;
            i += WriteSpecial(text[i..]);
        }

        // Half a block in the same way; what comes behind its 8 bytes is room that is overwritten.
        while (i <= text.Length - Vector128<ushort>.Count)
        {
            Vector128<ushort> half = Vector128.LoadUnsafe(ref source, (nuint)i);
            Vector128<byte> block = Narrow(half, half);
            block.StoreUnsafe(ref MemoryMarshal.GetReference(_buffer), (nuint)_position);
            uint mask = AsciiText.FindSpecial(block) & 0xFF;
            if (mask == 0)
            {
                i += Vector128<ushort>.Count;
                _position += Vector128<ushort>.Count;
                continue;
            }

            int plain = BitOperations.TrailingZeroCount(mask);
            _position += plain;
            i += plain;
            i += WriteSpecial(text[i..]);
        }

        // A quarter: 4 characters are there because of the condition.
        if (i <= text.Length - sizeof(uint) && TryWriteQuarter(ref Unsafe.Add(ref source, i)))
        {
            i += sizeof(uint);
        }

        while (i < text.Length)
        {
            char c = text[i];
            if (c is >= ' ' and < '\x80' and not ('"' or '\\'))
            {
                _buffer[_position++] = (byte)c;
                i++;
            }
            else
            {
                i += WriteSpecial(text[i..]);
            }
        }
    }

    /// <summary>Writes a text but for its last characters, less than a block of them.</summary>
    /// <returns>How many were written.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int WriteLongText(ReadOnlySpan<char> text)
    {
        ref ushort source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        int last = text.Length - Vector128<byte>.Count;
        int i = 0;
        while (true)
        {
            // As in WriteText. A line of PEM is a few blocks and then a line end, for which no further block is loaded.
            ref byte target = ref MemoryMarshal.GetReference(_buffer);
            int position = _position;
            while (i <= last && Unsafe.Add(ref source, i) >= ' ')
            {
                Vector128<byte> block = Narrow(
                    Vector128.LoadUnsafe(ref source, (nuint)i),
                    Vector128.LoadUnsafe(ref source, (nuint)i + (nuint)Vector128<ushort>.Count)
                );
                block.StoreUnsafe(ref target, (nuint)position);
                uint mask = AsciiText.FindSpecial(block);
                if (mask != 0)
                {
                    int plain = BitOperations.TrailingZeroCount(mask);
                    i += plain;
                    position += plain;
                    break;
                }

                i += Vector128<byte>.Count;
                position += Vector128<byte>.Count;
            }

            _position = position;
            if (i > last)
            {
                return i;
            }

            i += WriteSpecial(text[i..]);
        }
    }

    /// <summary>Writes four characters if none of them is special.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryWriteQuarter(ref ushort source)
    {
        ulong characters = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref source));
        Vector128<ushort> quarter = Vector128.CreateScalar(characters).AsUInt16();
        Vector128<byte> block = Narrow(quarter, quarter);
        if ((AsciiText.FindSpecial(block) & 0xF) != 0)
        {
            return false;
        }

        // Room for more than 4 bytes because of Reserve.
        Unsafe.WriteUnaligned(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), _position),
            block.AsUInt32().ToScalar()
        );
        _position += sizeof(uint);
        return true;
    }

    /// <summary>Writes the first characters of a string that can't be written as they are.</summary>
    /// <returns>Their number.</returns>
    private int WriteSpecial(ReadOnlySpan<char> text)
    {
        int length = text[0] < '\x80' ? WriteEscape(text[0]) : WriteBeyondAscii(text);
        Reserve(text.Length - length);
        return length;
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
            Vector128.Min(upper, Vector128.Create((ushort)byte.MaxValue))
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int WriteEscape(char c)
    {
        // At most 6 bytes: Reserve has left room for a whole block after the rest of the string.
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
            return 1;
        }

        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)('0' + (c >> 4));
        target[5] = (byte)"0123456789abcdef"[c & 15];
        _position += 6;
        return 1;
    }

    /// <summary>Writes the characters up to the next that is ASCII.</summary>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int WriteBeyondAscii(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyInRange('\0', '\x7F');
        ReadOnlySpan<char> run = end < 0 ? text : text[..end];
        int maxBytes = 3 * run.Length;
        if (_buffer.Length - _position < maxBytes)
        {
            Grow(maxBytes + text.Length - run.Length);
        }

        if (
            Utf8.FromUtf16(run, _buffer[_position..], out _, out int written, replaceInvalidSequences: _isDisplay)
            != OperationStatus.Done
        )
        {
            IsInvalid = true;
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
