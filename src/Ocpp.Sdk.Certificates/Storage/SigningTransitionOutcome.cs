namespace Ocpp.Certificates.Storage;

/// <summary>Whether a transition of a signing request was applied.</summary>
public enum SigningTransitionOutcome
{
    /// <summary>It was applied and kept.</summary>
    Applied,

    /// <summary>
    /// The request has another version than the expected one: somebody else has changed it. Nothing was changed.
    /// </summary>
    VersionConflict,

    /// <summary>There is no such request.</summary>
    NotFound,
}
