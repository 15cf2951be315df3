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

    /// <summary>
    /// The CSMS has asked for an event of the transaction with a TriggerMessage: context Trigger, measurands
    /// TxUpdatedMeasurands (F06).
    /// </summary>
    Trigger,

    /// <summary>A sample at an interval: context Sample.Periodic, measurands TxUpdatedMeasurands (J02).</summary>
    Periodic,

    /// <summary>
    /// A sample at a time of the clock, in a transaction or not: context Sample.Clock, measurands of AlignedDataCtrlr
    /// (J01).
    /// </summary>
    Clock,

    /// <summary>
    /// The CSMS has asked for MeterValues with a TriggerMessage: context Trigger, measurands of AlignedDataCtrlr (F06).
    /// </summary>
    MeterTrigger,

    /// <summary>
    /// The beginning of a transaction for its last event, which has the readings of the beginning and the end (a
    /// TxEndedInterval of 0): context Transaction.Begin, measurands TxEndedMeasurands. Taken with <see cref="Begin"/>,
    /// and kept until the end, also over a restart.
    /// </summary>
    BeginForEnd,
}
