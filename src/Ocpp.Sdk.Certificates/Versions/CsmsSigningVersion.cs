namespace Ocpp.Certificates.Versions;

/// <summary>
/// What a version of OCPP offers a CSMS for certificate signing: its messages, behind records that are the same in all
/// versions. Stateless and thread-safe. <see cref="SigningVersion.Protocol"/> decides which sessions use it.
/// </summary>
public abstract class CsmsSigningVersion : SigningVersion
{
    /// <summary>
    /// Adds the handler of a station's CSR, and a filter that reports each response that a station was sent, except
    /// those that a filter which was added earlier gives in place of a handler.
    /// </summary>
    /// <param name="handlers">
    /// Where to register the handler, such as an endpoint; before any filter that may respond itself.
    /// </param>
    /// <param name="csms">What handles the request.</param>
    /// <exception cref="ArgumentException">The request has a handler already.</exception>
    public void AddHandlers(IOcppHandlers handlers, ICsmsSigningHandler csms)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        ArgumentNullException.ThrowIfNull(csms);
        AddCsrHandler(handlers, csms);
        handlers.Use(next =>
            context =>
                // Handlers of several protocols share a filter.
                context.Session.Protocol.Subprotocol == Protocol.Subprotocol
                    ? HandleAsync(next, context, csms)
                    : next(context)
        );
    }

    private static async Task HandleAsync(
        OcppRequestDelegate next,
        OcppRequestContext context,
        ICsmsSigningHandler csms
    )
    {
        context.OnCompleted(() =>
        {
            if (context.IsResponseSent)
            {
                csms.Responded(context.Session, context.Response!);
            }
        });
        await next(context).ConfigureAwait(false);
        if (context.Response is { } response)
        {
            csms.Responding(context.Session, response);
        }
    }

    /// <summary>Adds the handler of a station's CSR.</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="csms">What handles the request.</param>
    /// <exception cref="ArgumentException">The request has a handler already.</exception>
    protected abstract void AddCsrHandler(IOcppHandlers handlers, ICsmsSigningHandler csms);

    /// <summary>Adds the handler of a station's CSR, with the messages of the version.</summary>
    /// <param name="handlers">Where to register the handler.</param>
    /// <param name="csms">What handles the request.</param>
    /// <param name="read">Reads the request.</param>
    /// <param name="write">Writes the response: Accepted or Rejected.</param>
    /// <exception cref="ArgumentException">The request has a handler already.</exception>
    protected void AddCsrHandler<TRequest, TResponse>(
        IOcppHandlers handlers,
        ICsmsSigningHandler csms,
        Func<TRequest, CsrSubmission> read,
        Func<SigningResponse, TResponse> write
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse> =>
        handlers.On(
            async (TRequest request, OcppRequestContext context) =>
                write(await csms.SubmitAsync(read(request), this, context).ConfigureAwait(false))
        );

    /// <summary>Sends a chain to a station.</summary>
    /// <returns>The response of the station: Accepted or Rejected.</returns>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task<SigningResponse> DeliverAsync(
        IOcppCaller peer,
        CertificateDelivery delivery,
        CancellationToken cancellationToken
    );

    /// <summary>Asks a station for a CSR.</summary>
    /// <param name="peer">What the request is sent to: a session, or a station wherever it is connected.</param>
    /// <param name="trigger">
    /// What the certificate is for; its uses are one of <see cref="SigningVersion.SupportedUses"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response of the station. If it is Accepted, a CSR follows.</returns>
    /// <inheritdoc cref="OcppSession.CallAsync{T, R}(IOcppRequest{T, R}, CancellationToken)" path="/exception"/>
    public abstract Task<SigningResponse> TriggerAsync(
        IOcppCaller peer,
        CertificateTrigger trigger,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Reads whether the CSMS accepts a station from a response that the station was sent (BootNotification): a station
    /// that is pending or rejected must not be sent anything (B02, B03).
    /// </summary>
    /// <param name="response">A response to any request of the station.</param>
    /// <returns><see langword="null"/> if the response is that to another request.</returns>
    public abstract bool? ReadRegistration(object response);
}
