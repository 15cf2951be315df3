using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ocpp.Validation;

namespace Ocpp.Json;

// Everything but objects, texts and numbers.
public ref partial struct OcppJsonReader
{
    private static readonly JsonDocumentOptions s_noDuplicates = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };
    private static readonly JsonDocumentOptions s_duplicates = new() { MaxDepth = MaxDepth };

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    /// <returns>The value, or <see langword="null"/> if it is missing or invalid.</returns>
    public bool? ReadBoolean()
    {
        SkipWhiteSpace();
        ReadOnlySpan<byte> rest = _json[_position..];
        if (rest.StartsWith("true"u8))
        {
            _position += 4;
            return true;
        }

        if (rest.StartsWith("false"u8))
        {
            _position += 5;
            return false;
        }

        WrongType(OcppRule.Type);
        return null;
    }

    /// <summary>Reads a date and time of RFC 3339.</summary>
    /// <returns>The time, or <see langword="null"/> if it is missing or invalid.</returns>
    public DateTimeOffset? ReadDateTimeOffset()
    {
        if (!BeginsWith((byte)'"') || !ReadRawText(out ReadOnlySpan<byte> text, out _))
        {
            return null;
        }

        if (Rfc3339.TryParse(text, out DateTimeOffset value))
        {
            return value;
        }

        if (Options is { } options && DateTimeForms.TryParse(text, options, out value))
        {
            Tolerate(OcppRule.DateTime);
            return value;
        }

        Lose(OcppRule.DateTime);
        return null;
    }

    /// <summary>Reads any JSON value.</summary>
    /// <returns>A copy of it, or <see langword="null"/> if it is not valid JSON.</returns>
    public JsonElement? ReadAny()
    {
        if (!TrySkipUntyped(out int start))
        {
            return null;
        }

        // The scanner has found the value valid and within the depth: only a duplicate property is left to be refused.
        try
        {
            return JsonElement.Parse(_json[start.._position], s_noDuplicates);
        }
        catch (JsonException)
        {
            Violate(OcppRule.DuplicateProperty);
            return JsonElement.Parse(_json[start.._position], s_duplicates);
        }
    }

    /// <summary>Steps over a value that the schema gives no type, of which there may be only so many.</summary>
    private bool TrySkipUntyped(out int start)
    {
        SkipWhiteSpace();
        start = _position;
        if (_untypedValues == _maxUntypedValues)
        {
            // Each takes more memory than its bytes: no reading on, in either mode.
            Violate(OcppRule.MaxUntypedValues, limit: _maxUntypedValues);
            _log!.IsEnded = true;
            return false;
        }

        _untypedValues++;
        return SkipValue();
    }

    /// <summary>Reads a list.</summary>
    /// <returns>Its items, or <see langword="null"/> when they can't be had.</returns>
    public IReadOnlyList<T>? ReadArray<T>(OcppRead<T> readItem, int minItems = 0, int maxItems = int.MaxValue)
    {
        if (!BeginsWith((byte)'[') || !Enter())
        {
            return null;
        }

        T[] items = [];
        int count = 0;
        if (Peek() == ']')
        {
            Leave();
        }
        else if (!ReadItems(readItem, ref items, ref count) && IsStopped)
        {
            return null;
        }

        if (count < minItems)
        {
            Violate(OcppRule.MinItems, limit: minItems, actual: count);
        }
        else if (count > maxItems)
        {
            Violate(OcppRule.MaxItems, limit: maxItems, actual: count);
        }

        return _valueLost ? null : items;
    }

    private bool ReadItems<T>(OcppRead<T> readItem, ref T[] items, ref int count)
    {
        // Most lists are short: up to three items wait here until their number is known.
        T first = default!;
        T second = default!;
        T third = default!;
        T[] scratch = [];
        bool isLost = false;
        do
        {
            T item = readItem(ref this);
            if (_violated)
            {
                _log!.Prepend(_depth, count.ToString(CultureInfo.InvariantCulture));
                isLost |= _valueLost;
                _valueLost = false;
                if (IsStopped)
                {
                    LeaveFailed();
                    break;
                }
            }

            switch (count)
            {
                case 0:
                    first = item;
                    break;

                case 1:
                    second = item;
                    break;

                case 2:
                    third = item;
                    break;

                default:
                    if (count == 3)
                    {
                        scratch = Rent<T>(16);
                    }
                    else if (count == scratch.Length)
                    {
                        T[] larger = Rent<T>(2 * count);
                        Span<T> full = MemoryMarshal.CreateSpan(
                            ref MemoryMarshal.GetArrayDataReference(scratch),
                            count
                        );
                        full.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(larger), count));
                        full.Clear();
                        Return(scratch);
                        scratch = larger;
                    }

                    scratch[count] = item;
                    break;
            }

            count++;
        } while (NextElement((byte)']'));

        isLost |= IsStopped;
        if (!isLost)
        {
            items = new T[count];
            items[0] = first;
            if (count > 1)
            {
                items[1] = second;
            }

            if (count > 2)
            {
                items[2] = third;
            }
        }

        if (count > 3)
        {
            // Not AsSpan, which refuses an array of another type; there are at least as many items as are counted.
            Span<T> others = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(scratch), count)[3..];
            if (!isLost)
            {
                others.CopyTo(items.AsSpan(3));
            }

            others.Clear();
            Return(scratch);
        }

        _valueLost = isLost;
        return !isLost;
    }

    /// <summary>
    /// Rents an array for items. All reference types share the arrays of objects: a native program has the code and the
    /// types of a pool for each type that has one. Only items of their type are put into an array, and it is cleared
    /// before others get it, so none is taken for another type.
    /// </summary>
    private static T[] Rent<T>(int length) =>
        typeof(T).IsValueType
            ? ArrayPool<T>.Shared.Rent(length)
            : Unsafe.As<T[]>(ArrayPool<object>.Shared.Rent(length));

    private static void Return<T>(T[] rented)
    {
        if (typeof(T).IsValueType)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
        else
        {
            ArrayPool<object>.Shared.Return(Unsafe.As<object[]>(rented));
        }
    }

    /// <summary>
    /// Steps over a value of any type, and checks that it is JSON. Needs no stack, however deep the value is.
    /// </summary>
    internal bool SkipValue()
    {
        // One bit a level: 1 for an object, 0 for an array.
        ulong objects = 0;
        int depth = 0;
        while (true)
        {
            SkipWhiteSpace();
            int first = Peek();
            if (first is '{' or '[')
            {
                if (_depth + depth == MaxDepth)
                {
                    return TooDeep();
                }

                bool isObject = first == '{';
                _position++;
                SkipWhiteSpace();
                if (Peek() == (isObject ? '}' : ']'))
                {
                    _position++;
                }
                else
                {
                    objects = (objects << 1) | (isObject ? 1UL : 0);
                    depth++;
                    if (isObject && !SkipName())
                    {
                        return false;
                    }

                    continue;
                }
            }
            else if (!SkipScalar(first))
            {
                return false;
            }

            // A value has ended: so may those around it.
            while (true)
            {
                if (depth == 0)
                {
                    return true;
                }

                SkipWhiteSpace();
                bool inObject = (objects & 1) != 0;
                int next = Peek();
                if (next == ',')
                {
                    _position++;
                    SkipWhiteSpace();
                    if (inObject && !SkipName())
                    {
                        return false;
                    }

                    break;
                }

                if (next != (inObject ? '}' : ']'))
                {
                    return Malformed();
                }

                _position++;
                depth--;
                objects >>= 1;
            }
        }
    }

    private bool SkipScalar(int first) =>
        first switch
        {
            '"' => SkipText(),
            '-' or (>= '0' and <= '9') => SkipNumber(),
            't' => SkipLiteral("true"u8),
            'f' => SkipLiteral("false"u8),
            'n' => SkipLiteral("null"u8),
            _ => Malformed(),
        };

    private bool SkipText() => ReadRawText(out _, out _);

    private bool SkipName()
    {
        if (Peek() != '"' || !SkipText())
        {
            return Malformed();
        }

        SkipWhiteSpace();
        if (Peek() != ':')
        {
            return Malformed();
        }

        _position++;
        return true;
    }

    private bool SkipLiteral(ReadOnlySpan<byte> literal)
    {
        if (!_json[_position..].StartsWith(literal))
        {
            return Malformed();
        }

        _position += literal.Length;
        return true;
    }
}
