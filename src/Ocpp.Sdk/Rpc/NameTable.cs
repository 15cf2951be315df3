using System.Text;

namespace Ocpp.Rpc;

/// <summary>Finds values by names as they are on the wire. Immutable.</summary>
/// <param name="values">The values by their names, which are case-sensitive.</param>
internal sealed class NameTable<TValue>(IEnumerable<KeyValuePair<string, TValue>> values)
    where TValue : class
{
    private const int MaxNameOnStack = 64;

    private readonly Dictionary<string, TValue> _values = new(values, StringComparer.Ordinal);

    /// <summary>In bytes of UTF-8.</summary>
    private readonly int _longestName = values
        .Select(pair => Encoding.UTF8.GetByteCount(pair.Key))
        .DefaultIfEmpty()
        .Max();

    public TValue? Find(string name) => _values.GetValueOrDefault(name);

    public TValue? Find(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.Length > _longestName)
        {
            return null;
        }

        // UTF-16 has never more characters than UTF-8 has bytes.
        Span<char> name = _longestName <= MaxNameOnStack ? stackalloc char[MaxNameOnStack] : new char[_longestName];
        return Find(name[..Encoding.UTF8.GetChars(utf8Name, name)]);
    }

    private TValue? Find(ReadOnlySpan<char> name)
    {
#if NET10_0_OR_GREATER
        return _values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out TValue? value) ? value : null;
#else
        return _values.GetValueOrDefault(name.ToString());
#endif
    }
}
