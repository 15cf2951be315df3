namespace Ocpp.Certificates.Signing;

/// <summary>What a <see cref="SigningService"/> reports to the operator.</summary>
public enum SigningReportKind
{
    /// <summary>A CSR was refused: the station was answered Rejected (A02.FR.12).</summary>
    CsrRefused,

    /// <summary>A CSR was accepted although something is wrong with it, by the operator's choice.</summary>
    CsrTolerated,

    /// <summary>
    /// A request was accepted and kept (A02.FR.11), or a station repeated one that is open (A02.FR.17).
    /// </summary>
    Received,

    /// <summary>The authority is to be asked again later.</summary>
    Waiting,

    /// <summary>The authority has issued a certificate.</summary>
    Issued,

    /// <summary>A certificate could not be handed to its station this time: it is tried again.</summary>
    DeliveryFailed,

    /// <summary>The station accepted its certificate.</summary>
    Delivered,

    /// <summary>The station rejected its certificate.</summary>
    Rejected,

    /// <summary>There will be no certificate: somebody has to look at it.</summary>
    Failed,

    /// <summary>A certificate in use is about to expire, or has.</summary>
    Expiring,

    /// <summary>The store could not be read or written. Nothing is lost: it is tried again.</summary>
    StoreFailed,

    /// <summary>A part that the application provides threw an exception, such as the authority.</summary>
    CallBackFailed,
}
