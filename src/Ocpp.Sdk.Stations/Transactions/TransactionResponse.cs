namespace Ocpp.Stations.Transactions;

/// <summary>What the CSMS has responded to an event of a transaction, whatever its version.</summary>
/// <typeparam name="TIdToken">The idTokens of the version.</typeparam>
/// <param name="TransactionId">The transaction.</param>
public sealed record TransactionResponse<TIdToken>(string TransactionId)
{
    /// <summary>
    /// The idToken of the event, if the CSMS does not accept it (E05). Otherwise <see langword="null"/>.
    /// </summary>
    public TIdToken? RefusedIdToken { get; init; }

    /// <summary>The limits that the CSMS sets (E16.FR.02); <see langword="null"/> if it sets none.</summary>
    public TransactionLimits? Limits { get; init; }

    /// <summary>The cost of the transaction so far; <see langword="null"/> if the CSMS does not say it.</summary>
    public decimal? TotalCost { get; init; }
}
