using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ocpp.Json;

/// <summary>Equality by value for what .NET compares by reference. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OcppEquality
{
    /// <summary>Whether two lists hold equal items in the same order. One method for all types of items.</summary>
    public static bool AreEqual(IReadOnlyList<object?>? left, IReadOnlyList<object?>? right) =>
        AreEqual(left, right, Equals);

    /// <summary>Whether two lists hold equal values in the same order.</summary>
    /// <remarks>
    /// A loop of its own: with the other one, each type of values is one more method and a delegate in native programs.
    /// </remarks>
    public static bool AreEqual<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right)
        where T : struct
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left is null || right is null || left.Count != right.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Count; i++)
        {
            if (!AreItemsEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether two lists hold items in the same order that <paramref name="areItemsEqual"/> finds equal.
    /// </summary>
    public static bool AreEqual<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right, Func<T, T, bool> areItemsEqual)
    {
        ArgumentNullException.ThrowIfNull(areItemsEqual);

        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left is null || right is null || left.Count != right.Count)
        {
            return false;
        }

        for (int i = 0; i < left.Count; i++)
        {
            if (!areItemsEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether two JSON values are equal: numbers by value, objects in any order. Numbers with an exponent beyond 32
    /// bits are equal where they are spelled the same.
    /// </summary>
    public static bool AreEqual(JsonElement? left, JsonElement? right)
    {
        if (
            left is not { ValueKind: not JsonValueKind.Undefined } l
            || right is not { ValueKind: not JsonValueKind.Undefined } r
        )
        {
            return left?.ValueKind == right?.ValueKind;
        }

        try
        {
            return JsonElement.DeepEquals(l, r);
        }
        catch (ArgumentOutOfRangeException)
        {
            // 1e99999999999 is JSON, and DeepEquals refuses to compare it. It comes from a peer: comparing must not
            // throw.
            return AreEqualInParts(l, r);
        }
    }

    /// <summary>
    /// Whether two sets of further properties hold the same names with equal values. A missing set equals an empty one.
    /// </summary>
    public static bool AreEqual(
        IReadOnlyDictionary<string, JsonElement>? left,
        IReadOnlyDictionary<string, JsonElement>? right
    )
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        // A missing and an empty set are written the same, so they are equal.
        left ??= AnyJson.NoProperties;
        right ??= AnyJson.NoProperties;
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach ((string name, JsonElement value) in left)
        {
            if (!right.TryGetValue(name, out JsonElement other) || !AreEqual((JsonElement?)value, other))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A hash code of the items of a list.</summary>
    public static int GetHashCode(IReadOnlyList<object?>? list)
    {
        int hash = list?.Count ?? -1;
        for (int i = 0; i < list?.Count; i++)
        {
            hash = Combine(hash, list[i]);
        }

        return hash;
    }

    /// <summary>A hash code of the values of a list.</summary>
    public static int GetHashCode<T>(IReadOnlyList<T>? list)
        where T : struct
    {
        int hash = list?.Count ?? -1;
        for (int i = 0; i < list?.Count; i++)
        {
            // Items that are JSON can be equal although their texts differ: their count and kinds must do.
            T item = list[i];
            hash = Combine(
                hash,
                item is JsonElement json ? GetHashCode(json) : EqualityComparer<T>.Default.GetHashCode(item)
            );
        }

        return hash;
    }

    /// <summary>Adds a value to the hash code of a record.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Combine(int hash, object? value) => HashCode.Combine(hash, value?.GetHashCode() ?? 0);

    /// <inheritdoc cref="Combine(int, object)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Combine(int hash, int? value) => HashCode.Combine(hash, value.GetHashCode());

    /// <inheritdoc cref="Combine(int, object)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Combine(int hash, bool? value) => HashCode.Combine(hash, value.GetHashCode());

    /// <inheritdoc cref="Combine(int, object)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Combine(int hash, decimal? value) => HashCode.Combine(hash, value.GetHashCode());

    /// <inheritdoc cref="Combine(int, object)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Combine(int hash, DateTimeOffset? value) => HashCode.Combine(hash, value.GetHashCode());

    /// <summary>A hash of a JSON value: of its kind, and of a text its characters.</summary>
    public static int GetHashCode(JsonElement? json) =>
        json switch
        {
            null => 0,
            { ValueKind: JsonValueKind.String } text => text.GetString()!.GetHashCode(StringComparison.Ordinal),
            { } other => (int)other.ValueKind,
        };

    /// <summary>A hash of the names of further properties.</summary>
    public static int GetHashCode(IReadOnlyDictionary<string, JsonElement>? properties)
    {
        int hash = properties?.Count ?? 0;
        foreach (string name in properties?.Keys ?? [])
        {
            hash ^= name.GetHashCode(StringComparison.Ordinal);
        }

        return hash;
    }

    /// <summary>Compares values part by part, so that the numbers that can't be compared are by themselves.</summary>
    private static bool AreEqualInParts(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                var others = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (JsonProperty property in right.EnumerateObject())
                {
                    others[property.Name] = property.Value;
                }

                return left.GetPropertyCount() == right.GetPropertyCount()
                    && left.EnumerateObject()
                        .All(property =>
                            others.TryGetValue(property.Name, out JsonElement other)
                            && AreEqualInParts(property.Value, other)
                        );

            case JsonValueKind.Array:
                return left.GetArrayLength() == right.GetArrayLength()
                    && left.EnumerateArray()
                        .Zip(right.EnumerateArray())
                        .All(items => AreEqualInParts(items.First, items.Second));

            case JsonValueKind.Number:
                return left.GetRawText() == right.GetRawText() || AreNumbersEqual(left, right);

            default:
                return JsonElement.DeepEquals(left, right);
        }
    }

    private static bool AreNumbersEqual(JsonElement left, JsonElement right)
    {
        try
        {
            return JsonElement.DeepEquals(left, right);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Spelled otherwise, and beyond what is compared by value.
            return false;
        }
    }

    private static bool AreItemsEqual<T>(T left, T right)
        where T : struct =>
        left is JsonElement l && right is JsonElement r
            ? AreEqual((JsonElement?)l, r)
            : EqualityComparer<T>.Default.Equals(left, right);
}
