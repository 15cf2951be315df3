namespace Ocpp.Stations.Versions;

/// <summary>Whether a message is sent that a TriggerMessage asks for (part 2, F06).</summary>
public enum StationTriggerStatus
{
    /// <summary>It is sent after the response.</summary>
    Accepted,

    /// <summary>It can't be sent now.</summary>
    Rejected,

    /// <summary>The part does not have the message.</summary>
    NotImplemented,
}
