using System.Diagnostics;
using Ocpp;

/// <summary>Reads and writes the examples that the reference has of each payload, and counts them.</summary>
/// <param name="reference">The folder of the reference.</param>
internal sealed class Messages(string reference)
{
    public int Actions { get; private set; }

    public int Payloads { get; private set; }

    /// <summary>How long reading took, and writing, when the process had read and written nothing yet.</summary>
    public (TimeSpan Read, TimeSpan Write) First { get; private set; }

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
        byte[] example = Examples.Payload(reference, action, head);
        long start = Stopwatch.GetTimestamp();
        bool isRead = OcppJson.TryParse(example, out T? payload, out _);
        TimeSpan read = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        byte[] written = isRead ? OcppJson.ToUtf8Bytes(payload!) : [];
        if (Payloads++ == 0)
        {
            First = (read, Stopwatch.GetElapsedTime(start));
        }

        if (!OcppJson.TryParse(written, out T? again, out _) || !again.Equals(payload))
        {
            Failures.Add(typeof(T).Name);
        }
    }
}
