using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ocpp.Rpc;

/// <summary>Finds values by names as they are on the wire. Immutable.</summary>
internal sealed class NameTable<TValue>
    where TValue : class
{
    private readonly Dictionary<string, TValue> _values;

    /// <summary>
    /// The values once more, by the bytes of their names: each name is in its place, or in one of those behind it, and
    /// one place at least is empty.
    /// </summary>
    private readonly (byte[] Utf8Name, TValue Value)[] _places;

    /// <param name="values">The values by their names, which are case-sensitive.</param>
    public NameTable(IEnumerable<KeyValuePair<string, TValue>> values)
    {
        _values = new Dictionary<string, TValue>(values, StringComparer.Ordinal);
        _places = new (byte[], TValue)[BitOperations.RoundUpToPowerOf2((uint)(2 * _values.Count) + 1)];
        foreach ((string name, TValue value) in _values)
        {
            byte[] utf8Name = Encoding.UTF8.GetBytes(name);
            int place = PlaceOf(utf8Name);
            while (_places[place].Utf8Name is not null)
            {
                place = Next(place);
            }

            _places[place] = (utf8Name, value);
        }
    }

    public TValue? Find(string name) => _values.GetValueOrDefault(name);

    public TValue? Find(ReadOnlySpan<byte> utf8Name)
    {
        int place = PlaceOf(utf8Name);
        while (_places[place] is { Utf8Name: { } found, Value: { } value })
        {
            if (utf8Name.SequenceEqual(found))
            {
                return value;
            }

            place = Next(place);
        }

        return null;
    }

    /// <summary>The length, the first and the last bytes tell all actions of OCPP 1.6, 2.0.1 and 2.1 apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(ReadOnlySpan<byte> utf8Name)
    {
        ulong key = (ulong)utf8Name.Length;
        if (utf8Name.Length >= sizeof(ulong))
        {
            key +=
                BinaryPrimitives.ReadUInt64LittleEndian(utf8Name)
                ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(utf8Name[^sizeof(ulong)..]), 29);
        }
        else
        {
            foreach (byte b in utf8Name)
            {
                key = (key << 8) + b;
            }
        }

        return (int)((key * 0x9E37_79B9_7F4A_7C15) >> 32) & (_places.Length - 1);
    }

    private int Next(int place) => (place + 1) & (_places.Length - 1);
}
