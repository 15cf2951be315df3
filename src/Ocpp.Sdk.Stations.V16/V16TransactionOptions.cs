using Ocpp.Stations.Transactions;
using Ocpp.V16;

namespace Ocpp.Stations.V16;

/// <summary>
/// The options of a <see cref="V16Transaction"/>. Its messages have the connector
/// <see cref="EvseTransactionOptions{TMeterValue}.ConnectorId"/>, which defaults to the number of the EVSE. Immutable.
/// </summary>
/// <remarks>
/// A <see cref="EvseTransactionOptions{TMeterValue}.ReadMeter"/> for <see cref="TransactionReading.Begin"/> is not
/// sent: it is meterStart. Those for <see cref="TransactionReading.BeginForEnd"/> and
/// <see cref="TransactionReading.End"/> are the transactionData (StopTxnSampledData).
/// </remarks>
public sealed record V16TransactionOptions : EvseTransactionOptions<MeterValue>
{
    /// <summary>
    /// Reads the register of the energy of the connector, in Wh: meterStart and meterStop. It is called before a
    /// message is saved: what it throws reaches the caller, and nothing has changed. It must not use the transaction.
    /// </summary>
    public required Func<int> ReadRegister { get; init; }

    /// <summary>
    /// Completes a StopTransaction before it is saved, such as with samples of the whole transaction
    /// (StopTxnSampledData) in its transactionData. Reason, meterStop and time must stay. Defaults to nothing.
    /// </summary>
    public Func<StopTransactionRequest, StopTransactionRequest>? CompleteStop { get; init; }

    /// <summary>
    /// Is called with the response to a StartTransaction whose idTag the CSMS does not accept, also if the transaction
    /// is over already. Must not block. What it throws is logged.
    /// </summary>
    public Action<StartTransactionRequest, IdTagInfo>? Refused { get; init; }

    /// <summary>The connector that the messages have.</summary>
    internal int Connector => ConnectorId ?? EvseId;

    /// <inheritdoc/>
    protected override string StateKey => $"transaction/ocpp1.6/{EvseId}";

    /// <summary>
    /// A transaction of OCPP 1.6 begins when the EV is connected and the driver authorized, and ends with the
    /// authorization, whatever the settings say.
    /// </summary>
    /// <param name="settings">The settings that the application has made.</param>
    protected override TransactionSettings Restrict(TransactionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings with
        {
            TxStartPoint = TransactionPoints.PowerPathClosed,
            TxStopPoint = TransactionPoints.Authorized,
        };
    }
}
