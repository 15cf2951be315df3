namespace Ocpp.Stations.Versions;

/// <summary>A version whose station says the same of itself in each BootNotification, until it changes.</summary>
/// <typeparam name="TChargingStation">
/// What the station says of itself in messages of the version. Compared by value.
/// </typeparam>
public abstract class ChargingStationVersion<TChargingStation> : StationVersion
    where TChargingStation : class
{
    private volatile TChargingStation _chargingStation;

    /// <summary>Takes what the station says of itself.</summary>
    /// <param name="chargingStation">What the station says of itself.</param>
    protected ChargingStationVersion(TChargingStation chargingStation)
    {
        ArgumentNullException.ThrowIfNull(chargingStation);
        _chargingStation = chargingStation;
    }

    /// <summary>
    /// What the station says of itself. After a change call <see cref="StationBoot.Refresh"/>: the station then
    /// registers again.
    /// </summary>
    public TChargingStation ChargingStation
    {
        get => _chargingStation;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _chargingStation = value;
        }
    }

    /// <inheritdoc/>
    public override object Description => _chargingStation;
}
