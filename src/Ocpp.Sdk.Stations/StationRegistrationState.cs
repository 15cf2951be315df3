namespace Ocpp.Stations;

/// <summary>How a station is registered with its CSMS (part 2, B01 to B03).</summary>
public enum StationRegistrationState
{
    /// <summary>
    /// The CSMS has not responded to a BootNotification yet, since the station has started or changed.
    /// </summary>
    None,

    /// <summary>
    /// The CSMS wants to configure the station first (B02). The station sends nothing but what it is asked for.
    /// </summary>
    Pending,

    /// <summary>The CSMS does not want the station (B03). The station sends nothing until it asks again.</summary>
    Rejected,

    /// <summary>The station may send whatever it has to.</summary>
    Accepted,
}
