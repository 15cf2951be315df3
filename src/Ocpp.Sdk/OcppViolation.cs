using System.Globalization;
using Ocpp.Security;
using Ocpp.Validation;

namespace Ocpp;

/// <summary>
/// One broken rule: where, which, and by how much. It never holds a value of the payload, so it can be logged and sent
/// back to the peer even when the payload is a CSR or an idToken.
/// </summary>
/// <param name="ErrorCode">The error code of the CALLERROR that answers it.</param>
/// <param name="Rule">The rule that was broken.</param>
/// <param name="Path">
/// Where in the payload, as a JSON Pointer (RFC 6901) such as <c>/statusInfo/reasonCode</c>; empty for the payload itself.
/// A name that the message does not have is in it as <see cref="PrintableText"/> makes it, in 64 characters at most.
/// </param>
/// <param name="Limit">The limit that the rule sets, where it sets one.</param>
/// <param name="Actual">
/// The size or number that was found, where there is one: code points for <see cref="OcppRule.MaxLength"/>, items for
/// <see cref="OcppRule.MinItems"/> and <see cref="OcppRule.MaxItems"/>, the byte offset in the payload for
/// <see cref="OcppRule.MalformedJson"/> and <see cref="OcppRule.InvalidText"/>.
/// </param>
public readonly record struct OcppViolation(
    OcppErrorCode ErrorCode,
    OcppRule Rule,
    string Path,
    long? Limit = null,
    long? Actual = null)
{
    /// <summary>The violation as a sentence, in English, fit for a CALLERROR's description (at most 255 characters long there).</summary>
    public string Message
    {
        get
        {
            string place = string.IsNullOrEmpty(Path) ? "The payload" : Path;
            return Rule switch
            {
                OcppRule.MalformedJson => Invariant($"{place}: malformed JSON at byte {Actual}."),
                OcppRule.InvalidText => Invariant($"{place}: invalid UTF-8 or half a surrogate pair."),
                OcppRule.Depth => Invariant($"{place}: nested deeper than {Limit} levels."),
                OcppRule.DuplicateProperty => Invariant($"{place}: the property stands twice."),
                OcppRule.PayloadNotObject => Invariant($"{place}: not a JSON object."),
                OcppRule.UnknownProperty => Invariant($"{place}: unknown property."),
                OcppRule.Required => Invariant($"{place}: required, but missing."),
                OcppRule.MinItems => Invariant($"{place}: {Actual} items, at least {Limit} required."),
                OcppRule.MaxItems => Invariant($"{place}: {Actual} items, at most {Limit} allowed."),
                OcppRule.Type => Invariant($"{place}: wrong JSON type."),
                OcppRule.Null => Invariant($"{place}: null, where a property without a value is left out."),
                OcppRule.DateTime => Invariant($"{place}: not an RFC 3339 date and time."),
                OcppRule.NumberRange => Invariant($"{place}: a number outside the range of its type."),
                OcppRule.Enum => Invariant($"{place}: not one of the enumeration's values."),
                OcppRule.MaxLength => Invariant($"{place}: {Actual} characters, at most {Limit} allowed."),
                OcppRule.Minimum => Invariant($"{place}: below its minimum{LimitText}."),
                OcppRule.Maximum => Invariant($"{place}: above its maximum{LimitText}."),
                OcppRule.UnknownAction => "The action is unknown.",
                OcppRule.UnhandledAction => "The action is known, but not supported.",
                OcppRule.MaxUntypedValues => Invariant($"{place}: more than {Limit} values that the schema gives no type."),
                OcppRule.HandlerFailed => "The action failed.",
                OcppRule.InvalidFrame => "The message does not have the form of its type.",
                OcppRule.UnreadableFrame => "The message's type or id can't be read.",
                OcppRule.UnknownMessageType => "The message type is not supported.",
                OcppRule.InvalidHandlerResponse => "The response was not valid.",
                _ => Invariant($"{place}: {Rule}."),
            };
        }
    }

    /// <summary>The error code and the message, for a log.</summary>
    public override string ToString() => $"{ErrorCode}: {Message}";

    /// <summary>The limit, where it is an integer.</summary>
    private string LimitText => Limit is { } limit ? Invariant($" of {limit}") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
