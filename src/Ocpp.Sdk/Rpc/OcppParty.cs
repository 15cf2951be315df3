namespace Ocpp.Rpc;

/// <summary>The two sides of a connection.</summary>
[Flags]
public enum OcppParty
{
    /// <summary>Neither, or not known.</summary>
    None = 0,

    /// <summary>The charging station: the WebSocket client.</summary>
    ChargingStation = 1,

    /// <summary>The charging station management system: the WebSocket server.</summary>
    Csms = 2,

    /// <summary>Either side.</summary>
    Both = ChargingStation | Csms,
}
