namespace Ocpp.Stations.DeviceModels;

/// <summary>
/// Selects variables for a report (part 2, B08). What it leaves out fits everything: an instance, an EVSE, a connector,
/// or the variable (B08.FR.20, B08.FR.21).
/// </summary>
/// <param name="Component">The component.</param>
public sealed record VariableFilter(ComponentId Component)
{
    /// <summary>The variable. Defaults to <see langword="null"/>: all of the component.</summary>
    public VariableId? Variable { get; init; }

    internal bool Fits(DeviceVariable variable) =>
        Fits(Component.Name, variable.Component.Name)
        && (Component.Instance is null || Fits(Component.Instance, variable.Component.Instance))
        && (Component.EvseId is null || Component.EvseId == variable.Component.EvseId)
        && (Component.ConnectorId is null || Component.ConnectorId == variable.Component.ConnectorId)
        && (
            Variable is null
            || (
                Fits(Variable.Name, variable.Id.Name)
                && (Variable.Instance is null || Fits(Variable.Instance, variable.Id.Instance))
            )
        );

    private static bool Fits(string wanted, string? found) =>
        string.Equals(wanted, found, StringComparison.OrdinalIgnoreCase);
}
