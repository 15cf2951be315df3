namespace Ocpp.Stations;

/// <summary>Why a station sends a BootNotification.</summary>
public enum StationBootCause
{
    /// <summary>The station has started.</summary>
    Started,

    /// <summary>The CSMS has asked for it (F06).</summary>
    Triggered,

    /// <summary>What the station says of itself, or the version of OCPP, is not what the CSMS has accepted.</summary>
    Changed,

    /// <summary>The station has started after a reset that the CSMS has asked for (B11, B12).</summary>
    RemoteReset,

    /// <summary>
    /// The station has started after a reset that the CSMS has asked for, and that waited until the station was idle
    /// (B12).
    /// </summary>
    ScheduledReset,
}
