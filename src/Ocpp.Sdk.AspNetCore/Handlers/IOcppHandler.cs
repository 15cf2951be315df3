namespace Ocpp.AspNetCore;

/// <summary>Handles a request in a class with constructor injection. Each request gets an instance, in a scope of its own.</summary>
public interface IOcppHandler<TRequest, TResponse>
    where TRequest : class, IOcppRequest<TRequest, TResponse>
    where TResponse : class, IOcppPayload<TResponse>
{
    /// <inheritdoc cref="OcppHandlers.On{TRequest, TResponse}(Func{TRequest, OcppSession, CancellationToken, Task{TResponse}})" path="/param[@name='handler']"/>
    Task<TResponse> HandleAsync(TRequest request, OcppSession session, CancellationToken cancellationToken);
}
