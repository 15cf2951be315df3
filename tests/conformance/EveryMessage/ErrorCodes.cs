using Ocpp.Validation;

namespace Ocpp.EveryMessage;

/// <summary>
/// The error code that the documentation gives to each broken rule: written down again, not asked of the SDK.
/// </summary>
internal static class ErrorCodes
{
    public static OcppErrorCode For(OcppRule rule) =>
        rule switch
        {
            OcppRule.MalformedJson
            or OcppRule.InvalidText
            or OcppRule.Depth
            or OcppRule.DuplicateProperty
            or OcppRule.PayloadNotObject => OcppErrorCode.FormatViolation,
            OcppRule.UnknownProperty => OcppErrorCode.ProtocolError,
            OcppRule.Required or OcppRule.MinItems or OcppRule.MaxItems or OcppRule.MaxUntypedValues =>
                OcppErrorCode.OccurrenceConstraintViolation,
            OcppRule.Type
            or OcppRule.Null
            or OcppRule.DateTime
            or OcppRule.Uri
            or OcppRule.NumberRange
            or OcppRule.Enum => OcppErrorCode.TypeConstraintViolation,
            OcppRule.MaxLength or OcppRule.Minimum or OcppRule.Maximum or OcppRule.MultipleOf =>
                OcppErrorCode.PropertyConstraintViolation,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule about payloads."),
        };

    public static OcppViolation Violation(OcppRule rule, string path, long? limit = null, long? actual = null) =>
        new(For(rule), rule, path, limit, actual);

    /// <summary>A bound as a violation gives it: none where it has a fraction.</summary>
    public static long? Limit(decimal bound) => decimal.IsInteger(bound) ? (long)bound : null;
}
