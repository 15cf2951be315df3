namespace Ocpp.Stations.DeviceModels;

/// <summary>Whether a value was set (part 2, B05).</summary>
public enum VariableSetStatus
{
    /// <summary>It was set (B05.FR.10).</summary>
    Accepted,

    /// <summary>It was not set, for the reason that comes with the status.</summary>
    Rejected,

    /// <summary>There is no such component (B05.FR.04).</summary>
    UnknownComponent,

    /// <summary>The component has no such variable (B05.FR.05).</summary>
    UnknownVariable,

    /// <summary>The variable has no such attribute (B05.FR.06).</summary>
    NotSupportedAttributeType,

    /// <summary>It was set, and takes effect with the next start of the station.</summary>
    RebootRequired,
}
