using Ocpp.Validation;

namespace Ocpp;

/// <summary>How payloads are written. Immutable.</summary>
public sealed record OcppWriteOptions
{
    /// <summary>The maximum number of decimal places of a <see cref="decimal"/>.</summary>
    internal const int AllDecimalPlaces = 28;

    /// <summary>Enforces every rule; numbers keep all their decimal places. The default.</summary>
    public static OcppWriteOptions Strict { get; } = new();

    /// <summary>
    /// Writes everything that <see cref="OcppReadOptions.Lenient"/> reads, so that it can be stored or shown. Not meant
    /// for a peer, whose reader may refuse it.
    /// </summary>
    public static OcppWriteOptions Lenient { get; } = new() { IgnoreLimits = true };

    /// <summary>
    /// Writes strings, arrays and numbers that are beyond their limits, and values of any JSON type that are nested too
    /// deep or have duplicate properties. What has no JSON representation is refused all the same: a missing required
    /// value, an undeclared enumeration value, a string that is not well-formed Unicode.
    /// </summary>
    public bool IgnoreLimits { get; init; }

    /// <summary>Greater maximum lengths of single strings, as accepted by the peer that reads them.</summary>
    public OcppFieldLimits? FieldLimits { get; init; }

    /// <summary>
    /// The maximum number of decimal places of a number, 0 to 28; more are rounded, half away from zero. The
    /// digits of numbers in JSON of any type are kept. Defaults to 28, all that a <see cref="decimal"/> has.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 0 to 28.</exception>
    public int MaxDecimalPlaces
    {
        get;
        init => field = OptionValue.AtMost(value, AllDecimalPlaces);
    } = AllDecimalPlaces;

    /// <summary>Whether a broken rule of a record does not keep it from being written.</summary>
    internal bool Accepts(Type message, in OcppViolation violation) =>
        violation.Rule switch
        {
            OcppRule.MaxLength
            or OcppRule.MinItems
            or OcppRule.MaxItems
            or OcppRule.Minimum
            or OcppRule.Maximum
            or OcppRule.MultipleOf
            or OcppRule.Depth
            or OcppRule.DuplicateProperty when IgnoreLimits => true,
            _ => FieldLimits?.Find(message, violation) >= violation.Actual,
        };
}
