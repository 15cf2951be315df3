namespace Ocpp.Stations.Transactions;

/// <summary>
/// What made a transaction stop: the values of <c>stoppedReason</c>. It is what began the end of the
/// transaction: <see cref="Local"/> if a driver stops it with a card and then unplugs the cable, although the
/// transaction may end at the latter.
/// </summary>
public enum TransactionStopReason
{
    /// <summary>The CSMS did not accept the idToken.</summary>
    DeAuthorized,

    /// <summary>The button for emergencies was pressed.</summary>
    EmergencyStop,

    /// <summary>The largest energy of the transaction was reached.</summary>
    EnergyLimitReached,

    /// <summary>The cable was unplugged, or the EV moved away.</summary>
    EVDisconnected,

    /// <summary>There was a ground fault.</summary>
    GroundFault,

    /// <summary>The CSMS asked to reset the station at once.</summary>
    ImmediateReset,

    /// <summary>The driver stopped it at the station. The usual way.</summary>
    Local,

    /// <summary>A credit at the station was used up.</summary>
    LocalOutOfCredit,

    /// <summary>It was stopped with an idToken of the group MasterPassGroupId.</summary>
    MasterPass,

    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The current was too high.</summary>
    OvercurrentFault,

    /// <summary>The power was lost.</summary>
    PowerLoss,

    /// <summary>The quality of the power was too low.</summary>
    PowerQuality,

    /// <summary>The station was restarted by itself.</summary>
    Reboot,

    /// <summary>The CSMS asked to stop it.</summary>
    Remote,

    /// <summary>The EV has reached its largest state of charge.</summary>
    SOCLimitReached,

    /// <summary>The EV stopped to take energy.</summary>
    StoppedByEV,

    /// <summary>The longest time of the transaction was reached.</summary>
    TimeLimitReached,

    /// <summary>The EV was not connected in time.</summary>
    Timeout,

    /// <summary>The EV did not get the mode of transferring energy that it had asked for. Of OCPP 2.1.</summary>
    ReqEnergyTransferRejected,

    /// <summary>
    /// The CSMS asked for a soft reset (OCPP 1.6). Later versions have <see cref="Other"/> for it.
    /// </summary>
    SoftReset,

    /// <summary>
    /// The CSMS asked to unlock the connector (OCPP 1.6). Later versions have <see cref="Other"/> for it.
    /// </summary>
    UnlockCommand,
}
