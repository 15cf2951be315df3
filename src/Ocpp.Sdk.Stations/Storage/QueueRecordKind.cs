namespace Ocpp.Stations.Storage;

/// <summary>What a record of a queue says: its first byte. The numbers are part of the file format.</summary>
internal enum QueueRecordKind : byte
{
    Message = 1,
    Removed = 2,
    Failed = 3,
    State = 4,
    NextId = 5,
}
