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

    /// <summary>Adds the handler of a chain, with the messages of the version.</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="station">What handles the request.</param>
    /// <param name="read">Reads the request.</param>
    /// <param name="write">Writes the response: Accepted or Rejected.</param>
    /// <exception cref="ArgumentException">The request has a handler already.</exception>
    protected static void AddChainHandler<TRequest, TResponse>(
        IOcppHandlers handlers,
        IStationSigningHandler station,
        Func<TRequest, CertificateDelivery> read,
        Func<SigningResponse, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(station);
        handlers.On(
            async (TRequest request, OcppRequestContext context) =>
                write(await station.DeliverAsync(read(request), context).ConfigureAwait(false))
        );
    }

    /// <summary>Adds the handler of a trigger, with the messages of the version.</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="station">What handles the triggers that ask for a CSR.</param>
    /// <param name="others">
    /// Handles the other triggers. If <see langword="null"/>, they are responded to with NotImplemented.
    /// </param>
    /// <param name="read">Reads the request; <see langword="null"/> if it does not ask for a CSR.</param>
    /// <param name="write">Writes the response: Accepted, Rejected or NotImplemented.</param>
    /// <exception cref="ArgumentException">The request has a handler already.</exception>
    protected static void AddTriggerHandler<TRequest, TResponse>(
        IOcppHandlers handlers,
        IStationSigningHandler station,
        Func<TRequest, OcppRequestContext, Task<TResponse>>? others,
        Func<TRequest, CertificateTrigger?> read,
        Func<SigningResponse, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(station);
        handlers.On(
            async (TRequest request, OcppRequestContext context) =>
                read(request) is { } trigger ? write(await station.TriggerAsync(trigger, context).ConfigureAwait(false))
                : others is null ? write(SigningResponse.NotImplemented)
                : await others(request, context).ConfigureAwait(false)
        );
    }

    /// <summary>Sends a CSR to the CSMS.</summary>
    /// <returns>The response of the CSMS: Accepted or Rejected.</returns>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task<SigningResponse> SubmitAsync(
        IOcppCaller peer,
        CsrSubmission submission,
        CancellationToken cancellationToken
    );

    /// <summary>Reports a security event to the CSMS. It is reported when the task has ended.</summary>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task ReportAsync(
        IOcppCaller peer,
        SecurityEvent securityEvent,
        CancellationToken cancellationToken
    );
}
