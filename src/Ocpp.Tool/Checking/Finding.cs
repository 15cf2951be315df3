using Ocpp.Validation;

namespace Ocpp.Tool.Checking;

/// <summary>What is wrong with a message. Holds no value of a payload.</summary>
/// <param name="ErrorCode">The error code of the CALLERROR that answers it.</param>
/// <param name="Text">What is wrong, as a sentence.</param>
/// <param name="Rule">The rule that is broken; none when the frame can't be read.</param>
/// <param name="Path">Where in the payload, as a JSON Pointer.</param>
/// <param name="Limit">The limit that is passed, where there is one.</param>
/// <param name="Actual">The size that was found, where there is one.</param>
internal readonly record struct Finding(
    OcppErrorCode ErrorCode,
    string Text,
    OcppRule? Rule = null,
    string? Path = null,
    long? Limit = null,
    long? Actual = null
)
{
    public Finding(OcppViolation violation)
        : this(
            violation.ErrorCode,
            violation.Message,
            violation.Rule,
            violation.Path,
            violation.Limit,
            violation.Actual
        ) { }
}
