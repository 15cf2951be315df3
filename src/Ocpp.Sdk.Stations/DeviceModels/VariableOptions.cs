namespace Ocpp.Stations.DeviceModels;

/// <summary>What a variable is like, beside its name and its type. Immutable.</summary>
public sealed record VariableOptions
{
    private const int MaxUnitLength = 16;

    /// <summary>A variable that the CSMS may set.</summary>
    public static VariableOptions Default { get; } = new();

    /// <summary>A variable that the CSMS may only read.</summary>
    public static VariableOptions ReadOnly { get; } = new() { Mutability = VariableMutability.ReadOnly };

    /// <summary>
    /// Distinguishes variables of the same name in one component. Defaults to <see langword="null"/>.
    /// </summary>
    public string? Instance { get; init; }

    /// <summary>
    /// What the CSMS may do with the actual value. Defaults to <see cref="VariableMutability.ReadWrite"/>.
    /// </summary>
    public VariableMutability Mutability { get; init; }

    /// <summary>
    /// What the CSMS may do with the target value. Defaults to <see langword="null"/>: the variable has none.
    /// </summary>
    public VariableMutability? Target { get; init; }

    /// <summary>
    /// What the CSMS may do with the lowest value that it allows. Defaults to <see langword="null"/>: the variable has
    /// none. Actual and target value can't be set to less.
    /// </summary>
    public VariableMutability? MinSet { get; init; }

    /// <summary>
    /// What the CSMS may do with the highest value that it allows. Defaults to <see langword="null"/>: the variable has
    /// none. Actual and target value can't be set to more.
    /// </summary>
    public VariableMutability? MaxSet { get; init; }

    /// <summary>
    /// The unit, such as <c>s</c> or <c>W</c>, of at most 16 characters. Defaults to <see langword="null"/>: none.
    /// </summary>
    /// <exception cref="ArgumentException">The value is longer.</exception>
    public string? Unit
    {
        get;
        init =>
            field = value is null or { Length: <= MaxUnitLength }
                ? value
                : throw new ArgumentException("A unit must have at most 16 characters.", nameof(value));
    }

    /// <summary>
    /// The lowest number, or the shortest text, that the CSMS may set. Defaults to <see langword="null"/>: none.
    /// </summary>
    public decimal? MinLimit { get; init; }

    /// <summary>
    /// The highest number, or the longest text, that the CSMS may set. Defaults to <see langword="null"/>: none.
    /// </summary>
    public decimal? MaxLimit { get; init; }

    /// <summary>
    /// Specifies whether the station supports monitors of the variable (part 2, N04). Defaults to
    /// <see langword="false"/>.
    /// </summary>
    public bool SupportsMonitoring { get; init; }

    /// <summary>
    /// Specifies whether what is set survives a restart, in the file of the model. Defaults to <see langword="null"/>:
    /// it does if the CSMS may set it.
    /// </summary>
    public bool? IsPersistent { get; init; }

    /// <summary>
    /// Specifies whether the value never changes while the station is running. Defaults to <see langword="false"/>.
    /// </summary>
    public bool IsConstant { get; init; }

    /// <summary>
    /// Specifies whether what the CSMS sets takes effect with the next start of the station, and is responded to with
    /// RebootRequired (B05.FR.09). <see cref="Variable{T}.Value"/> stays until then; the CSMS reads what it has set.
    /// Defaults to <see langword="false"/>.
    /// </summary>
    public bool RequiresReboot { get; init; }

    /// <summary>
    /// Specifies whether the variable is part of the SummaryInventory (B07.FR.09). Defaults to <see langword="false"/>:
    /// only <c>AvailabilityState</c> is, and <c>Problem</c>, <c>Tripped</c>, <c>Overload</c> and <c>Fallback</c> while
    /// they are <see langword="true"/>.
    /// </summary>
    public bool IsInSummary { get; init; }

    internal VariableMutability? MutabilityOf(AttributeType attribute) =>
        attribute switch
        {
            AttributeType.Actual => Mutability,
            AttributeType.Target => Target,
            AttributeType.MinSet => MinSet,
            AttributeType.MaxSet => MaxSet,
            _ => null,
        };
}
