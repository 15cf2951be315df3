namespace Ocpp.Stations.Transactions;

/// <summary>What a reading of the meter is for.</summary>
public enum TransactionReading
{
    /// <summary>
    /// The beginning of a transaction: context Transaction.Begin, measurands TxStartedMeasurands (E02.FR.09).
    /// </summary>
    Begin,

    /// <summary>The end of a transaction: context Transaction.End, measurands TxEndedMeasurands (E06.FR.11).</summary>
    End,

    /// <summary>The CSMS has asked for it with a TriggerMessage: context Trigger (F06).</summary>
    Trigger,
}
