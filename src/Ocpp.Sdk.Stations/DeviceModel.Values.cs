using Ocpp.Stations.DeviceModels;

namespace Ocpp.Stations;

// Reads and sets values.
public sealed partial class DeviceModel
{
    /// <summary>Reads an attribute for the CSMS (part 2, B06).</summary>
    /// <param name="component">The component.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="attribute">The attribute.</param>
    public VariableReading Get(
        ComponentId component,
        VariableId variable,
        AttributeType attribute = AttributeType.Actual
    )
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(variable);
        if (Find(component, variable, out bool isComponentKnown) is not { } found)
        {
            return new VariableReading(
                isComponentKnown ? VariableReadStatus.UnknownVariable : VariableReadStatus.UnknownComponent
            );
        }

        return found.MutabilityOf(attribute) switch
        {
            null => new VariableReading(VariableReadStatus.NotSupportedAttributeType),
            VariableMutability.WriteOnly => new VariableReading(VariableReadStatus.Rejected)
            {
                Rejection = new VariableRejection(ReasonCodes.WriteOnly, "The attribute can only be set."),
            },
            _ => new VariableReading(VariableReadStatus.Accepted) { Value = found.GetText(attribute) ?? "" },
        };
    }

    /// <summary>
    /// Sets values for the CSMS (part 2, B05): each that can be set, in order. An attribute that is among them more
    /// than once is not set at all. When the method returns, what has to survive a restart is on the storage device.
    /// </summary>
    /// <param name="settings">The values.</param>
    /// <returns>The results, in the same order.</returns>
    public IReadOnlyList<VariableSetResult> Set(IReadOnlyList<VariableSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var results = new VariableSetResult[settings.Count];
        var taken = new List<TakenValue>();
        HashSet<StoredValueKey> repeated =
        [
            .. Keys(settings).GroupBy(key => key).Where(g => g.Count() > 1).Select(g => g.Key),
        ];
        lock (_setting)
        {
            for (int index = 0; index < settings.Count; index++)
            {
                results[index] = Take(settings[index], index, repeated, taken);
            }

            if (!TrySave(taken))
            {
                foreach (TakenValue one in Enumerable.Reverse(taken).Where(one => one.IsToBeSaved))
                {
                    one.Assignment.Undo!();
                    results[one.Index] = VariableSetResult.Rejected(
                        new VariableRejection(ReasonCodes.OutOfStorage, "The value can't be saved.")
                    );
                }

                taken.RemoveAll(one => one.IsToBeSaved);
            }
        }

        foreach (TakenValue one in taken)
        {
            Report(one, isFromCsms: true);
        }

        return results;
    }

    /// <summary>Sets a value for the application.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="put">Puts the value there.</param>
    /// <exception cref="IOException">The value could not be saved. The value before it stays.</exception>
    internal void Change(DeviceVariable variable, AttributeType attribute, Func<VariableAssignment> put)
    {
        TakenValue taken;
        lock (_setting)
        {
            taken = Taken(variable, attribute, put(), index: 0);
            if (taken.IsToBeSaved)
            {
                try
                {
                    Save([taken]);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    taken.Assignment.Undo!();
                    throw exception as IOException ?? new IOException(exception.Message, exception);
                }
            }
        }

        Report(taken, isFromCsms: false);
    }

    private static IEnumerable<StoredValueKey> Keys(IEnumerable<VariableSetting> settings) =>
        settings.Select(one => new StoredValueKey(one.Component, one.Variable, one.Attribute));

    private DeviceVariable? Find(ComponentId component, VariableId variable, out bool isComponentKnown)
    {
        lock (_gate)
        {
            isComponentKnown = _components.TryGetValue(
                component,
                out Dictionary<VariableId, DeviceVariable>? variables
            );
            return variables?.GetValueOrDefault(variable);
        }
    }

    private VariableSetResult Take(
        VariableSetting setting,
        int index,
        HashSet<StoredValueKey> repeated,
        List<TakenValue> taken
    )
    {
        if (Find(setting.Component, setting.Variable, out bool isComponentKnown) is not { } variable)
        {
            return new VariableSetResult(
                isComponentKnown ? VariableSetStatus.UnknownVariable : VariableSetStatus.UnknownComponent
            );
        }

        switch (variable.MutabilityOf(setting.Attribute))
        {
            case null:
                return new VariableSetResult(VariableSetStatus.NotSupportedAttributeType);
            case VariableMutability.ReadOnly:
                return VariableSetResult.Rejected(
                    new VariableRejection(ReasonCodes.ReadOnly, "The attribute can't be set.")
                );
            default:
                break;
        }

        if (repeated.Contains(KeyOf(variable, setting.Attribute)))
        {
            return VariableSetResult.Rejected(
                new VariableRejection(ReasonCodes.UnsupportedRequest, "The request has the attribute more than once.")
            );
        }

        VariableAssignment assignment = variable.Assign(setting.Attribute, setting.Value, isStart: false);
        if (assignment.Rejection is { } rejection)
        {
            return VariableSetResult.Rejected(rejection);
        }

        taken.Add(Taken(variable, setting.Attribute, assignment, index));
        return new VariableSetResult(
            assignment.IsInUse ? VariableSetStatus.Accepted : VariableSetStatus.RebootRequired
        );
    }

    /// <summary>A value that is in the file already is not saved again. Called while values are set.</summary>
    private TakenValue Taken(DeviceVariable variable, AttributeType attribute, VariableAssignment assignment, int index)
    {
        bool isToBeSaved =
            _file is not null
            && variable.IsPersistent
            && !(
                _stored.TryGetValue(KeyOf(variable, attribute), out string? saved)
                && string.Equals(saved, assignment.Text, StringComparison.Ordinal)
            );
        return new TakenValue(variable, attribute, assignment, index, isToBeSaved);
    }

    private bool TrySave(List<TakenValue> taken)
    {
        try
        {
            Save(taken.Where(one => one.IsToBeSaved));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            StationLog.VariablesNotSaved(_options.Logger, exception);
            return false;
        }
    }

    private void Save(IEnumerable<TakenValue> taken)
    {
        var values = new Dictionary<StoredValueKey, string>(_stored);
        bool isChanged = false;
        foreach (TakenValue one in taken)
        {
            values[KeyOf(one.Variable, one.Attribute)] = one.Assignment.Text;
            isChanged = true;
        }

        if (isChanged)
        {
            _file!.Write(values);
            _stored = values;
        }
    }

    private void Report(TakenValue taken, bool isFromCsms)
    {
        if (!taken.Assignment.IsChanged)
        {
            return;
        }

        if (taken.Attribute == AttributeType.Actual && taken.Assignment.IsInUse)
        {
            taken.Variable.RaiseChanged();
        }

        StationCallback.Invoke(
            _options.Logger,
            _options.Changed,
            new VariableChange(taken.Variable, taken.Attribute, isFromCsms)
        );
    }

    /// <summary>A value that was taken, and is not reported yet.</summary>
    private readonly record struct TakenValue(
        DeviceVariable Variable,
        AttributeType Attribute,
        VariableAssignment Assignment,
        int Index,
        bool IsToBeSaved
    );
}
