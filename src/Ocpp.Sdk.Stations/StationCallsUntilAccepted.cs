namespace Ocpp.Stations;

/// <summary>What becomes of a call that is made before the CSMS has accepted the station.</summary>
public enum StationCallsUntilAccepted
{
    /// <summary>It waits until the CSMS has accepted the station, as long as its cancellation token lets it.</summary>
    Wait,

    /// <summary>It fails at once with a <see cref="StationNotAcceptedException"/>.</summary>
    Fail,
}
