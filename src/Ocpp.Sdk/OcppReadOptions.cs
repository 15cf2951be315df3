using Ocpp.Validation;

namespace Ocpp;

/// <summary>
/// How strictly payloads are read. <see cref="Strict"/> refuses every violation. A relaxed reader first reads strictly;
/// a payload that fails is read again, and accepted if these options accept every violation in it. Therefore what is
/// relaxed costs nothing for peers that keep to the specification. Immutable.
/// </summary>
public sealed record OcppReadOptions
{
    /// <summary>Enforces every rule. The default.</summary>
    public static OcppReadOptions Strict { get; } = new();

    /// <summary>
    /// Treats <c>null</c> for an optional property as absent, which several implementations send (part 4, section 4.1.5
    /// asks to leave the property out). Everything else is as strict as <see cref="Strict"/>. The default of sessions.
    /// </summary>
    public static OcppReadOptions Tolerant { get; } = new() { NullAsAbsent = true };

    /// <summary>
    /// Accepts whatever has an unambiguous meaning: unknown properties are skipped, <c>null</c> for an optional
    /// property counts as absent, strings, arrays and numbers beyond their limits are kept as they are, dates and times
    /// may have other forms, and a number may be written as a string and a string as a number.
    /// </summary>
    public static OcppReadOptions Lenient { get; } =
        new()
        {
            IgnoreUnknownProperties = true,
            NullAsAbsent = true,
            IgnoreLimits = true,
            AssumeUtc = true,
            OtherDateTimeForms = true,
            LeapSeconds = true,
            NumbersFromText = true,
            TextFromNumbers = true,
        };

    /// <summary>Ignores properties that the message does not have.</summary>
    public bool IgnoreUnknownProperties { get; init; }

    /// <summary>Treats <c>null</c> for an optional property as absent.</summary>
    public bool NullAsAbsent { get; init; }

    /// <summary>
    /// Accepts strings that are too long, arrays with too few or too many items, and numbers outside their bounds.
    /// </summary>
    public bool IgnoreLimits { get; init; }

    /// <summary>Treats a date and time without a time zone as UTC, such as <c>2026-01-31T12:00:00</c>.</summary>
    public bool AssumeUtc { get; init; }

    /// <summary>
    /// Accepts dates and times in the other forms of ISO 8601: an offset such as <c>+0100</c> or <c>+01</c>, a space in
    /// place of the <c>T</c>, a comma before the fraction, and no seconds.
    /// </summary>
    public bool OtherDateTimeForms { get; init; }

    /// <summary>
    /// Accepts a leap second, <c>23:59:60</c>, as the first second of the next minute: .NET has no place for it.
    /// </summary>
    public bool LeapSeconds { get; init; }

    /// <summary>Accepts a string that holds only a JSON number, such as <c>"5"</c>, as the number.</summary>
    public bool NumbersFromText { get; init; }

    /// <summary>Accepts a number in place of a string, as the string of its characters.</summary>
    public bool TextFromNumbers { get; init; }

    /// <summary>
    /// Greater maximum lengths of single strings, agreed with the peer. Such a string is not a deviation; one beyond
    /// its limit here is a violation, unless <see cref="IgnoreLimits"/> is set.
    /// </summary>
    public OcppFieldLimits? FieldLimits { get; init; }

    /// <summary>
    /// Accepts further violations one by one, for example only those of one field
    /// (<c>v => v is { Path: "/csr", Rule: OcppRule.MaxLength }</c>). What leaves no value for a required property
    /// (<see cref="OcppRule.Required"/>, a wrong type, an unknown enumeration value there) and what is not JSON at all
    /// can't be accepted; the same violations on an optional property can: it is then absent. Of a duplicate property
    /// the last value counts. Called while the payload is read; the payload may be refused all the same. At most 10,000
    /// violations may be within one property of the payload; one more ends the reading.
    /// </summary>
    public Func<OcppViolation, bool>? Accept { get; init; }

    /// <summary>
    /// Called with each violation that was accepted, after the payload as a whole was; for the first
    /// <see cref="MaxViolations"/> of a payload.
    /// </summary>
    public Action<OcppViolation>? DeviationAccepted { get; init; }

    /// <summary>
    /// Called after <see cref="DeviationAccepted"/> with the number of accepted violations beyond
    /// <see cref="MaxViolations"/>, when there are any.
    /// </summary>
    public Action<int>? UnlistedDeviationsAccepted { get; init; }

    /// <summary>The error code of each violation.</summary>
    public OcppErrorMap ErrorMap { get; init; } = OcppErrorMap.Default;

    /// <summary>
    /// The maximum number of violations that are listed for a payload, by <see cref="OcppJson.Check"/> and to
    /// <see cref="DeviationAccepted"/>; at least 1. Defaults to 100.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxViolations
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 100;

    /// <summary>
    /// The maximum number of values without a type in the schema in one payload: the further properties of
    /// <c>customData</c>, in all objects together, and properties or items of any JSON type; at least 1. Each takes
    /// more memory than its bytes. Defaults to 16,384. A bound on what is received, as
    /// <see cref="OcppSessionOptions.MaxMessageSize"/> is: what is written may have more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxUntypedValues
    {
        get;
        init => field = OptionValue.AtLeastOne(value);
    } = 16_384;

    /// <summary>Whether a payload that fails strictly may be accepted.</summary>
    internal bool IsRelaxed =>
        IgnoreUnknownProperties
        || NullAsAbsent
        || IgnoreLimits
        || AssumeUtc
        || OtherDateTimeForms
        || LeapSeconds
        || NumbersFromText
        || TextFromNumbers
        || FieldLimits is not null
        || Accept is not null;

    /// <summary>Whether a broken rule is accepted wherever it is found.</summary>
    internal bool AcceptsAnywhere(OcppRule rule) =>
        rule switch
        {
            OcppRule.UnknownProperty => IgnoreUnknownProperties,
            OcppRule.Null => NullAsAbsent,
            OcppRule.MaxLength
            or OcppRule.MinItems
            or OcppRule.MaxItems
            or OcppRule.Minimum
            or OcppRule.Maximum
            or OcppRule.MultipleOf => IgnoreLimits,
            _ => false,
        };

    /// <summary>Whether a broken rule may be accepted somewhere.</summary>
    internal bool MayAccept(OcppRule rule) =>
        rule switch
        {
            // What is not JSON has no meaning, and a bound of memory is none without exception.
            OcppRule.MalformedJson or OcppRule.InvalidText or OcppRule.Depth or OcppRule.MaxUntypedValues => false,
            OcppRule.MaxLength => FieldLimits is not null || Accept is not null,
            _ => Accept is not null,
        };
}
