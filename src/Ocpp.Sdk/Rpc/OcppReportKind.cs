namespace Ocpp.Rpc;

/// <summary>What a session reports to its owner.</summary>
public enum OcppReportKind
{
    /// <summary>
    /// A violation in a payload was accepted, as the read options allow; or a CALLERROR out of form, as always.
    /// </summary>
    DeviationAccepted,

    /// <summary>A CALL or a one-way message had a violation; a CALL was answered with a CALLERROR.</summary>
    InvalidRequest,

    /// <summary>The response to a call had a violation; the call has failed.</summary>
    InvalidResponse,

    /// <summary>A message was no frame. An answer that was none has failed its call.</summary>
    InvalidFrame,

    /// <summary>A CALL had an action that is unknown, or that nothing handles.</summary>
    UnsupportedAction,

    /// <summary>A CALL came with the id of one that is still handled: it was dropped.</summary>
    RepeatedMessageId,

    /// <summary>An answer came that no call waits for, or no longer: it was dropped.</summary>
    UnexpectedAnswer,

    /// <summary>A handler threw; a CALL was answered with InternalError.</summary>
    HandlerFailed,

    /// <summary>A handler took too long; a CALL was answered with InternalError.</summary>
    HandlerTimedOut,

    /// <summary>
    /// A handler's response breaks rules of its message: it was not sent, the CALL was answered with InternalError.
    /// </summary>
    InvalidHandlerResponse,

    /// <summary>
    /// The peer could not process a response of this side (CALLRESULTERROR of OCPP 2.1):
    /// <see cref="OcppReport.Detail"/> has the error code. See also
    /// <see cref="OcppRequestContext.OnResponseRejected"/>.
    /// </summary>
    ResponseRejected,

    /// <summary>
    /// A signed message was refused before its payload was read: <see cref="OcppReport.Violation"/> says why. A CALL
    /// was answered with a CALLERROR, mostly SecurityError; a call whose response it was has failed.
    /// </summary>
    SignatureRefused,

    /// <summary>
    /// The peer broke a rule or a limit of the connection, which is closed for it: <see cref="OcppReport.Detail"/> says
    /// with which code, as the <see cref="OcppCloseReason"/> does.
    /// </summary>
    ConnectionViolation,
}
