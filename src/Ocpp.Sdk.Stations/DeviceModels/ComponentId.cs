namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// Identifies a component of a station, such as <c>OCPPCommCtrlr</c> or the <c>Connector</c> 1 of EVSE 2. Name and
/// instance are compared ignoring case.
/// </summary>
/// <param name="Name">The name. <see cref="StandardComponents"/> has those of the specification.</param>
public sealed record ComponentId(string Name)
{
    /// <summary>
    /// Distinguishes components of the same name at the same place. Defaults to <see langword="null"/>; an empty text
    /// becomes <see langword="null"/>.
    /// </summary>
    public string? Instance
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>
    /// The EVSE that the component belongs to. Defaults to <see langword="null"/>: the whole station.
    /// </summary>
    public int? EvseId { get; init; }

    /// <summary>
    /// The connector that the component belongs to. Defaults to <see langword="null"/>: the whole EVSE.
    /// </summary>
    public int? ConnectorId { get; init; }

    /// <inheritdoc/>
    public bool Equals(ComponentId? other) =>
        other is not null
        && EvseId == other.EvseId
        && ConnectorId == other.ConnectorId
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Instance, other.Instance, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(Name),
            Instance is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Instance),
            EvseId,
            ConnectorId
        );
}
