namespace Ocpp.Certificates.Versions;

/// <summary>Handles the requests of a station in a CSMS, in any version of OCPP.</summary>
public interface ICsmsSigningHandler
{
    /// <summary>The station sends a CSR (SignCertificate).</summary>
    /// <param name="submission">The CSR.</param>
    /// <param name="version">The version that it came in.</param>
    /// <param name="context">The request.</param>
    /// <returns>The response.</returns>
    Task<SigningResponse> SubmitAsync(CsrSubmission submission, CsmsSigningVersion version, OcppRequestContext context);

    /// <summary>
    /// Any request of a station is about to be answered with a response. A station that the response rejects, or keeps
    /// pending, is sent nothing from now on: it may have the response before this side knows that it was sent.
    /// </summary>
    /// <param name="session">The session of the station.</param>
    /// <param name="response">The response.</param>
    void Responding(OcppSession session, object response);

    /// <summary>Any request of a station was answered with a response.</summary>
    /// <param name="session">The session of the station.</param>
    /// <param name="response">The response, after it was handed to the connection.</param>
    void Responded(OcppSession session, object response);
}
