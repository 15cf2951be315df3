namespace Ocpp;

/// <summary>
/// Handles a message that is sent one way in a class, as <see cref="IOcppHandler{TRequest, TResponse}"/> handles a
/// request.
/// </summary>
public interface IOcppOneWayHandler<TMessage>
    where TMessage : class, IOcppOneWayMessage<TMessage>
{
    /// <summary>Handles a message. What it throws is reported to the owner of the session.</summary>
    /// <param name="message">The message.</param>
    /// <param name="context">What else is known of the message: its session, its message id, its cancellation.</param>
    /// <returns>Ends when the message is handled.</returns>
    Task HandleAsync(TMessage message, OcppRequestContext context);
}
