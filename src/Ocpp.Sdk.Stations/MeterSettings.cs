using Ocpp.Stations.Transactions;

namespace Ocpp.Stations;

/// <summary>
/// When the meter is read and what of it: variables of the components SampledDataCtrlr and AlignedDataCtrlr. Immutable.
/// </summary>
public sealed record MeterSettings
{
    private static readonly string[] s_default = ["Energy.Active.Import.Register"];

    /// <summary>
    /// The interval of samples in a transaction: TxUpdatedInterval of SampledDataCtrlr (J02). Defaults to
    /// <see langword="null"/>: none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan? TxUpdatedInterval
    {
        get;
        init => field = value is { } time ? MessageQueue.CheckInterval(time) : null;
    }

    /// <summary>
    /// The interval of samples at times of the clock: Interval of AlignedDataCtrlr (J01). They are at multiples of it
    /// since midnight, UTC. Defaults to <see langword="null"/>: none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or more than one day.</exception>
    public TimeSpan? AlignedInterval
    {
        get;
        init => field = value is { } time ? MessageQueue.CheckInterval(time) : null;
    }

    /// <summary>
    /// Specifies whether there are samples at times of the clock only while the station has no transaction:
    /// SendDuringIdle of AlignedDataCtrlr (J01.FR.20). Defaults to <see langword="false"/>: there are in transactions,
    /// too.
    /// </summary>
    public bool SendDuringIdle { get; init; }

    /// <summary>
    /// What is measured when a transaction begins: TxStartedMeasurands of SampledDataCtrlr. Defaults to
    /// Energy.Active.Import.Register.
    /// </summary>
    public IReadOnlyList<string> TxStartedMeasurands { get; init; } = s_default;

    /// <summary>
    /// What is measured in a transaction: TxUpdatedMeasurands of SampledDataCtrlr. Defaults to
    /// Energy.Active.Import.Register.
    /// </summary>
    public IReadOnlyList<string> TxUpdatedMeasurands { get; init; } = s_default;

    /// <summary>
    /// What is measured when a transaction begins and when it ends, for its last event: TxEndedMeasurands of
    /// SampledDataCtrlr. Defaults to Energy.Active.Import.Register.
    /// </summary>
    public IReadOnlyList<string> TxEndedMeasurands { get; init; } = s_default;

    /// <summary>
    /// What is measured at times of the clock: Measurands of AlignedDataCtrlr. Defaults to
    /// Energy.Active.Import.Register.
    /// </summary>
    public IReadOnlyList<string> AlignedMeasurands { get; init; } = s_default;

    /// <summary>What is measured for a reading.</summary>
    /// <param name="reading">What the reading is for.</param>
    public IReadOnlyList<string> MeasurandsOf(TransactionReading reading) =>
        reading switch
        {
            TransactionReading.Begin => TxStartedMeasurands,
            TransactionReading.BeginForEnd or TransactionReading.End => TxEndedMeasurands,
            TransactionReading.Clock or TransactionReading.MeterTrigger => AlignedMeasurands,
            _ => TxUpdatedMeasurands,
        };
}
