namespace Ocpp.Certificates.Ocsp;

/// <summary>Why the status of a certificate could not be found out.</summary>
public enum OcspFailure
{
    /// <summary>
    /// The hash data is invalid: the algorithm, the length of a hash, or something is not hexadecimal.
    /// </summary>
    InvalidQuery,

    /// <summary>The URL is not one of <see cref="OcspClientOptions.Responders"/>: nothing was sent.</summary>
    ResponderNotAllowed,

    /// <summary>The responder can't be reached, or the connection was lost.</summary>
    Unreachable,

    /// <summary>No response came within <see cref="OcspClientOptions.Timeout"/>.</summary>
    TimedOut,

    /// <summary>The response has more than <see cref="OcspClientOptions.MaxResponseSize"/> bytes.</summary>
    TooLarge,

    /// <summary>The HTTP status is not 200; redirects are not followed.</summary>
    HttpStatus,

    /// <summary>The responder answered with an error, such as tryLater (RFC 6960 section 2.3).</summary>
    ResponderError,

    /// <summary>The response is not an OCSP response in DER, or has a critical extension that is not known.</summary>
    Unreadable,

    /// <summary>The response does not have exactly one status of the certificate in question.</summary>
    WrongCertificate,

    /// <summary>The nonce is another one, or missing where it is required: the response may be a replay.</summary>
    WrongNonce,

    /// <summary>The response is too old, or from the future.</summary>
    NotCurrent,

    /// <summary>The certificate of the issuer is unknown, or does not lead to a trusted root.</summary>
    UntrustedIssuer,

    /// <summary>
    /// The response is not signed by the issuer of the certificate or a responder to which it has delegated that, or
    /// the signature is invalid or weak.
    /// </summary>
    InvalidSignature,
}
