namespace Ocpp.Stations.Transactions;

/// <summary>
/// The transaction of one EVSE, whatever version its idTokens and readings are of: what the CSMS asks of it. So a
/// station that speaks several versions has one transaction for an EVSE, and a CSMS of any of them controls it.
/// </summary>
public interface IEvseTransaction
{
    /// <summary>Is raised after the transaction has begun or ended. Handlers must not block.</summary>
    event Action? BegunOrEnded;

    /// <summary>The EVSE.</summary>
    int EvseId { get; }

    /// <summary>The id of the ongoing transaction; <see langword="null"/> if there is none.</summary>
    string? TransactionId { get; }

    /// <summary>What happens between EVSE and EV.</summary>
    TransactionChargingState ChargingState { get; }

    /// <summary>Whether the driver or the EV is authorized.</summary>
    bool IsAuthorized { get; }

    /// <summary>
    /// Whether a transaction may begin: not while the EVSE or the station is about to be reset (B12.FR.05). One that is
    /// ongoing goes on.
    /// </summary>
    bool IsAvailable { get; set; }

    /// <summary>
    /// Whether a driver can be authorized: nobody is, and there is a transaction or one may begin
    /// (<see cref="IsAvailable"/>, <see cref="TransactionSettings.TxBeforeAcceptedEnabled"/>).
    /// </summary>
    bool IsFree { get; }

    /// <summary>
    /// Whether a transaction that is interrupted now may be resumed
    /// (<see cref="TransactionSettings.ResumptionTimeout"/>).
    /// </summary>
    bool MayResume { get; }

    /// <summary>Whether an idToken can be one of the transaction's version, if it is of another.</summary>
    /// <param name="idToken">The idToken.</param>
    bool CanAuthorize<T>(T idToken)
        where T : class, IOcppPayload<T>;

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}.Authorize"/>
    /// <exception cref="OcppValidationException">
    /// The idToken can't be one of the transaction's version (<see cref="CanAuthorize"/>).
    /// </exception>
    bool Authorize<T>(T idToken, int? remoteStartId = null, int? reservationId = null)
        where T : class, IOcppPayload<T>;

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}.RemoteStop"/>
    bool RemoteStop(string transactionId);

    /// <summary>Adds an event that the CSMS has asked for, with a reading of the meter (F06).</summary>
    /// <returns><see langword="false"/> if there is no transaction, and nothing was added.</returns>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    bool ReportTriggered();

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}.Stop"/>
#pragma warning disable CA1716 // The word of the specification, as in EvseTransaction.Stop; also one of Visual Basic.
    bool Stop(TransactionStopReason reason);
#pragma warning restore CA1716

    /// <summary>
    /// Adds a sample of the meter to the transaction, if the CSMS knows already at which EVSE it is and there is a
    /// reading.
    /// </summary>
    /// <param name="trigger">MeterValuePeriodic or MeterValueClock.</param>
    /// <param name="reading">What the reading is for.</param>
    /// <inheritdoc cref="MessageQueue.Add" path="/exception"/>
    void Sample(TransactionTrigger trigger, TransactionReading reading);

    /// <summary>Reads the meter, and sends that on its own (MeterValues), if there is a reading.</summary>
    /// <param name="boot">The registration of the station.</param>
    /// <param name="reading">What the reading is for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <inheritdoc cref="StationBoot.CallRequestedAsync" path="/exception"/>
    Task SendReadingAsync(StationBoot boot, TransactionReading reading, CancellationToken cancellationToken);

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}.Responded"/>
    void Responded(QueuedMessage message, System.Text.Json.JsonElement response);
}
