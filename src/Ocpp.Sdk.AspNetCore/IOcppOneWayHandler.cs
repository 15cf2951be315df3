namespace Ocpp.AspNetCore;

/// <summary>Handles a message that is sent one way, in a class with constructor injection. Each message gets an instance, in a scope of its own.</summary>
public interface IOcppOneWayHandler<TMessage>
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    /// <summary>Handles a message. What it throws is reported to the owner of the session.</summary>
    /// <param name="message">The message.</param>
    /// <param name="session">The session it came by.</param>
    /// <param name="cancellationToken">
    /// Is cancelled when the connection is closed, or the handler takes longer than <see cref="OcppSessionOptions.HandlerTimeout"/>.
    /// </param>
    /// <returns>Ends when the message is handled.</returns>
    Task HandleAsync(TMessage message, OcppSession session, CancellationToken cancellationToken);
}
