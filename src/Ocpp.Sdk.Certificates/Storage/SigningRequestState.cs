namespace Ocpp.Certificates.Storage;

/// <summary>How far a CSMS is with a station's request. The last three are final.</summary>
public enum SigningRequestState
{
    /// <summary>Accepted from the station, and kept; no authority was asked.</summary>
    Received,

    /// <summary>The authority is being asked.</summary>
    Forwarded,

    /// <summary>
    /// The authority is to be asked again later: it has not decided yet, or did not take the request.
    /// </summary>
    Waiting,

    /// <summary>The authority has issued the chain; it is not sent.</summary>
    Issued,

    /// <summary>CertificateSigned was sent; the station has not answered.</summary>
    Sent,

    /// <summary>The station accepted the certificate.</summary>
    Delivered,

    /// <summary>The station rejected the certificate.</summary>
    Rejected,

    /// <summary>There will be no certificate: to be reported to the operator.</summary>
    Failed,
}
