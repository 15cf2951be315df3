using Ocpp;

/// <summary>Reads and writes the examples that the reference has of each payload, and counts them.</summary>
/// <param name="reference">The folder of the reference.</param>
internal sealed class Messages(string reference)
{
    public int Actions { get; private set; }

    public int Payloads { get; private set; }

    /// <summary>The payloads that were not read, or not written as they were read.</summary>
    public List<string> Failures { get; } = [];

    public void ReadAndWrite<TRequest, TResponse>()
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        Actions++;
        ReadAndWritePayload<TRequest>(TRequest.Action, "[2,");
        ReadAndWritePayload<TResponse>(TRequest.Action, "[3,");
    }

    public void ReadAndWrite<TMessage>()
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        Actions++;
        ReadAndWritePayload<TMessage>(TMessage.Action, "[6,");
    }

    private void ReadAndWritePayload<T>(string action, string head)
        where T : class, IOcppPayload<T>
    {
        Payloads++;
        if (
            !OcppJson.TryParse(Examples.Payload(reference, action, head), out T? payload, out _)
            || !OcppJson.TryParse(OcppJson.ToUtf8Bytes(payload), out T? again, out _)
            || !payload.Equals(again)
        )
        {
            Failures.Add(typeof(T).Name);
        }
    }
}
