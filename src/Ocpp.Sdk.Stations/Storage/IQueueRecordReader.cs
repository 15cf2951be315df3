namespace Ocpp.Stations.Storage;

/// <summary>Gets the records of a queue as they are read.</summary>
internal interface IQueueRecordReader
{
    void Message(StoredMessage message);

    void Removed(long id);

    void Failed(long id, int attempts);

    void State(string key, byte[]? value);

    void NextId(long id);
}
