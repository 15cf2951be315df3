using Ocpp.Json;
using Ocpp.Security;

namespace Ocpp;

/// <summary>
/// What a charging station's identity may be: the last segment of its connection URL, and its user name (part 4,
/// section 3.1.1).
/// </summary>
public static class OcppIdentity
{
    /// <summary>The most characters an identity has.</summary>
    public const int MaxLength = 48;

    /// <summary>
    /// Identities are the same when they differ in upper and lower case only: an identifierString ignores case.
    /// </summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Whether a text can be an identity: at most 48 characters, without a colon, which ends the user name in HTTP
    /// Basic, without slash and percent sign, which servers decode differently in a path, and which is not <c>.</c> or
    /// <c>..</c>; only what can be seen (<see cref="PrintableText.IsPrintable"/>), and no white space but spaces within
    /// it, so that no two identities look the same in a log. The specification's list of characters is not held to: its
    /// own example has a space.
    /// </summary>
    public static bool IsValid(string? identity) =>
        identity is not (null or "" or "." or "..")
        && CodePoints.IsWellFormed(identity)
        && CodePoints.Count(identity) <= MaxLength
        && identity.AsSpan().IndexOfAny(':', '/', '%') < 0
        && identity[0] != ' '
        && identity[^1] != ' '
        && PrintableText.IsPrintable(identity)
        && !identity.Any(c => c != ' ' && char.IsWhiteSpace(c));
}
