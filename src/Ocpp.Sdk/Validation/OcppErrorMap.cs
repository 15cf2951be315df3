namespace Ocpp.Validation;

/// <summary>
/// Which error code each broken rule is answered with. Peers disagree on nearly every row, so the table is data:
/// take <see cref="Default"/>, or derive one from it with <see cref="With"/> and set it in
/// <see cref="OcppReadOptions.ErrorMap"/>. Every CALLERROR that a session sends has its code from there, but for those
/// that a handler chooses by an <see cref="OcppCallErrorException"/>. Immutable.
/// </summary>
public sealed class OcppErrorMap
{
    private readonly OcppErrorCode[] _codes;

    private OcppErrorMap(OcppErrorCode[] codes) => _codes = codes;

    /// <summary>The SDK's own table, after the meanings that OCPP 2.0.1 part 4 gives to the error codes.</summary>
    public static OcppErrorMap Default { get; } = new(Array.ConvertAll(Enum.GetValues<OcppRule>(), DefaultCode));

    /// <summary>The error code for a broken rule.</summary>
    public OcppErrorCode this[OcppRule rule] => _codes[(int)rule];

    /// <summary>
    /// A copy of this table in which <paramref name="rule"/> is answered with <paramref name="code"/>.
    /// </summary>
    public OcppErrorMap With(OcppRule rule, OcppErrorCode code)
    {
        if (!Enum.IsDefined(code))
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "Not one of the twelve OCPP error codes.");
        }

        var codes = (OcppErrorCode[])_codes.Clone();
        codes[(int)rule] = code;
        return new OcppErrorMap(codes);
    }

    private static OcppErrorCode DefaultCode(OcppRule rule) =>
        rule switch
        {
            OcppRule.MalformedJson => OcppErrorCode.FormatViolation,
            OcppRule.InvalidText => OcppErrorCode.FormatViolation,
            OcppRule.Depth => OcppErrorCode.FormatViolation,
            OcppRule.DuplicateProperty => OcppErrorCode.FormatViolation,
            OcppRule.PayloadNotObject => OcppErrorCode.FormatViolation,
            OcppRule.UnknownProperty => OcppErrorCode.ProtocolError,
            OcppRule.Required => OcppErrorCode.OccurrenceConstraintViolation,
            OcppRule.MinItems => OcppErrorCode.OccurrenceConstraintViolation,
            OcppRule.MaxItems => OcppErrorCode.OccurrenceConstraintViolation,
            OcppRule.MaxUntypedValues => OcppErrorCode.OccurrenceConstraintViolation,
            OcppRule.Type => OcppErrorCode.TypeConstraintViolation,
            OcppRule.Null => OcppErrorCode.TypeConstraintViolation,
            OcppRule.DateTime => OcppErrorCode.TypeConstraintViolation,
            OcppRule.Uri => OcppErrorCode.TypeConstraintViolation,
            OcppRule.NumberRange => OcppErrorCode.TypeConstraintViolation,
            OcppRule.Enum => OcppErrorCode.TypeConstraintViolation,
            OcppRule.MaxLength => OcppErrorCode.PropertyConstraintViolation,
            OcppRule.Minimum => OcppErrorCode.PropertyConstraintViolation,
            OcppRule.Maximum => OcppErrorCode.PropertyConstraintViolation,
            OcppRule.MultipleOf => OcppErrorCode.PropertyConstraintViolation,
            OcppRule.UnknownAction => OcppErrorCode.NotImplemented,
            OcppRule.UnhandledAction => OcppErrorCode.NotSupported,
            OcppRule.HandlerFailed => OcppErrorCode.InternalError,
            OcppRule.InvalidFrame => OcppErrorCode.FormatViolation,
            OcppRule.UnreadableFrame => OcppErrorCode.RpcFrameworkError,
            OcppRule.UnknownMessageType => OcppErrorCode.MessageTypeNotSupported,
            OcppRule.InvalidHandlerResponse => OcppErrorCode.InternalError,
            OcppRule.InvalidSignedMessage => OcppErrorCode.SecurityError,
            OcppRule.SignatureMismatch => OcppErrorCode.SecurityError,
            OcppRule.UnknownSignatureCertificate => OcppErrorCode.SecurityError,
            OcppRule.InvalidSignature => OcppErrorCode.SecurityError,
            OcppRule.UnsignedResponse => OcppErrorCode.SecurityError,
            _ => OcppErrorCode.GenericError,
        };
}
