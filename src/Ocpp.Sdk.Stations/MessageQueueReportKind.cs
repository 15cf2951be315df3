namespace Ocpp.Stations;

/// <summary>What happens in a <see cref="MessageQueue"/>.</summary>
public enum MessageQueueReportKind
{
    /// <summary>The CSMS has responded to a message, and the message has left the queue.</summary>
    Delivered,

    /// <summary>
    /// The CSMS failed to process a message: it responded with an error or with something that can't be read. The
    /// message is sent again after a wait (E13.FR.02, E13.FR.03).
    /// </summary>
    AttemptFailed,

    /// <summary>A call got no response in time. The message is sent again after a wait.</summary>
    TimedOut,

    /// <summary>
    /// The CSMS failed to process a message as often as allowed, or the message can't be sent at all. It has left the
    /// queue (E13.FR.04).
    /// </summary>
    GaveUp,

    /// <summary>
    /// The queue was full, and a message that may be dropped has left it (E04.FR.07, E11.FR.04).
    /// </summary>
    Dropped,

    /// <summary>
    /// The next message is of another version of OCPP than the connection: it waits for a connection of its version.
    /// </summary>
    HeldBack,

    /// <summary>
    /// Part of the file was not readable when it was opened, such as a message whose writing was cut off by a power
    /// loss. What is whole is in the queue.
    /// </summary>
    Damaged,

    /// <summary>
    /// The file could not be read, written or compacted, such as when the disk is full. What could not be written, such
    /// as that a message was delivered, is tried again every 10 seconds, without further reports, and before anything
    /// is added. Only if the process ends before that succeeds, the message is sent again after the next start.
    /// </summary>
    StorageFailed,
}
