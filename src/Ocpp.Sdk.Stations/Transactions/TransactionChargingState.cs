namespace Ocpp.Stations.Transactions;

/// <summary>What happens between EVSE and EV. The numbers are part of the saved state.</summary>
public enum TransactionChargingState
{
    /// <summary>The EV is not connected.</summary>
    Idle = 0,

    /// <summary>The EV is connected; no energy is offered.</summary>
    EVConnected = 1,

    /// <summary>Energy is transferred.</summary>
    Charging = 2,

    /// <summary>Energy is offered, and the EV does not take it.</summary>
    SuspendedEV = 3,

    /// <summary>The EV would take energy, and the EVSE does not offer it.</summary>
    SuspendedEVSE = 4,
}
