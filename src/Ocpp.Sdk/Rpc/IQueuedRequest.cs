namespace Ocpp.Rpc;

/// <summary>What a <see cref="RequestQueue{TRequest}"/> has to know of a request.</summary>
internal interface IQueuedRequest
{
    /// <summary>The id of its message.</summary>
    string MessageId { get; }

    /// <summary>Whether it gets no answer: its message id need not be unique then.</summary>
    bool IsOneWay { get; }

    /// <summary>How many bytes its message had.</summary>
    int Size { get; }

    /// <summary>Whether its handler has ended, or its time is up: another request may have its message id.</summary>
    bool HasEnded { get; }

    /// <summary>When it began to run, on the session's clock. Used under the lock.</summary>
    long StartedAt { get; set; }
}
