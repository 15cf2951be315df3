using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ocpp.Stations;

/// <summary>The options of a <see cref="StationReset"/>. Immutable.</summary>
public sealed record StationResetOptions
{
    /// <summary>
    /// Restarts the station: such as by the end of the process, which its supervisor starts again, or with the
    /// hardware. If it throws, it is called again (<see cref="StationReset.Retries"/>).
    /// </summary>
    public required Func<Task> Restart { get; init; }

    /// <summary>
    /// Restarts an EVSE, and completes when it is back. Defaults to <see langword="null"/>: the station can only be
    /// reset as a whole (B11.FR.09).
    /// </summary>
    public Func<int, Task>? RestartEvse { get; init; }

    /// <summary>
    /// Decides whether a reset is possible now, apart from transactions, such as while firmware is installed: it is
    /// rejected otherwise (B11.FR.06, B12.FR.10). Gets the kind, and the EVSE, or <see langword="null"/> for the whole
    /// station. Must not block. Defaults to yes.
    /// </summary>
    public Func<StationResetKind, int?, bool> MayReset { get; init; } = (_, _) => true;

    /// <summary>
    /// Whether the station (<see langword="null"/>) or an EVSE is idle apart from transactions, such as without an
    /// upload or a reservation: a reset OnIdle waits for that, too (B11.FR.07). Call
    /// <see cref="StationReset.Refresh"/> after a change. Must not block. What it throws is logged, and stands for no.
    /// Defaults to yes.
    /// </summary>
    public Func<int?, bool> IsIdle { get; init; } = _ => true;

    /// <summary>
    /// Is called with an EVSE after it has become unavailable because of a reset, or available again (B12.FR.05): to
    /// send a StatusNotification for each of its connectors. One call ends before the next begins. Must not block. What
    /// it throws is logged.
    /// </summary>
    public Action<int, bool>? AvailabilityChanged { get; init; }

    /// <summary>
    /// How long the messages of the queue may take to reach the CSMS before the reset, if the station is connected.
    /// What is left is sent after the start. Defaults to 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan FlushTime
    {
        get;
        init => field = MessageQueue.CheckInterval(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many times a reset that has failed is tried again: ResetRetries of OCPPCommCtrlr. Defaults to 3.
    /// <see cref="StationReset.Retries"/> changes it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Retries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 3;

    /// <summary>The clock of the waits. Defaults to that of the system.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where resets are logged. Defaults to nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
