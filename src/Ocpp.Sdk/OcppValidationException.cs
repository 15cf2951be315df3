using System.Text.Json;

namespace Ocpp;

/// <summary>
/// A payload that breaks the rules of its message was to be read or written. Its texts hold no value of the payload.
/// A <see cref="JsonException"/>, so that code written for <see cref="JsonSerializer"/> catches it, and so not an
/// <see cref="OcppException"/>: a call throws it only for a request that the caller has made invalid, and
/// <see cref="OcppInvalidResponseException"/> for an invalid response.
/// </summary>
public sealed class OcppValidationException : JsonException
{
    /// <summary>Makes the exception for the violations of one payload.</summary>
    /// <exception cref="ArgumentException"><paramref name="violations"/> is empty.</exception>
    public OcppValidationException(IReadOnlyList<OcppViolation> violations)
        : base(Describe(violations), violations[0].Path, lineNumber: null, bytePositionInLine: null) =>
        Violations = violations;

    /// <summary>Every violation that was found, at least one.</summary>
    public IReadOnlyList<OcppViolation> Violations { get; }

    /// <summary>The error code of the first violation: the one that a CALLERROR carries.</summary>
    public OcppErrorCode ErrorCode => Violations[0].ErrorCode;

    /// <summary>Where the first violation is, as a JSON Pointer.</summary>
    public new string Path => Violations[0].Path;

    private static string Describe(IReadOnlyList<OcppViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        if (violations.Count == 0)
        {
            throw new ArgumentException("At least one violation is required.", nameof(violations));
        }

        return violations.Count == 1 ? violations[0].ToString() : $"{violations[0]} ({violations.Count - 1} more)";
    }
}
