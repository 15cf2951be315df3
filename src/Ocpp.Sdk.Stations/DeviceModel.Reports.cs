using Ocpp.Stations.DeviceModels;

namespace Ocpp.Stations;

// Selects the variables of reports.
public sealed partial class DeviceModel
{
    private int _isReporting;

    /// <summary>Returns the variables of a base report (part 2, B07).</summary>
    /// <param name="kind">Which report it is.</param>
    public IReadOnlyList<DeviceVariable> Inventory(InventoryKind kind) =>
        kind switch
        {
            InventoryKind.ConfigurationInventory =>
            [
                .. Variables.Where(variable =>
                    variable.Attributes.Any(one => variable.MutabilityOf(one) != VariableMutability.ReadOnly)
                ),
            ],
            InventoryKind.SummaryInventory => [.. Variables.Where(IsInSummary)],
            _ => Variables,
        };

    /// <summary>
    /// Returns the variables of a custom report (part 2, B08): of those components that meet one of the criteria, and
    /// of those variables that fit one of the filters.
    /// </summary>
    /// <param name="criteria">The criteria; if there are none, all components are meant.</param>
    /// <param name="filters">The filters; if there are none, all variables are meant.</param>
    public IReadOnlyList<DeviceVariable> Find(
        IReadOnlyCollection<ComponentCriterion> criteria,
        IReadOnlyCollection<VariableFilter> filters
    )
    {
        ArgumentNullException.ThrowIfNull(criteria);
        ArgumentNullException.ThrowIfNull(filters);
        return
        [
            .. Variables.Where(variable =>
                (criteria.Count == 0 || criteria.Any(one => Meets(variable.Component, one)))
                && (filters.Count == 0 || filters.Any(one => one.Fits(variable)))
            ),
        ];
    }

    /// <summary>
    /// Begins a report. Only one is sent at a time (B07.FR.13, B08.FR.16); <see cref="EndReport"/> ends it.
    /// </summary>
    /// <returns>Whether it may be sent.</returns>
    public bool TryBeginReport() => Interlocked.Exchange(ref _isReporting, 1) == 0;

    /// <summary>Ends the report that <see cref="TryBeginReport"/> has begun.</summary>
    /// <param name="failure">Why it was not sent to its end, which is logged.</param>
    public void EndReport(Exception? failure = null)
    {
        if (failure is not null)
        {
            StationLog.ReportFailed(_options.Logger, failure);
        }

        Volatile.Write(ref _isReporting, 0);
    }

    private static bool IsInSummary(DeviceVariable variable) =>
        variable.Options.IsInSummary
        || Is(variable, StandardVariables.AvailabilityState)
        || (
            (
                Is(variable, StandardVariables.Problem)
                || Is(variable, StandardVariables.Tripped)
                || Is(variable, StandardVariables.Overload)
                || Is(variable, StandardVariables.Fallback)
            ) && IsTrue(variable)
        );

    private static bool Is(DeviceVariable variable, string name) =>
        string.Equals(variable.Id.Name, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(DeviceVariable variable) =>
        string.Equals(variable.GetText(AttributeType.Actual), "true", StringComparison.Ordinal);

    /// <summary>B08.FR.07 to B08.FR.10.</summary>
    private bool Meets(ComponentId component, ComponentCriterion criterion)
    {
        string name = criterion switch
        {
            ComponentCriterion.Active => StandardVariables.Active,
            ComponentCriterion.Available => StandardVariables.Available,
            ComponentCriterion.Enabled => StandardVariables.Enabled,
            _ => StandardVariables.Problem,
        };
        return Find(component, new VariableId(name), out _) is { } variable
            ? IsTrue(variable)
            : criterion != ComponentCriterion.Problem;
    }
}
