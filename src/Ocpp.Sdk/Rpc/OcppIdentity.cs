using Ocpp.Json;

namespace Ocpp;

/// <summary>What a charging station's identity may be: the last segment of its connection URL, and its user name (part 4, section 3.1.1).</summary>
public static class OcppIdentity
{
    /// <summary>The most characters an identity has.</summary>
    public const int MaxLength = 48;

    /// <summary>Identities are the same when they differ in upper and lower case only: an identifierString ignores case.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Whether a text can be an identity: at most 48 characters, without a colon, which ends the user name in HTTP Basic,
    /// and without control characters. The specification's list of characters is not held to: its own example has a space.
    /// </summary>
    public static bool IsValid(string? identity) =>
        identity is { Length: > 0 }
        && CodePoints.Count(identity) <= MaxLength
        && !identity.Contains(':', StringComparison.Ordinal)
        && !identity.Any(char.IsControl);
}
