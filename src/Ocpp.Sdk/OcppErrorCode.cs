namespace Ocpp;

/// <summary>
/// The twelve error codes of a CALLERROR (OCPP 2.0.1 part 4, section 4.3). The member names are the names on the wire.
/// </summary>
public enum OcppErrorCode
{
    /// <summary>The payload is syntactically incorrect.</summary>
    FormatViolation,

    /// <summary>Any error that no other code covers.</summary>
    GenericError,

    /// <summary>The receiver failed while it processed a well-formed message.</summary>
    InternalError,

    /// <summary>The message type number of the frame is unknown to the receiver.</summary>
    MessageTypeNotSupported,

    /// <summary>The action is unknown to the receiver.</summary>
    NotImplemented,

    /// <summary>The action is known to the receiver, but not supported by it.</summary>
    NotSupported,

    /// <summary>A field is missing, or holds too few or too many items.</summary>
    OccurrenceConstraintViolation,

    /// <summary>A field holds an invalid value, such as a text that is too long.</summary>
    PropertyConstraintViolation,

    /// <summary>The payload does not conform to the structure of its message.</summary>
    ProtocolError,

    /// <summary>The frame is not a valid RPC request, for example because its message id can't be read.</summary>
    RpcFrameworkError,

    /// <summary>A security issue kept the receiver from completing the request.</summary>
    SecurityError,

    /// <summary>A field violates the data type it must have.</summary>
    TypeConstraintViolation,
}
