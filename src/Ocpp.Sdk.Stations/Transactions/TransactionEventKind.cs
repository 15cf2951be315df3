namespace Ocpp.Stations.Transactions;

/// <summary>Where in its transaction an event is.</summary>
public enum TransactionEventKind
{
    /// <summary>The first event.</summary>
    Started,

    /// <summary>An event between the first and the last.</summary>
    Updated,

    /// <summary>The last event.</summary>
    Ended,
}
