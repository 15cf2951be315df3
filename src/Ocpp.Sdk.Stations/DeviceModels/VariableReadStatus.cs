namespace Ocpp.Stations.DeviceModels;

/// <summary>Whether an attribute could be read (part 2, B06).</summary>
public enum VariableReadStatus
{
    /// <summary>It was read.</summary>
    Accepted,

    /// <summary>It can only be set (B06.FR.09).</summary>
    Rejected,

    /// <summary>There is no such component (B06.FR.06).</summary>
    UnknownComponent,

    /// <summary>The component has no such variable (B06.FR.07).</summary>
    UnknownVariable,

    /// <summary>The variable has no such attribute (B06.FR.08).</summary>
    NotSupportedAttributeType,
}
