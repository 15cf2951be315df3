namespace Ocpp.Stations.Storage;

/// <summary>Takes the message out of its record.</summary>
internal sealed class StoredMessageReader : IQueueRecordReader
{
    public StoredMessage? Found { get; private set; }

    public void Message(StoredMessage message) => Found = message;

    public void State(QueueState state)
    {
        // What was saved together with the message is of use only when the file is opened.
    }

    public void Removed(long id, QueueState? state) => throw NotOne();

    public void Failed(long id, int attempts) => throw NotOne();

    public void NextId(long id) => throw NotOne();

    private static InvalidDataException NotOne() => new("A record of the queue has changed.");
}
