using Ocpp.Validation;

namespace Ocpp.Orleans.Messages;

/// <summary>An <see cref="OcppViolation"/> on its way between nodes.</summary>
[GenerateSerializer]
[Immutable]
[Alias("ocpp.violation")]
internal readonly record struct ViolationMessage(
    [property: Id(0)] OcppErrorCode ErrorCode,
    [property: Id(1)] OcppRule Rule,
    [property: Id(2)] string Path,
    [property: Id(3)] long? Limit,
    [property: Id(4)] long? Actual
)
{
    public static ViolationMessage Of(OcppViolation violation) =>
        new(violation.ErrorCode, violation.Rule, violation.Path, violation.Limit, violation.Actual);

    public OcppViolation ToViolation() => new(ErrorCode, Rule, Path, Limit, Actual);
}
