using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Json;

/// <summary>
/// The scanner under the generated readers: walks a payload in UTF-8 once, checks as it goes and yields .NET values.
/// It never throws because of the payload. At the first violation it stops, and every generated reader on the
/// way out adds its segment of the path; so the good path keeps no path at all.
/// </summary>
/// <remarks>
/// A second mode, for <see cref="OcppJson.Check"/> and for relaxed reading, goes on after each violation that leaves
/// the position known. For generated code; applications use <see cref="OcppJson"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct OcppJsonReader
{
    /// <summary>How deep objects and arrays may be nested in a payload.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// The bit of an object's <c>seen</c> for a required property that was present, but whose value is lost.
    /// </summary>
    private const ulong RequiredLost = 1UL << 63;

    /// <summary>An opening brace and the quote behind it, as the lowest bytes of a number.</summary>
    private const ushort BraceAndQuote = '{' | ('"' << 8);

    /// <summary>A comma and the quote behind it.</summary>
    private const ushort CommaAndQuote = ',' | ('"' << 8);

    private readonly ReadOnlySpan<byte> _json;
    private int _position;
    private int _depth;

    /// <summary>
    /// The first four bytes of the name that comes next, from its quote on: with them, nearly every other name is ruled
    /// out by one comparison. Set whenever the position comes to a name.
    /// </summary>
    private uint _head;

    /// <summary>A violation was met: the fast ways are closed, so that each path segment is collected.</summary>
    private bool _violated;

    /// <summary>The value that was just read can't be had; an optional property can do without it.</summary>
    private bool _valueLost;

    /// <summary>A property name that is not written in the plain form <c>"name":</c> is being matched.</summary>
    private bool _hasOddName;
    private int _oddNameEnd;
    private ReadOnlySpan<byte> _oddName;

    private readonly OcppErrorMap _errorMap;
    private readonly int _maxUntypedValues;
    private int _untypedValues;
    private ViolationLog? _log;

    internal OcppJsonReader(
        ReadOnlySpan<byte> utf8Json,
        OcppErrorMap errorMap,
        ViolationLog? log = null,
        int depth = 0,
        int maxUntypedValues = int.MaxValue
    )
    {
        _json = utf8Json;
        _errorMap = errorMap;
        _log = log;
        _depth = depth;
        _maxUntypedValues = maxUntypedValues;
    }

    /// <summary>The offset of the next byte to be read.</summary>
    public readonly int Position => _position;

    internal readonly ViolationLog? Log => _log;

    internal readonly bool HasViolation => _violated;

    /// <summary>What is accepted, when reading goes on after a violation.</summary>
    private readonly OcppReadOptions? Options => _log?.Options;

    /// <summary>Reading has ended before its time.</summary>
    private readonly bool IsStopped => _violated && (!_log!.GoesOn || _log.IsEnded);

    /// <summary>Steps into an object.</summary>
    /// <returns><see langword="false"/> if there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool BeginObject()
    {
        ReadOnlySpan<byte> json = _json;
        int position = _position;
        if (
            position <= json.Length - sizeof(ulong)
            && LoadEight(json, position) is var next
            && (ushort)next == BraceAndQuote
            && _depth < MaxDepth
        )
        {
            _position = position + 1;
            _head = (uint)(next >> 8);
            _depth++;
            return true;
        }

        return BeginObjectSlow();
    }

    /// <summary>
    /// Takes the property name when it is <paramref name="quotedName"/>: the name between its quotes and the colon, as
    /// it occurs in nearly every payload. A name in another form has been put aside by <see cref="OtherProperty()"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNext(ReadOnlySpan<byte> quotedName)
    {
        if (_head != BinaryPrimitives.ReadUInt32LittleEndian(quotedName))
        {
            return false;
        }

        if (_json[_position..].StartsWith(quotedName))
        {
            _position += quotedName.Length;
            return true;
        }

        return IsOddName(quotedName);
    }

    /// <summary>Ends the property whose value was just read, and goes to the next one.</summary>
    /// <param name="name">The property's name on the wire.</param>
    /// <param name="bit">The property's own bit; the highest is not free.</param>
    /// <param name="seen">The bits of the properties read so far.</param>
    /// <param name="required">The object can't be without this property.</param>
    /// <returns><see langword="false"/> at the end of the object, or when reading has stopped.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext(string name, ulong bit, ref ulong seen, bool required = false)
    {
        ReadOnlySpan<byte> json = _json;
        int position = _position;
        if (
            position <= json.Length - sizeof(ulong)
            && LoadEight(json, position) is var next
            && (ushort)next == CommaAndQuote
            && (seen & bit) == 0
            && !_violated
        )
        {
            seen |= bit;
            _position = position + 1;
            _head = (uint)(next >> 8);
            return true;
        }

        return MoveNextSlow(name, bit, ref seen, required);
    }

    /// <summary>
    /// Called when none of the object's names was next. A name in an odd form (escapes in it, or white space before the
    /// colon) is put aside to be tried once more; any other is unknown: a violation, or skipped.
    /// </summary>
    /// <returns><see langword="false"/> at the end of the object, or when reading has stopped.</returns>
    public bool OtherProperty()
    {
        if (!TryTakeOtherName(out ReadOnlySpan<byte> utf8Name, out bool goesOn))
        {
            return goesOn;
        }

        Violate(OcppRule.UnknownProperty);
        if (!IsStopped)
        {
            SkipValue();
        }

        _log!.Prepend(_depth, ViolationLog.Describe(utf8Name), isSurvived: true);
        return IsStopped ? LeaveFailed() : NextProperty();
    }

    /// <summary>As <see cref="OtherProperty()"/>, for an object that takes further properties: they are kept.</summary>
    /// <param name="others">The further properties.</param>
    public bool OtherProperty(ref OcppFurtherProperties others)
    {
        if (!TryTakeOtherName(out ReadOnlySpan<byte> utf8Name, out bool goesOn))
        {
            return goesOn;
        }

        if (TrySkipUntyped(out int start) && !others.Add(Encoding.UTF8.GetString(utf8Name), start, _position))
        {
            Violate(OcppRule.DuplicateProperty);
        }

        if (_violated)
        {
            _valueLost = false;
            _log!.Prepend(_depth, ViolationLog.Describe(utf8Name), isSurvived: true);
        }

        return IsStopped ? LeaveFailed() : NextProperty();
    }

    /// <summary>Called behind an object that takes further properties: makes their values, in one document.</summary>
    public void EndOtherProperties(ref OcppFurtherProperties others)
    {
        if (others.Places.IsEmpty || IsStopped)
        {
            return;
        }

        try
        {
            others.Keep(_json, s_noDuplicates);
        }
        catch (JsonException)
        {
            FindDuplicates(others.Places);
            others.Keep(_json, s_duplicates);
        }

        others.Release();
    }

    /// <summary>Returns whether the object that was just left is complete.</summary>
    /// <returns>
    /// <see langword="false"/> when a required property is missing (then <see cref="Missing"/> is called for each), or
    /// its value is lost.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool EndObject(ulong seen, ulong required) =>
        (seen & required) == required && (!_violated || EndViolatedObject(seen));

    /// <summary>Adds a violation if the bit of a required property is not set.</summary>
    public void Missing(string name, ulong bit, ulong seen)
    {
        if (IsStopped)
        {
            return;
        }

        _valueLost = true;
        if ((seen & bit) == 0)
        {
            // The object has been left by now: its properties are one level below.
            Violate(OcppRule.Required, _depth + 1, isFatal: true);
            _log!.Prepend(_depth + 1, name);
        }
    }

    /// <summary>Reads the end of the payload: nothing but white space may follow.</summary>
    /// <returns>Whether the payload was read without any violation.</returns>
    internal bool End()
    {
        if (!IsStopped)
        {
            SkipWhiteSpace();
            if (_position != _json.Length)
            {
                Malformed();
            }
        }

        return !_violated;
    }

    /// <summary>Takes a bracket or comma of the frame around a payload.</summary>
    internal bool TryTake(byte punctuation)
    {
        SkipWhiteSpace();
        if (Peek() != punctuation)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads a number without sign, fraction and exponent, of at most nine digits.</summary>
    internal bool TryReadSmallInteger(out int value)
    {
        value = 0;
        SkipWhiteSpace();
        int digits = CountDigits(_json, _position);
        bool isInteger = digits is > 0 and <= 9 && (digits == 1 || _json[_position] != '0');
        for (; isInteger && digits > 0; digits--)
        {
            value = (value * 10) + _json[_position++] - '0';
        }

        return isInteger && Peek() is ',' or ']' or ' ' or '\t' or '\r' or '\n';
    }

    /// <summary>Steps over an object.</summary>
    internal bool TrySkipObject(out ReadOnlySpan<byte> utf8Json)
    {
        SkipWhiteSpace();
        int start = _position;
        bool isObject = Peek() == '{' && SkipValue();
        utf8Json = _json[start.._position];
        return isObject;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool BeginObjectSlow()
    {
        SkipWhiteSpace();
        if (Peek() != '{')
        {
            WrongType(_depth == 0 ? OcppRule.PayloadNotObject : OcppRule.Type);
            return false;
        }

        if (!Enter())
        {
            return false;
        }

        if (Peek() is '"' or '}')
        {
            _head = Head(_json[_position..]);
            return true;
        }

        Malformed();
        return LeaveFailed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool MoveNextSlow(string name, ulong bit, ref ulong seen, bool required)
    {
        if (Peek() == '}' && (seen & bit) == 0 && !_violated)
        {
            seen |= bit;
            Leave();
            return false;
        }

        if (_violated || (seen & bit) != 0)
        {
            if ((seen & bit) != 0 && !IsStopped)
            {
                Violate(OcppRule.DuplicateProperty);
            }

            _log!.Prepend(_depth, name, isSurvived: !(_valueLost && required));
            if (IsStopped)
            {
                return LeaveFailed();
            }

            if (_valueLost && required)
            {
                seen |= RequiredLost;
            }

            _valueLost = false;
        }

        seen |= bit;
        return NextProperty();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EndViolatedObject(ulong seen)
    {
        if (IsStopped)
        {
            return false;
        }

        _valueLost = (seen & RequiredLost) != 0;
        return !_valueLost;
    }

    private bool NextProperty()
    {
        if (!NextElement((byte)'}'))
        {
            return false;
        }

        if (Peek() == '"')
        {
            _head = Head(_json[_position..]);
            return true;
        }

        Malformed();
        return LeaveFailed();
    }

    /// <summary>Reads the comma before the next property or item, or the end of the object or array.</summary>
    /// <returns><see langword="false"/> at the end, or when reading has stopped; the object or array is left.</returns>
    private bool NextElement(byte end)
    {
        SkipWhiteSpace();
        int next = Peek();
        if (next == ',')
        {
            _position++;
            SkipWhiteSpace();
            return true;
        }

        if (next == end)
        {
            Leave();
            return false;
        }

        Malformed();
        return LeaveFailed();
    }

    /// <summary>Takes the name of a property that the object does not define.</summary>
    /// <param name="name">The name.</param>
    /// <param name="goesOn">
    /// When there is none to be taken: whether the object's names are to be tried on it once more.
    /// </param>
    private bool TryTakeOtherName(out ReadOnlySpan<byte> name, out bool goesOn)
    {
        name = default;
        goesOn = false;
        if (!_hasOddName)
        {
            if (Peek() == '}')
            {
                Leave();
                return false;
            }

            if (!PutNameAside(out bool isPlain))
            {
                return LeaveFailed();
            }

            if (!isPlain)
            {
                goesOn = true;
                return false;
            }
        }

        name = TakeOddName();
        return true;
    }

    /// <summary>
    /// Reads the name that comes next, and keeps it to be compared instead of the bytes at the position.
    /// </summary>
    private bool PutNameAside(out bool isPlain)
    {
        int start = _position;
        isPlain = false;
        if (!ReadRawText(out ReadOnlySpan<byte> name, out bool hasEscapes))
        {
            return false;
        }

        isPlain = !hasEscapes && Peek() == ':';
        SkipWhiteSpace();
        if (Peek() != ':')
        {
            return Malformed();
        }

        _oddName = name;
        _oddNameEnd = _position + 1;
        _hasOddName = true;
        _position = start;

        // As in the plain form: behind a short name come its quote and the colon.
        ReadOnlySpan<byte> first = name[..Math.Min(name.Length, 3)];
        _head = Head([(byte)'"', .. first, (byte)'"', (byte)':', 0]);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsOddName(ReadOnlySpan<byte> quotedName)
    {
        // quotedName is "name": with both quotes and the colon.
        if (!_hasOddName || !_oddName.SequenceEqual(quotedName[1..^2]))
        {
            return false;
        }

        TakeOddName();
        return true;
    }

    private ReadOnlySpan<byte> TakeOddName()
    {
        _hasOddName = false;
        _position = _oddNameEnd;
        return _oddName;
    }

    /// <summary>
    /// The four bytes that a name begins with, as one number; where there are less, a number that no name has.
    /// </summary>
    private static uint Head(ReadOnlySpan<byte> name) =>
        BinaryPrimitives.TryReadUInt32LittleEndian(name, out uint head) ? head : 0;

    /// <summary>Eight bytes as one number, the first of them lowest.</summary>
    /// <param name="json">The bytes.</param>
    /// <param name="position">At most the length less eight: nothing checks it once more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LoadEight(ReadOnlySpan<byte> json, int position)
    {
        ulong eight = Unsafe.ReadUnaligned<ulong>(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(json), (nint)(uint)position)
        );
        return BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight);
    }

    /// <summary>Steps over the opening bracket.</summary>
    private bool Enter()
    {
        if (_depth == MaxDepth)
        {
            return TooDeep();
        }

        _depth++;
        _position++;
        SkipWhiteSpace();
        return true;
    }

    /// <summary>Steps over the closing bracket.</summary>
    private void Leave()
    {
        _depth--;
        _position++;
    }

    /// <summary>Leaves an object or array whose end is not reached any more.</summary>
    private bool LeaveFailed()
    {
        _depth--;
        return false;
    }

    /// <summary>The next byte, or -1 at the end.</summary>
    private readonly int Peek()
    {
        int position = _position;
        return (uint)position < (uint)_json.Length ? _json[position] : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhiteSpace()
    {
        ReadOnlySpan<byte> json = _json;
        int position = _position;
        while (
            (uint)position < (uint)json.Length && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'
        )
        {
            position++;
        }

        _position = position;
    }

    /// <summary>Steps to a value that begins with <paramref name="first"/>; where another begins, it is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool BeginsWith(byte first) =>
        ((uint)_position < (uint)_json.Length && _json[_position] == first) || BeginsWithSlow(first);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool BeginsWithSlow(byte first)
    {
        SkipWhiteSpace();
        if (Peek() == first)
        {
            return true;
        }

        WrongType(OcppRule.Type);
        return false;
    }

    /// <summary>
    /// The value at the position has not the type that was expected. That it is JSON at all is checked first.
    /// </summary>
    private void WrongType(OcppRule rule)
    {
        bool isNull = Peek() == 'n' && _depth > 0;
        if (SkipValue())
        {
            Lose(isNull ? OcppRule.Null : rule);
        }
    }

    /// <summary>Adds a violation that leaves no value.</summary>
    private void Lose(OcppRule rule, long? actual = null)
    {
        Violate(rule, _depth, actual: actual, isFatal: true);
        _valueLost = true;
    }

    private void Violate(OcppRule rule, long? limit = null, long? actual = null) =>
        Violate(rule, _depth, limit, actual);

    private void Violate(OcppRule rule, int depth, long? limit = null, long? actual = null, bool isFatal = false)
    {
        _violated = true;
        _log ??= new ViolationLog();
        _log.Add(new OcppViolation(_errorMap[rule], rule, "", limit, actual), depth, isFatal);
    }

    /// <summary>Adds a violation although a value was made of what was found, as the options allow.</summary>
    private void Tolerate(OcppRule rule)
    {
        _violated = true;
        _log!.Add(new OcppViolation(_errorMap[rule], rule, ""), _depth, isTolerated: true);
    }

    /// <summary>The bytes at the position are not JSON: reading stops in both modes.</summary>
    private bool Malformed() => Malformed(OcppRule.MalformedJson, _position);

    private bool Malformed(OcppRule rule, int position)
    {
        if (!IsStopped)
        {
            Violate(rule, actual: position);
            _log!.IsEnded = true;
        }

        return false;
    }

    /// <summary>
    /// The values of further properties with duplicates in them, one by one: each is a violation of its own.
    /// </summary>
    private void FindDuplicates(ReadOnlySpan<OcppFurtherProperties.Place> places)
    {
        foreach (ref readonly OcppFurtherProperties.Place place in places)
        {
            try
            {
                JsonElement.Parse(_json[place.Start..place.End], s_noDuplicates);
            }
            catch (JsonException)
            {
                // The object has been left by now: its properties are one level below.
                Violate(OcppRule.DuplicateProperty, _depth + 1);
                _log!.Prepend(_depth + 1, ViolationLog.Describe(Encoding.UTF8.GetBytes(place.Name)), isSurvived: true);
                if (IsStopped)
                {
                    return;
                }
            }
        }
    }

    private bool TooDeep()
    {
        Violate(OcppRule.Depth, limit: MaxDepth);
        _log!.IsEnded = true;
        return false;
    }
}
