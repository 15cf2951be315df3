namespace Ocpp.Stations;

/// <summary>What becomes of a reset that the CSMS has asked for.</summary>
public enum StationResetStatus
{
    /// <summary>It takes place after the response.</summary>
    Accepted,

    /// <summary>It does not take place.</summary>
    Rejected,

    /// <summary>It takes place when the station or the EVSE is idle (B11.FR.07, B12.FR.01).</summary>
    Scheduled,
}
