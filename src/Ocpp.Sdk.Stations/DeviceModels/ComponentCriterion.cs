namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// A condition of components in a report. It is the value of the component's variable of the same name.
/// </summary>
public enum ComponentCriterion
{
    /// <summary>Active, or without such a variable (B08.FR.07).</summary>
    Active,

    /// <summary>Available, or without such a variable (B08.FR.08).</summary>
    Available,

    /// <summary>Enabled, or without such a variable (B08.FR.09).</summary>
    Enabled,

    /// <summary>With a problem (B08.FR.10).</summary>
    Problem,
}
