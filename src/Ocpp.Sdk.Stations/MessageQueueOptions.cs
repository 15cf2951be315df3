using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ocpp.Stations;

/// <summary>The options of a <see cref="MessageQueue"/>. Immutable.</summary>
public sealed record MessageQueueOptions
{
    /// <summary>
    /// The file of the queue. Its folder must exist. It is readable for its owner only: messages contain idTokens.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string Path
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>The largest number of messages that may wait. Defaults to 10,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxMessages
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10_000;

    /// <summary>
    /// The largest size, in bytes, that the messages may have in the file. The file itself has at most twice as many
    /// and 64 KiB, and once more as many while it is compacted. Defaults to 4 MiB.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 4 * 1024 * 1024;

    /// <summary>
    /// Specifies whether a message is on the storage device when <see cref="MessageQueue.Add"/> returns. Defaults to
    /// <see langword="true"/>. If <see langword="false"/>, the operating system writes it later: it survives the end of
    /// the process in any case, but may be lost with the power.
    /// </summary>
    public bool FlushToDisk { get; init; } = true;

    /// <summary>
    /// How many times a message is sent if the CSMS fails to process it (E13.FR.02): MessageAttempts of OCPPCommCtrlr
    /// for TransactionEvent, or TransactionMessageAttempts of OCPP 1.6. Defaults to 5.
    /// <see cref="MessageQueue.MaxAttempts"/> changes it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 5;

    /// <summary>
    /// The wait after the CSMS has failed to process a message, multiplied by the number of preceding transmissions
    /// of the message (E13.FR.03): MessageAttemptInterval of OCPPCommCtrlr for TransactionEvent, or
    /// TransactionMessageRetryInterval of OCPP 1.6. Defaults to 60 seconds. <see cref="MessageQueue.AttemptInterval"/>
    /// changes it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan AttemptInterval
    {
        get;
        init => field = MessageQueue.CheckInterval(value);
    } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The largest number of messages per second that are sent in the long run, and at once. Defaults to 50: a CSMS
    /// protects itself against more than it expects of a station, and closes the connection
    /// (<see cref="OcppSessionOptions.MaxMessagesPerSecond"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxMessagesPerSecond
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 50;

    /// <summary>
    /// Specifies whether a call without a response counts as an attempt. Defaults to <see langword="false"/>: the
    /// message is sent again, after the same waits, until the CSMS responds or reports an error. A CSMS that is
    /// overloaded loses no message then; one that never responds to some message keeps all that are behind it waiting.
    /// It counts in any case for a message without the value that the CSMS should have chosen
    /// (<see cref="ResponseValue"/>).
    /// </summary>
    public bool TimeoutsCount { get; init; }

    /// <summary>
    /// Is called with each response, in order, before its message leaves the queue. If the process ends between the
    /// two, the message is sent again and the callback is called again. Must not block. What it throws is logged.
    /// </summary>
    public Action<QueuedMessage, JsonElement>? Responded { get; init; }

    /// <summary>Is called with what happens in the queue. Must not block. What it throws is logged.</summary>
    public Action<MessageQueueReport>? Reported { get; init; }

    /// <summary>The clock. Defaults to that of the system.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the queue logs. No payload gets there. Defaults to nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
