namespace Ocpp.Validation;

/// <summary>The rule that a message broke. <see cref="OcppErrorMap"/> gives the error code of each.</summary>
public enum OcppRule
{
    /// <summary>The bytes are not one JSON value (RFC 8259). <see cref="OcppViolation.Actual"/> is the byte offset.</summary>
    MalformedJson,

    /// <summary>A text is not valid UTF-8, or holds half a surrogate pair (RFC 8259 section 8).</summary>
    InvalidText,

    /// <summary>Objects and arrays are nested deeper than the limit.</summary>
    Depth,

    /// <summary>A property stands twice in the same object.</summary>
    DuplicateProperty,

    /// <summary>The payload is not a JSON object.</summary>
    PayloadNotObject,

    /// <summary>A property that the message does not have.</summary>
    UnknownProperty,

    /// <summary>A required property is missing.</summary>
    Required,

    /// <summary>A list has fewer items than it must have.</summary>
    MinItems,

    /// <summary>A list has more items than it may have.</summary>
    MaxItems,

    /// <summary>The value has another JSON type than the property's.</summary>
    Type,

    /// <summary>A JSON <c>null</c>: a property without a value is left out (OCPP 2.0.1 part 4, section 4.1.5).</summary>
    Null,

    /// <summary>A text that is no RFC 3339 date and time.</summary>
    DateTime,

    /// <summary>An integer outside 32 bits, or a decimal that .NET's <see cref="decimal"/> can't hold.</summary>
    NumberRange,

    /// <summary>A text that is not one of the enumeration's values.</summary>
    Enum,

    /// <summary>A text is longer than it may be, counted in Unicode code points.</summary>
    MaxLength,

    /// <summary>A number is below its minimum.</summary>
    Minimum,

    /// <summary>A number is above its maximum.</summary>
    Maximum,

    /// <summary>The action is unknown to the receiver.</summary>
    UnknownAction,

    /// <summary>The action is known, but nothing handles it.</summary>
    UnhandledAction,

    /// <summary>The handler of the action failed.</summary>
    HandlerFailed,

    /// <summary>More values without a type in the schema than <see cref="OcppReadOptions.MaxUntypedValues"/>.</summary>
    MaxUntypedValues,

    /// <summary>The message's type and id can be read, but it does not have the form of its type (part 4, section 4.2).</summary>
    InvalidFrame,

    /// <summary>The message's type or id can't be read.</summary>
    UnreadableFrame,

    /// <summary>The message type number is unknown, or the protocol has no messages of it.</summary>
    UnknownMessageType,

    /// <summary>The response of the action's handler breaks rules of its message.</summary>
    InvalidHandlerResponse,
}
