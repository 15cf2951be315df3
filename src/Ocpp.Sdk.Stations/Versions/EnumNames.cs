namespace Ocpp.Stations.Versions;

/// <summary>
/// Converts between the enums of the parts of a station and those of a version's messages, whose values have the names
/// of the specification.
/// </summary>
public static class EnumNames
{
    /// <summary>Returns the value of the same name.</summary>
    /// <typeparam name="TEnum">The enum of the result.</typeparam>
    /// <param name="value">A value of another enum.</param>
    /// <exception cref="ArgumentException">There is no value of that name.</exception>
    public static TEnum To<TEnum>(this Enum value)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(value);
        return Enum.Parse<TEnum>(value.ToString());
    }

    /// <summary>Returns the value of the same name, or another value if there is none.</summary>
    /// <typeparam name="TEnum">The enum of the result.</typeparam>
    /// <param name="value">A value of another enum.</param>
    /// <param name="otherwise">The result if there is no value of that name.</param>
    public static TEnum To<TEnum>(this Enum value, TEnum otherwise)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(value);
        return Enum.TryParse(value.ToString(), out TEnum named) ? named : otherwise;
    }
}
