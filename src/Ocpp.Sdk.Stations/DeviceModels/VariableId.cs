namespace Ocpp.Stations.DeviceModels;

/// <summary>Identifies a variable of a component. Name and instance are compared ignoring case.</summary>
/// <param name="Name">The name. <see cref="StandardVariables"/> has those of the specification.</param>
public sealed record VariableId(string Name)
{
    /// <summary>
    /// Distinguishes variables of the same name. Defaults to <see langword="null"/>; an empty text becomes
    /// <see langword="null"/>.
    /// </summary>
    public string? Instance
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <inheritdoc/>
    public bool Equals(VariableId? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Instance, other.Instance, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(Name),
            Instance is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Instance)
        );
}
