namespace Ocpp.Stations.Versions;

/// <summary>The messages that a TriggerMessage can ask the registration of a station for (part 2, F06).</summary>
public enum StationTrigger
{
    /// <summary>A message of another part.</summary>
    Other,

    /// <summary>A BootNotification.</summary>
    BootNotification,

    /// <summary>A Heartbeat.</summary>
    Heartbeat,
}
