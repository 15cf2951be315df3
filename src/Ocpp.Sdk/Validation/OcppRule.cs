namespace Ocpp.Validation;

/// <summary>The rule that a message violates. <see cref="OcppErrorMap"/> gives the error code of each.</summary>
public enum OcppRule
{
    /// <summary>
    /// The bytes are not one JSON value (RFC 8259). <see cref="OcppViolation.Actual"/> is the byte offset.
    /// </summary>
    MalformedJson,

    /// <summary>A string is not valid UTF-8, or holds an unpaired surrogate (RFC 8259 section 8).</summary>
    InvalidText,

    /// <summary>Objects and arrays are nested deeper than the limit.</summary>
    Depth,

    /// <summary>A property occurs more than once in the same object.</summary>
    DuplicateProperty,

    /// <summary>The payload is not a JSON object.</summary>
    PayloadNotObject,

    /// <summary>A property that the message does not have.</summary>
    UnknownProperty,

    /// <summary>A required property is missing.</summary>
    Required,

    /// <summary>An array has fewer items than the minimum.</summary>
    MinItems,

    /// <summary>An array has more items than the maximum.</summary>
    MaxItems,

    /// <summary>The JSON type of the value is not that of the property.</summary>
    Type,

    /// <summary>
    /// A JSON <c>null</c>: a property without a value must be omitted (OCPP 2.0.1 part 4, section 4.1.5).
    /// </summary>
    Null,

    /// <summary>A string that is not an RFC 3339 date and time.</summary>
    DateTime,

    /// <summary>A string that is not an absolute URI (RFC 3986 section 3).</summary>
    Uri,

    /// <summary>An integer outside 32 bits, or a decimal that .NET's <see cref="decimal"/> can't hold.</summary>
    NumberRange,

    /// <summary>A string that is not one of the enumeration's values.</summary>
    Enum,

    /// <summary>A string exceeds its maximum length, counted in Unicode code points.</summary>
    MaxLength,

    /// <summary>A number is below its minimum.</summary>
    Minimum,

    /// <summary>A number is above its maximum.</summary>
    Maximum,

    /// <summary>A number is not a multiple of the one that the schema names.</summary>
    MultipleOf,

    /// <summary>The action is unknown to the receiver.</summary>
    UnknownAction,

    /// <summary>The action is known, but has no handler.</summary>
    UnhandledAction,

    /// <summary>The handler of the action failed.</summary>
    HandlerFailed,

    /// <summary>More values without a type in the schema than <see cref="OcppReadOptions.MaxUntypedValues"/>.</summary>
    MaxUntypedValues,

    /// <summary>
    /// The message's type and id can be read, but it its structure is not that of its type (part 4, section 4.2).
    /// </summary>
    InvalidFrame,

    /// <summary>The message type or message id is missing or invalid.</summary>
    UnreadableFrame,

    /// <summary>The message type number is unknown, or the protocol has no messages of it.</summary>
    UnknownMessageType,

    /// <summary>The response of the handler violates rules of its message.</summary>
    InvalidHandlerResponse,

    /// <summary>
    /// A signed message (part 4, section 7) is not as it has to be: an encoding other than base64url, an algorithm or a
    /// critical header that is not supported.
    /// </summary>
    InvalidSignedMessage,

    /// <summary>The signature is that of another message: of another action, type or id.</summary>
    SignatureMismatch,

    /// <summary>The certificate of the signature is unknown, or not one of its algorithm.</summary>
    UnknownSignatureCertificate,

    /// <summary>The signature is not that of the certificate's key.</summary>
    InvalidSignature,

    /// <summary>The response to a signed request is not signed.</summary>
    UnsignedResponse,
}
