using System.Buffers;
using System.ComponentModel;
using System.Text.Json;

namespace Ocpp.Json;

/// <summary>
/// The further properties of one object while it is read: where their values are, and at its end the values, which
/// share one document. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct OcppFurtherProperties
{
    private Dictionary<string, JsonElement>? _values;

    /// <summary>Rented; given back when the values are there.</summary>
    private Place[]? _places;
    private int _count;

    /// <summary>The properties by name, once the object was read; null if there are none.</summary>
    public readonly IReadOnlyDictionary<string, JsonElement>? Values => _values;

    internal readonly ReadOnlySpan<Place> Places => _places.AsSpan(0, _count);

    /// <summary>Adds a property.</summary>
    /// <returns>Whether it is the first of its name.</returns>
    internal bool Add(string name, int start, int end)
    {
        _places ??= ArrayPool<Place>.Shared.Rent(8);
        if (_count == _places.Length)
        {
            Place[] larger = ArrayPool<Place>.Shared.Rent(2 * _count);
            Places.CopyTo(larger);
            ArrayPool<Place>.Shared.Return(_places, clearArray: true);
            _places = larger;
        }

        _places[_count++] = new Place(name, start, end);
        _values ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        return _values.TryAdd(name, default);
    }

    /// <summary>Reads all values as one document.</summary>
    internal void Keep(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        ReadOnlySpan<Place> places = Places;
        if (places.Length == 1)
        {
            _values![places[0].Name] = JsonElement.Parse(json[places[0].Start..places[0].End], options);
            return;
        }

        int length = 1;
        foreach (ref readonly Place place in places)
        {
            length += place.End - place.Start + 1;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        int position = 0;
        foreach (ref readonly Place place in places)
        {
            rented[position] = position == 0 ? (byte)'[' : (byte)',';
            json[place.Start..place.End].CopyTo(rented.AsSpan(position + 1));
            position += place.End - place.Start + 1;
        }

        rented[position] = (byte)']';
        try
        {
            // Of a duplicate property the last value counts.
            int i = 0;
            foreach (JsonElement value in JsonElement.Parse(rented.AsSpan(0, length), options).EnumerateArray())
            {
                _values![places[i++].Name] = value;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal void Release()
    {
        if (_places is not null)
        {
            _places.AsSpan(0, _count).Clear();
            ArrayPool<Place>.Shared.Return(_places);
            _places = null;
            _count = 0;
        }
    }

    /// <summary>A property's name, and where its value is.</summary>
    internal readonly record struct Place(string Name, int Start, int End);
}
