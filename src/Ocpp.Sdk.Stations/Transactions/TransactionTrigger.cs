namespace Ocpp.Stations.Transactions;

/// <summary>Why an event of a transaction is sent: the values of <c>triggerReason</c>.</summary>
public enum TransactionTrigger
{
    /// <summary>The driver or the EV was authorized.</summary>
    Authorized,

    /// <summary>A cable was plugged in, and the EV is connected.</summary>
    CablePluggedIn,

    /// <summary>The rate of charging has changed by more than a limit.</summary>
    ChargingRateChanged,

    /// <summary>The charging state has changed.</summary>
    ChargingStateChanged,

    /// <summary>The CSMS did not accept the idToken.</summary>
    Deauthorized,

    /// <summary>The largest energy of the transaction is reached.</summary>
    EnergyLimitReached,

    /// <summary>The communication with the EV is lost, such as when the cable is unplugged.</summary>
    EVCommunicationLost,

    /// <summary>The EV was not connected in time (EVConnectionTimeOut).</summary>
    EVConnectTimeout,

    /// <summary>A sample of the meter at a time of the clock.</summary>
    MeterValueClock,

    /// <summary>A sample of the meter at an interval.</summary>
    MeterValuePeriodic,

    /// <summary>The longest time of the transaction is reached.</summary>
    TimeLimitReached,

    /// <summary>The CSMS has asked for it with a TriggerMessage.</summary>
    Trigger,

    /// <summary>The CSMS has asked to unlock the connector.</summary>
    UnlockCommand,

    /// <summary>The driver has ended the authorization with an idToken, or another way at the station.</summary>
    StopAuthorized,

    /// <summary>The EV has left the parking bay.</summary>
    EVDeparted,

    /// <summary>An EV is in the parking bay.</summary>
    EVDetected,

    /// <summary>The CSMS has asked to stop the transaction.</summary>
    RemoteStop,

    /// <summary>The CSMS has asked to start a transaction.</summary>
    RemoteStart,

    /// <summary>Something is out of order, such as a fault or a loss of power.</summary>
    AbnormalCondition,

    /// <summary>A signed value of the meter is available.</summary>
    SignedDataReceived,

    /// <summary>The CSMS has asked to reset the station.</summary>
    ResetCommand,

    /// <summary>The largest cost of the transaction is reached. Of OCPP 2.1.</summary>
    CostLimitReached,

    /// <summary>The limits of the transaction have changed (E16). Of OCPP 2.1.</summary>
    LimitSet,

    /// <summary>The mode of operation, as of a charging profile, has changed. Of OCPP 2.1.</summary>
    OperationModeChanged,

    /// <summary>The cost so far, which the station has calculated. Of OCPP 2.1.</summary>
    RunningCost,

    /// <summary>The largest state of charge of the transaction is reached. Of OCPP 2.1.</summary>
    SoCLimitReached,

    /// <summary>The tariff of the transaction has changed. Of OCPP 2.1.</summary>
    TariffChanged,

    /// <summary>The EV or its driver has not accepted the tariff. Of OCPP 2.1.</summary>
    TariffNotAccepted,

    /// <summary>The transaction goes on after the station was restarted (E17). Of OCPP 2.1.</summary>
    TxResumed,
}
