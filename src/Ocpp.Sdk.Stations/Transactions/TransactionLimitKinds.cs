namespace Ocpp.Stations.Transactions;

/// <summary>The limits that a transaction can have (E16): SupportedLimits of TxCtrlr.</summary>
[Flags]
public enum TransactionLimitKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The largest cost.</summary>
    MaxCost = 1,

    /// <summary>The largest energy.</summary>
    MaxEnergy = 2,

    /// <summary>The longest time.</summary>
    MaxTime = 4,

    /// <summary>The largest state of charge.</summary>
    MaxSoC = 8,
}
