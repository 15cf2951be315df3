namespace Ocpp.Fuzz.Trials;

/// <summary>How far a message came.</summary>
internal enum ReadingKind
{
    /// <summary>It is no frame.</summary>
    NoFrame,

    /// <summary>It is a CALLERROR or CALLRESULTERROR.</summary>
    Error,

    /// <summary>
    /// It is a CALL or SEND of what the protocol does not have in this form; what it carries was not read.
    /// </summary>
    UnknownAction,

    /// <summary>Its payload has a violation.</summary>
    Refused,

    /// <summary>Its payload became a record.</summary>
    Taken,
}
