namespace Ocpp.Certificates.Versions;

/// <summary>
/// What a version of OCPP offers a station for certificate signing: its messages, behind records that are the same in
/// all versions. Stateless and thread-safe. <see cref="SigningVersion.Protocol"/> decides which sessions use it.
/// </summary>
public abstract class StationSigningVersion : SigningVersion
{
    /// <summary>Adds the handlers of the CSMS's requests: of a trigger that asks for a CSR, and of a chain.</summary>
    /// <param name="handlers">Where to register the handlers.</param>
    /// <param name="station">What handles the requests.</param>
    /// <exception cref="ArgumentException">One of the requests has a handler already.</exception>
    public abstract void AddHandlers(IOcppHandlers handlers, IStationSigningHandler station);

    /// <summary>Sends a CSR to the CSMS.</summary>
    /// <returns>The response of the CSMS: Accepted or Rejected.</returns>
    /// <inheritdoc cref="OcppSession.CallAsync{TRequest, TResponse}(IOcppRequest{TRequest, TResponse}, CancellationToken)" path="/exception"/>
    public abstract Task<SigningResponse> SubmitAsync(
        OcppSession session,
        CsrSubmission submission,
        CancellationToken cancellationToken
    );

    /// <summary>Reports a security event to the CSMS. It is reported when the task has ended.</summary>
    /// <inheritdoc cref="OcppSession.CallAsync{TRequest, TResponse}(IOcppRequest{TRequest, TResponse}, CancellationToken)" path="/exception"/>
    public abstract Task ReportAsync(
        OcppSession session,
        SecurityEvent securityEvent,
        CancellationToken cancellationToken
    );
}
