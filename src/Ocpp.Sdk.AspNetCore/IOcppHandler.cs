namespace Ocpp.AspNetCore;

/// <summary>Handles a request in a class with constructor injection. Each request gets an instance, in a scope of its own.</summary>
public interface IOcppHandler<TRequest, TResponse>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <summary>
    /// Handles a request. It may call the peer back. What it throws is answered with InternalError and reported to the owner of
    /// the session, except an <see cref="OcppCallErrorException"/>, which says what to answer.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="session">The session it came by.</param>
    /// <param name="cancellationToken">
    /// Is cancelled when the connection is closed, or the handler takes longer than <see cref="OcppSessionOptions.HandlerTimeout"/>.
    /// </param>
    /// <returns>The response.</returns>
    Task<TResponse> HandleAsync(TRequest request, OcppSession session, CancellationToken cancellationToken);
}
