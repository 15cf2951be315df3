using System.Runtime.CompilerServices;

namespace Ocpp.Validation;

/// <summary>
/// Checks a value that an option is set to. Each method returns the value, or throws
/// <see cref="ArgumentOutOfRangeException"/> with the name of the option.
/// </summary>
internal static class OptionValue
{
    /// <summary>At least 1.</summary>
    public static int AtLeastOne(int value, [CallerMemberName] string name = "") => AtLeast(value, 1, name);

    /// <summary>At least a minimum.</summary>
    public static int AtLeast(int value, int min, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        return value;
    }

    /// <summary>0 or greater.</summary>
    public static int NotNegative(int value, [CallerMemberName] string name = "") => AtLeast(value, 0, name);

    /// <summary>0 to a maximum.</summary>
    public static int AtMost(int value, int max, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        return NotNegative(value, name);
    }

    /// <summary>Longer than zero.</summary>
    public static TimeSpan Positive(TimeSpan value, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, name);
        return value;
    }

    /// <summary>Longer than zero, and not longer than a maximum.</summary>
    public static TimeSpan Positive(TimeSpan value, TimeSpan max, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        return Positive(value, name);
    }

    /// <summary>Zero or longer, and not longer than a maximum.</summary>
    public static TimeSpan NotNegative(TimeSpan value, TimeSpan max, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
        return value;
    }

    /// <summary>A value that is set.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public static T NotNull<T>(T value, [CallerMemberName] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    /// <summary>A text that is neither empty nor white space.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public static string NotEmpty(string value, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
