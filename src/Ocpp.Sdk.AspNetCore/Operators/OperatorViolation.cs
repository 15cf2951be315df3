namespace Ocpp.AspNetCore.Operators;

/// <summary>A rule that a request breaks, as an operator's program reads it.</summary>
/// <param name="ErrorCode">The error code that the rule has on the wire.</param>
/// <param name="Path">Where in the request, as a JSON Pointer.</param>
/// <param name="Message">The rule, its limit and the actual size; nothing of the request's values.</param>
internal sealed record OperatorViolation(string ErrorCode, string Path, string Message)
{
    public static OperatorViolation Of(OcppViolation violation) =>
        new(violation.ErrorCode.ToString(), violation.Path, violation.Message);
}
