namespace Ocpp.Stations.DeviceModels;

/// <summary>Which variables a base report has (part 2, B07).</summary>
public enum InventoryKind
{
    /// <summary>Those that the CSMS may set (B07.FR.07).</summary>
    ConfigurationInventory,

    /// <summary>All (B07.FR.08).</summary>
    FullInventory,

    /// <summary>Those about availability and problems (B07.FR.09).</summary>
    SummaryInventory,
}
