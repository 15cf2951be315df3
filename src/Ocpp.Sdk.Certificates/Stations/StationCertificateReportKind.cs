namespace Ocpp.Certificates.Stations;

/// <summary>What happens to a station's certificates.</summary>
public enum StationCertificateReportKind
{
    /// <summary>A certificate is about to expire, and the station requests a new one on its own (A03.FR.02).</summary>
    RenewalDue,

    /// <summary>A CSR was sent, for the first time or again.</summary>
    RequestSent,

    /// <summary>
    /// A CSR is held back, for the connection is not encrypted and the options don't allow that: anyone on the way
    /// could put another in its place. It waits for an encrypted connection.
    /// </summary>
    RequestHeldBack,

    /// <summary>The CSMS accepted a CSR; its certificate is to come.</summary>
    RequestAccepted,

    /// <summary>The CSMS rejected a CSR, or does not sign certificates. The key is destroyed.</summary>
    RequestRejected,

    /// <summary>A CSR was not answered, or with an error; it is sent again.</summary>
    RequestUnanswered,

    /// <summary>A request could not be made: no key, or no place to remember it.</summary>
    RequestFailed,

    /// <summary>
    /// No certificate came although the CSR was sent as often as allowed; no other is requested until the CSMS triggers
    /// it (A02.FR.19).
    /// </summary>
    GaveUp,

    /// <summary>
    /// A chain was accepted; the detail lists deviations, such as another order of the certificates.
    /// </summary>
    ChainAccepted,

    /// <summary>A chain was refused (A02.FR.07). Its key, if it is one of the station's, is destroyed.</summary>
    ChainRefused,

    /// <summary>
    /// A new certificate is the current one: the station is connected with it, or it is there for its use.
    /// </summary>
    InUse,

    /// <summary>
    /// The station could not connect with a new certificate, and is back with the old one (A02.FR.28). The new key is
    /// destroyed.
    /// </summary>
    FellBack,

    /// <summary>A private key was destroyed.</summary>
    Discarded,

    /// <summary>The CSMS confirmed a security event. The detail is its type.</summary>
    EventConfirmed,

    /// <summary>
    /// A security event got no answer, or an error; it is sent again. The detail is its type and what happened.
    /// </summary>
    EventUnanswered,

    /// <summary>A security event was dropped: the CSMS does not take any, or too many waited.</summary>
    EventDropped,

    /// <summary>The state file could not be written; tried again within a minute.</summary>
    StateNotSaved,

    /// <summary>
    /// Something failed that has no other name; see <see cref="StationCertificateReport.Exception"/>.
    /// </summary>
    Failed,
}
