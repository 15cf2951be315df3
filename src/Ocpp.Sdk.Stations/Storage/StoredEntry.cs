namespace Ocpp.Stations.Storage;

/// <summary>What is in memory of a message in the file.</summary>
internal sealed class StoredEntry(StoredMessage message, long position, int length)
{
    public long Id { get; } = message.Id;

    public DateTimeOffset CreatedAt { get; } = message.CreatedAt;

    public MessageRetention Retention { get; } = message.Retention;

    public string Subprotocol { get; } = string.Intern(message.Subprotocol);

    public string Action { get; } = string.Intern(message.Action);

    public ResponseValue? ResponseValue { get; } = message.ResponseValue;

    /// <summary>How many times the CSMS has failed to process it.</summary>
    public int Attempts { get; set; }

    /// <summary>How many times it got no response in time since the file was opened.</summary>
    public int Timeouts { get; set; }

    /// <summary>Where the content of its record is in the file, and how long that is.</summary>
    public long Position { get; set; } = position;

    public int Length { get; set; } = length;

    /// <summary>How many bytes it has in the file.</summary>
    public long Size => Length + RecordFile.RecordOverhead;
}
