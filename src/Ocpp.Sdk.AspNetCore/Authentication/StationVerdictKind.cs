namespace Ocpp.AspNetCore.Authentication;

/// <summary>What becomes of a station that connects.</summary>
internal enum StationVerdictKind
{
    /// <summary>It is let in.</summary>
    Accepted,

    /// <summary>A password would help: HTTP 401 or, while too many wait, 503.</summary>
    Challenged,

    /// <summary>Only another connection would help, with TLS or with a certificate: HTTP 403.</summary>
    Forbidden,

    /// <summary>Its certificate is invalid: the connection ends without an answer (A00.FR.407).</summary>
    Cut,
}
