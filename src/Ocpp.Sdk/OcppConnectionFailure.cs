namespace Ocpp;

/// <summary>Why a connection to a CSMS could not be opened.</summary>
public enum OcppConnectionFailure
{
    /// <summary>Another failure; see the inner exception.</summary>
    Other,

    /// <summary>No such host, or nobody listens there.</summary>
    Unreachable,

    /// <summary>
    /// The connection was closed before the CSMS responded. So do servers too that refuse the client's certificate, or
    /// its absence, once TLS is agreed on.
    /// </summary>
    Cut,

    /// <summary>The CSMS did not answer within <see cref="OcppClientOptions.ConnectTimeout"/>.</summary>
    TimedOut,

    /// <summary>
    /// The server's certificate was not accepted: another host name, no trusted root, expired, or refused by
    /// <see cref="OcppClientOptions.ServerCertificateValidation"/>. See the message.
    /// </summary>
    ServerCertificateRefused,

    /// <summary>
    /// TLS could not be agreed on otherwise: there is none, no common version, or the server refuses the client's
    /// certificate meanwhile.
    /// </summary>
    TlsFailed,

    /// <summary>HTTP 401: the CSMS does not accept the password or certificate.</summary>
    Unauthorized,

    /// <summary>HTTP 404: the CSMS does not know the identity (part 4, section 3), or its URL is another.</summary>
    UnknownIdentity,

    /// <summary>Another HTTP status: see <see cref="OcppConnectionFailedException.Status"/>.</summary>
    Refused,

    /// <summary>
    /// The CSMS does not speak the client's version of OCPP: it completed the handshake without the subprotocol (part
    /// 4, section 3) or with another one.
    /// </summary>
    NoCommonSubprotocol,

    /// <summary>What answered does not speak WebSocket, or not correctly.</summary>
    InvalidAnswer,
}
