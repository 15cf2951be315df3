namespace Ocpp.Certificates.Authorities;

/// <summary>How a certificate authority failed.</summary>
public enum CertificateAuthorityFailure
{
    /// <summary>It took the request and will not sign: asking again is of no use.</summary>
    Refused,

    /// <summary>
    /// It did not take the request, being out of reach or too busy: it can be asked again without getting two
    /// certificates.
    /// </summary>
    Unavailable,

    /// <summary>It was asked, and its answer did not come: it may have signed, or not.</summary>
    AnswerLost,

    /// <summary>What it answered is not a certificate that the station could use: somebody has to look at it.</summary>
    InvalidAnswer,
}
