namespace Ocpp.Stations.Transactions;

/// <summary>Whether an EVSE may offer energy.</summary>
public enum TransactionEnergy
{
    /// <summary>No: there is no EV, or it is not authorized.</summary>
    NotAllowed,

    /// <summary>
    /// The CSMS did not accept the idToken: no more than MaxEnergyOnInvalidId of the whole transaction (E05.FR.03).
    /// </summary>
    Limited,

    /// <summary>Yes.</summary>
    Allowed,
}
