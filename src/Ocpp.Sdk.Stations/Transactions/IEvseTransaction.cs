namespace Ocpp.Stations.Transactions;

/// <summary>
/// The transaction of one EVSE, whatever version its idTokens and readings are of: what the CSMS asks of it. So a
/// station that speaks several versions has one transaction for an EVSE, and a CSMS of any of them controls it.
/// </summary>
public interface IEvseTransaction
{
    /// <summary>The EVSE.</summary>
    int EvseId { get; }

    /// <summary>The id of the ongoing transaction; <see langword="null"/> if there is none.</summary>
    string? TransactionId { get; }

    /// <summary>What happens between EVSE and EV.</summary>
    TransactionChargingState ChargingState { get; }

    /// <summary>Whether the driver or the EV is authorized.</summary>
    bool IsAuthorized { get; }

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

    /// <inheritdoc cref="EvseTransaction{TIdToken, TMeterValue}.Responded"/>
    void Responded(QueuedMessage message, System.Text.Json.JsonElement response);
}
