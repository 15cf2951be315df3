namespace Ocpp.Stations.Transactions;

/// <summary>
/// The limits of a transaction (E16). The first that is reached ends the transfer of energy; one that is
/// <see langword="null"/> is none, and one that is negative is reached at once. Immutable.
/// </summary>
public sealed record TransactionLimits
{
    /// <summary>What messages can have, in whole seconds.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(int.MaxValue);

    /// <summary>The largest cost, in the currency of the tariff.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The largest energy since the beginning of the transaction, in Wh.</summary>
    public decimal? MaxEnergy { get; init; }

    /// <summary>
    /// The longest time since the beginning of the transaction (E16.FR.09). Messages have it in whole seconds.
    /// </summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>The largest state of charge of the EV, in percent.</summary>
    public int? MaxSoC { get; init; }

    internal bool IsEmpty => this is { MaxCost: null, MaxEnergy: null, MaxTime: null, MaxSoC: null };

    /// <summary>Only those that the station supports (E16.FR.13), and that messages can have.</summary>
    internal TransactionLimits Of(TransactionLimitKinds supported) =>
        new()
        {
            MaxCost = supported.HasFlag(TransactionLimitKinds.MaxCost) ? NotNegative(MaxCost) : null,
            MaxEnergy = supported.HasFlag(TransactionLimitKinds.MaxEnergy) ? NotNegative(MaxEnergy) : null,
            MaxTime = supported.HasFlag(TransactionLimitKinds.MaxTime) ? Lower(NotNegative(MaxTime), s_longest) : null,
            MaxSoC = supported.HasFlag(TransactionLimitKinds.MaxSoC) ? NotNegative(MaxSoC) : null,
        };

    /// <summary>
    /// These, and for those that are not among them the ones before: none can be removed (E16.FR.17).
    /// </summary>
    internal TransactionLimits Over(TransactionLimits? before) =>
        new()
        {
            MaxCost = MaxCost ?? before?.MaxCost,
            MaxEnergy = MaxEnergy ?? before?.MaxEnergy,
            MaxTime = MaxTime ?? before?.MaxTime,
            MaxSoC = MaxSoC ?? before?.MaxSoC,
        };

    /// <summary>These, but not more than others allow (E16.FR.04).</summary>
    internal TransactionLimits Within(TransactionLimits? others) =>
        new()
        {
            MaxCost = Lower(MaxCost, others?.MaxCost),
            MaxEnergy = Lower(MaxEnergy, others?.MaxEnergy),
            MaxTime = Lower(MaxTime, others?.MaxTime),
            MaxSoC = Lower(MaxSoC, others?.MaxSoC),
        };

    private static T? NotNegative<T>(T? value)
        where T : struct, IComparable<T> => value is { } one && one.CompareTo(default) < 0 ? default(T) : value;

    private static T? Lower<T>(T? own, T? other)
        where T : struct, IComparable<T> =>
        own is { } value && other is { } limit && value.CompareTo(limit) > 0 ? other : own;
}
