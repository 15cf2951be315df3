namespace Ocpp.AspNetCore;

/// <summary>Handles a message that is sent one way, in a class with constructor injection. Each message gets an instance, in a scope of its own.</summary>
public interface IOcppOneWayHandler<TMessage>
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    /// <summary>Handles the message. What it throws goes to the owner of the session.</summary>
    Task HandleAsync(TMessage message, OcppSession session, CancellationToken cancellationToken);
}
