namespace Ocpp.Stress.Planning;

/// <summary>What a handler does with a request.</summary>
internal enum HandlerKind
{
    /// <summary>Answers at once.</summary>
    Answer,

    /// <summary>Answers after a time on the clock, unless its token is cancelled.</summary>
    AnswerLater,

    /// <summary>Answers after a time on the clock, whatever its token says.</summary>
    AnswerLaterDeaf,

    /// <summary>Calls the peer, then answers, whatever became of the call.</summary>
    CallBack,

    /// <summary>Throws.</summary>
    Throw,

    /// <summary>Answers with a CALLERROR.</summary>
    Refuse,

    /// <summary>Returns what its schema forbids.</summary>
    AnswerInvalid,

    /// <summary>Never ends, whatever its token says.</summary>
    NeverEnd,

    /// <summary>Blocks its thread until the connection is closed.</summary>
    Block,
}
