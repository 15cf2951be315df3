namespace Ocpp.Stations;

/// <summary>
/// What a message has to do with a <see cref="ResponseValue"/>. The numbers are part of the file format.
/// </summary>
public enum ResponseValueRole
{
    /// <summary>The response to the message has the value.</summary>
    Given = 0,

    /// <summary>The message has the value.</summary>
    Used = 1,

    /// <summary>
    /// The message has the value, and is the last one: the value is forgotten when it leaves the queue.
    /// </summary>
    UsedLast = 2,
}
