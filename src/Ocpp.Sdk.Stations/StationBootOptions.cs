using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocpp.Stations.Versions;

namespace Ocpp.Stations;

/// <summary>The options of a <see cref="StationBoot"/>. Immutable.</summary>
public sealed record StationBootOptions
{
    /// <summary>
    /// The versions of OCPP that the station speaks, such as <c>V201Station</c> of the package
    /// Ocpp.Sdk.Stations.V201 and <c>V21Station</c> of Ocpp.Sdk.Stations.V21. Each session uses the one of its
    /// protocol.
    /// </summary>
    /// <exception cref="ArgumentException">There is none, or more than one for a protocol.</exception>
    public required IReadOnlyList<StationVersion> Versions
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field =
                value.Count > 0 && value.DistinctBy(one => one.Protocol.Subprotocol).Count() == value.Count
                    ? value
                    : throw new ArgumentException(
                        "There must be one or more versions, each for another protocol.",
                        nameof(value)
                    );
        }
    }

    /// <summary>
    /// What becomes of calls that are made before the CSMS has accepted the station. Defaults to
    /// <see cref="StationCallsUntilAccepted.Wait"/>.
    /// </summary>
    public StationCallsUntilAccepted CallsUntilAccepted { get; init; }

    /// <summary>
    /// The wait until the next BootNotification if the CSMS leaves it to the station, or has not responded. Defaults to
    /// 1 minute.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan RetryInterval
    {
        get;
        init => field = MessageQueue.CheckInterval(value);
    } = TimeSpan.FromMinutes(1);

    /// <summary>The interval of heartbeats if the CSMS leaves it to the station. Defaults to 1 hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan HeartbeatInterval
    {
        get;
        init => field = MessageQueue.CheckInterval(value);
    } = TimeSpan.FromHours(1);

    /// <summary>
    /// Is called with each response to a BootNotification, such as to send a StatusNotification for each connector once
    /// the station is accepted (B01.FR.05). Must not block. What it throws is logged.
    /// </summary>
    public Action<StationRegistration>? Registered { get; init; }

    /// <summary>
    /// Is called with the time of the CSMS when it has responded to a BootNotification or Heartbeat: for a station that
    /// sets a hardware clock. Must not block. What it throws is logged.
    /// </summary>
    public Action<DateTimeOffset>? ClockSet { get; init; }

    /// <summary>The clock of the station. Defaults to that of the system.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the registration is logged. Defaults to nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
