namespace Ocpp.Versions;

/// <summary>What a CSMS responds to a station that registers (part 2, B01 to B03).</summary>
public enum OcppRegistrationStatus
{
    /// <summary>The station may send whatever it has to.</summary>
    Accepted,

    /// <summary>
    /// The CSMS wants to configure the station first (B02). The station sends nothing but what it is asked for.
    /// </summary>
    Pending,

    /// <summary>The CSMS does not want the station (B03). The station sends nothing until it asks again.</summary>
    Rejected,
}
