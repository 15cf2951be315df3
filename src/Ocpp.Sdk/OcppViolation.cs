using System.Globalization;
using Ocpp.Security;
using Ocpp.Validation;

namespace Ocpp;

/// <summary>
/// A violation of a rule: its place, the rule and the limit. It never holds a value of the payload, so it can be logged
/// and sent back to the peer even when the payload is a CSR or an idToken.
/// </summary>
/// <param name="ErrorCode">The error code of the CALLERROR that answers it.</param>
/// <param name="Rule">The rule that was broken.</param>
/// <param name="Path">
/// Where in the payload, as a JSON Pointer (RFC 6901) such as <c>/statusInfo/reasonCode</c>; empty for the payload
/// itself. A name that the message does not have is in it as <see cref="PrintableText"/> makes it, in 64 characters at
/// most.
/// </param>
/// <param name="Limit">The limit of the rule, if any.</param>
/// <param name="Actual">
/// The size or number that was found, if any: code points for <see cref="OcppRule.MaxLength"/>, items for
/// <see cref="OcppRule.MinItems"/> and <see cref="OcppRule.MaxItems"/>, the byte offset in the payload for
/// <see cref="OcppRule.MalformedJson"/> and <see cref="OcppRule.InvalidText"/>.
/// </param>
public readonly record struct OcppViolation(
    OcppErrorCode ErrorCode,
    OcppRule Rule,
    string Path,
    long? Limit = null,
    long? Actual = null
)
{
    /// <summary>
    /// The violation as an English sentence, suitable as the description of a CALLERROR (cut to 255 characters there).
    /// </summary>
    public string Message
    {
        get
        {
            string place = string.IsNullOrEmpty(Path) ? "The payload" : Path;
            return Rule switch
            {
                OcppRule.MalformedJson => Invariant($"{place}: invalid JSON at byte {Actual}."),
                OcppRule.InvalidText => Invariant($"{place}: invalid UTF-8 or an unpaired surrogate."),
                OcppRule.Depth => Invariant($"{place}: exceeds the maximum depth of {Limit}."),
                OcppRule.DuplicateProperty => Invariant($"{place}: duplicate property."),
                OcppRule.PayloadNotObject => Invariant($"{place}: must be a JSON object."),
                OcppRule.UnknownProperty => Invariant($"{place}: unknown property."),
                OcppRule.Required => Invariant($"{place}: required property is missing."),
                OcppRule.MinItems => Invariant($"{place}: has {Actual} items; the minimum is {Limit}."),
                OcppRule.MaxItems => Invariant($"{place}: has {Actual} items; the maximum is {Limit}."),
                OcppRule.Type => Invariant($"{place}: invalid JSON type."),
                OcppRule.Null => Invariant($"{place}: must not be null; omit the property instead."),
                OcppRule.DateTime => Invariant($"{place}: must be an RFC 3339 date and time."),
                OcppRule.Uri => Invariant($"{place}: must be an absolute URI."),
                OcppRule.NumberRange => Invariant($"{place}: number out of range."),
                OcppRule.Enum => Invariant($"{place}: value is not defined in the enumeration."),
                OcppRule.MaxLength => Invariant($"{place}: has {Actual} characters; the maximum is {Limit}."),
                OcppRule.Minimum => Invariant($"{place}: is less than the minimum{LimitText}."),
                OcppRule.Maximum => Invariant($"{place}: is greater than the maximum{LimitText}."),
                OcppRule.MultipleOf => Invariant($"{place}: is not a multiple of the step that the schema gives."),
                OcppRule.UnknownAction => "Unknown action.",
                OcppRule.UnhandledAction => "The action is not supported.",
                OcppRule.MaxUntypedValues => Invariant(
                    $"{place}: has more than {Limit} values without a type in the schema."
                ),
                OcppRule.HandlerFailed => "The request handler failed.",
                OcppRule.InvalidFrame => "The structure of the message is invalid.",
                OcppRule.UnreadableFrame => "The message type or message id is missing or invalid.",
                OcppRule.UnknownMessageType => "The message type is not supported.",
                OcppRule.InvalidHandlerResponse => "The response is invalid.",
                OcppRule.InvalidSignedMessage => Invariant($"{place}: the signed message is invalid or not supported."),
                OcppRule.SignatureMismatch => Invariant($"{place}: the signature is that of another message."),
                OcppRule.UnknownSignatureCertificate => "The certificate of the signature is unknown.",
                OcppRule.InvalidSignature => "The signature is invalid.",
                OcppRule.UnsignedResponse => "The response to a signed request must be signed.",
                _ => Invariant($"{place}: {Rule}."),
            };
        }
    }

    /// <summary>Returns the error code and the message, for a log.</summary>
    public override string ToString() => $"{ErrorCode}: {Message}";

    /// <summary>The limit, if it is an integer.</summary>
    private string LimitText => Limit is { } limit ? Invariant($" of {limit}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
