namespace Ocpp;

/// <summary>
/// Handles a request in a class. A class may handle several requests: it implements this interface for each, and is
/// registered once (<see cref="OcppHandlersExtensions.Handle{THandler}(IOcppHandlers, THandler)"/>).
/// </summary>
public interface IOcppHandler<TRequest, TResponse>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <summary>
    /// Handles a request. It may call the peer back. What it throws is answered with InternalError and reported to the
    /// owner of the session, except an <see cref="OcppCallErrorException"/>, which says what to answer.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="context">What else is known of the request: its session, its message id, its cancellation.</param>
    /// <returns>The response.</returns>
    Task<TResponse> HandleAsync(TRequest request, OcppRequestContext context);
}
