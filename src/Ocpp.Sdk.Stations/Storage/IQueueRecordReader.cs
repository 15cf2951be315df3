namespace Ocpp.Stations.Storage;

/// <summary>Gets the records of a queue as they are read.</summary>
internal interface IQueueRecordReader
{
    void Message(StoredMessage message);

    void Removed(long id, QueueState? state);

    void Failed(long id, int attempts);

    void State(QueueState state);

    void NextId(long id);
}
