namespace Ocpp.Certificates.Versions;

/// <summary>What a CSMS does with requests of a station, whatever version of OCPP they come in.</summary>
public interface ICsmsSigningHandler
{
    /// <summary>The station sends a CSR (SignCertificate).</summary>
    /// <param name="submission">The CSR.</param>
    /// <param name="version">The version that it came in.</param>
    /// <param name="context">The request.</param>
    /// <returns>What to respond.</returns>
    Task<SigningResponse> SubmitAsync(CsrSubmission submission, CsmsSigningVersion version, OcppRequestContext context);

    /// <summary>A request of a station was answered with a response, whichever request it was.</summary>
    /// <param name="session">The session of the station.</param>
    /// <param name="response">The response, after it was handed to the connection.</param>
    void Responded(OcppSession session, object response);
}
