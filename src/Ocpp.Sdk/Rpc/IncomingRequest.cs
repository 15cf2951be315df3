using Ocpp.Json;

namespace Ocpp.Rpc;

/// <summary>A request of the peer's with what handles it.</summary>
internal abstract class IncomingRequest(string messageId, string action)
{
    public string MessageId { get; } = messageId;

    public string Action { get; } = action;

    /// <summary>The request or message itself, as its handler got it.</summary>
    public abstract object Message { get; }

    /// <summary>How many bytes its message had.</summary>
    public int Size { get; set; }

    /// <summary>What is to be done when it has its answer. Used under the session's lock.</summary>
    public System.Action? Answered { get; set; }

    /// <summary>The response, once it is handed to the connection; <see langword="null"/> if there is none.</summary>
    public object? SentResponse { get; set; }

    /// <summary>Whether nothing answers it.</summary>
    public abstract bool IsOneWay { get; }

    /// <summary>Begins to handle it.</summary>
    public abstract Task HandleAsync(OcppSession session, CancellationToken cancellationToken);

    /// <summary>Writes the answer, after the handler has ended well.</summary>
    /// <returns>The response that was written.</returns>
    /// <exception cref="OcppValidationException">The response breaks rules of its message.</exception>
    public abstract object WriteAnswer(PooledBuffer output, OcppWriteOptions options);
}
