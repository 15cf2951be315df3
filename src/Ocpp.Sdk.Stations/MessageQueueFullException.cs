namespace Ocpp.Stations;

/// <summary>A message that must not be dropped was added to a queue that is full of such messages.</summary>
public sealed class MessageQueueFullException : Exception
{
    /// <summary>Initializes the exception.</summary>
    public MessageQueueFullException()
        : this("The queue is full of messages that must not be dropped.") { }

    /// <summary>Initializes the exception with a message.</summary>
    public MessageQueueFullException(string message)
        : base(message) { }

    /// <summary>Initializes the exception with a message and the cause.</summary>
    public MessageQueueFullException(string message, Exception? innerException)
        : base(message, innerException) { }
}
