using Ocpp.Validation;

namespace Ocpp;

/// <summary>How payloads are written. Immutable.</summary>
public sealed record OcppWriteOptions
{
    /// <summary>How many decimal places a <see cref="decimal"/> has at most.</summary>
    internal const int AllDecimalPlaces = 28;

    /// <summary>Every rule holds, and numbers keep all their decimal places. The default.</summary>
    public static OcppWriteOptions Strict { get; } = new();

    /// <summary>
    /// Writes whatever <see cref="OcppReadOptions.Lenient"/> has read, so that it can be stored or shown. Not meant for a
    /// peer, whose reader may refuse it.
    /// </summary>
    public static OcppWriteOptions Lenient { get; } = new() { IgnoreLimits = true };

    /// <summary>
    /// Write texts, lists and numbers that are beyond their limits, and values of any JSON type that are nested too deep or
    /// have duplicate properties. What has no form on the wire is refused all the same: a missing required value, an
    /// undeclared enumeration value, a text that is not Unicode.
    /// </summary>
    public bool IgnoreLimits { get; init; }

    /// <summary>Greater lengths of single texts, as the peer that reads them offers.</summary>
    public OcppFieldLimits? FieldLimits { get; init; }

    /// <summary>
    /// How many decimal places a number is written with at most, 0 to 28; beyond them it is rounded, half away from zero. The
    /// digits of numbers in JSON of any type are kept. Defaults to 28, all that a <see cref="decimal"/> has.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not 0 to 28.</exception>
    public int MaxDecimalPlaces
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, AllDecimalPlaces);
            field = value;
        }
    } = AllDecimalPlaces;

    /// <summary>Whether a broken rule of a record does not keep it from being written.</summary>
    internal bool Accepts(Type message, in OcppViolation violation) => violation.Rule switch
    {
        OcppRule.MaxLength or OcppRule.MinItems or OcppRule.MaxItems or OcppRule.Minimum or OcppRule.Maximum
            or OcppRule.Depth or OcppRule.DuplicateProperty when IgnoreLimits => true,
        _ => FieldLimits?.Find(message, violation) >= violation.Actual,
    };
}
