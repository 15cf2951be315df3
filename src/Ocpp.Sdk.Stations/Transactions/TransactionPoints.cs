namespace Ocpp.Stations.Transactions;

/// <summary>
/// Conditions that begin a transaction when they are met and end it when they are met no longer (TxStartPoint and
/// TxStopPoint of TxCtrlr; E01 and E06).
/// </summary>
[Flags]
public enum TransactionPoints
{
    /// <summary>No condition.</summary>
    None = 0,

    /// <summary>The parking bay is occupied (E01.FR.01, E06.FR.01).</summary>
    ParkingBayOccupancy = 1,

    /// <summary>The EV is connected (E01.FR.02, E06.FR.02).</summary>
    EVConnected = 2,

    /// <summary>The driver or the EV is authorized (E01.FR.03, E06.FR.03, E06.FR.04).</summary>
    Authorized = 4,

    /// <summary>
    /// The signed value of the meter with which the transaction begins is available (E01.FR.04). Begins a transaction
    /// only: it does not become unavailable.
    /// </summary>
    DataSigned = 8,

    /// <summary>
    /// The EV is connected and authorized: both have to be met to begin, and one that is not met ends (E01.FR.05,
    /// E06.FR.06). Despite its name it does not depend on the relay.
    /// </summary>
    PowerPathClosed = 16,

    /// <summary>Energy is transferred (E01.FR.06, E06.FR.07).</summary>
    EnergyTransfer = 32,
}
