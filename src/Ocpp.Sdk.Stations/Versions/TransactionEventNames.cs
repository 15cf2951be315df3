namespace Ocpp.Stations.Versions;

/// <summary>The names that an event of a transaction has on the wire, the same in all versions that have it.</summary>
internal static class TransactionEventNames
{
    /// <summary>The action.</summary>
    public const string Action = "TransactionEvent";

    /// <summary>The property that says whether it occurred while the station was offline.</summary>
    public const string Offline = "offline";
}
