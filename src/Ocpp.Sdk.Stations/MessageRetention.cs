namespace Ocpp.Stations;

/// <summary>What becomes of a message when its queue is full. The numbers are part of the file format.</summary>
public enum MessageRetention
{
    /// <summary>It stays until the CSMS has it, or has failed to process it too often.</summary>
    Required = 0,

    /// <summary>
    /// It may be dropped if the queue is full: an intermediate sample of a transaction, whose beginning and end say
    /// enough for a bill (E04.FR.07, E11.FR.04).
    /// </summary>
    Intermediate = 1,
}
