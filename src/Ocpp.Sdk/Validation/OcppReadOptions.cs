namespace Ocpp;

/// <summary>
/// How strictly payloads are read. <see cref="Strict"/> refuses every violation. A relaxed reader first reads strictly;
/// only what fails is read once more, and taken when every violation in it is one that these options accept. So what is
/// relaxed costs nothing for peers that keep to the specification. Immutable.
/// </summary>
public sealed record OcppReadOptions
{
    /// <summary>Every rule holds. The default.</summary>
    public static OcppReadOptions Strict { get; } = new();

    /// <summary>
    /// Takes what can be taken without guessing: unknown properties are skipped, <c>null</c> for an optional property
    /// counts as absent, and texts, lists and numbers beyond their limits are kept as they are.
    /// </summary>
    public static OcppReadOptions Lenient { get; } = new()
    {
        IgnoreUnknownProperties = true,
        NullAsAbsent = true,
        IgnoreLimits = true,
    };

    /// <summary>Skip properties that the message does not have.</summary>
    public bool IgnoreUnknownProperties { get; init; }

    /// <summary>Take <c>null</c> for an optional property as if the property were absent.</summary>
    public bool NullAsAbsent { get; init; }

    /// <summary>
    /// Keep texts that are too long, lists with too few or too many items, and numbers outside their bounds. A record
    /// read so can't be written again before it is corrected.
    /// </summary>
    public bool IgnoreLimits { get; init; }

    /// <summary>
    /// Accepts further violations one by one, for example only those of one field
    /// (<c>v => v is { Path: "/csr", Rule: OcppRule.MaxLength }</c>). What leaves no value for a required property
    /// (<see cref="OcppRule.Required"/>, a wrong type, an unknown enumeration value there) and what is not JSON at all
    /// can't be accepted; the same violations on an optional property can: it is then absent. Of a property that stands
    /// twice the last value counts.
    /// </summary>
    public Func<OcppViolation, bool>? Accept { get; init; }

    /// <summary>Told of each violation that was accepted, after the payload as a whole was.</summary>
    public Action<OcppViolation>? DeviationAccepted { get; init; }

    /// <summary>Which error code each violation gets.</summary>
    public OcppErrorMap ErrorMap { get; init; } = OcppErrorMap.Default;

    /// <summary>
    /// How many violations are listed at most; at least 1. Default 100. A payload with as many is refused, even when all of
    /// them are accepted: there may be more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxViolations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    internal bool IsRelaxed => IgnoreUnknownProperties || NullAsAbsent || IgnoreLimits || Accept is not null;

    internal bool Accepts(in OcppViolation violation) => violation.Rule switch
    {
        // What is not JSON has no meaning, wherever it stands.
        OcppRule.MalformedJson or OcppRule.InvalidText or OcppRule.Depth => false,
        OcppRule.UnknownProperty when IgnoreUnknownProperties => true,
        OcppRule.Null when NullAsAbsent => true,
        OcppRule.MaxLength or OcppRule.MinItems or OcppRule.MaxItems or OcppRule.Minimum or OcppRule.Maximum
            when IgnoreLimits => true,
        _ => Accept is not null && Accept(violation),
    };
}
