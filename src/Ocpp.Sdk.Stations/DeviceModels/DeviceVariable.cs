namespace Ocpp.Stations.DeviceModels;

/// <summary>A variable of a station, whatever the type of its values.</summary>
public abstract class DeviceVariable
{
    /// <summary>The longest value that a message has.</summary>
    internal const int MaxValueLength = 2500;

    private const int MaxNameLength = 50;

    private protected DeviceVariable(
        DeviceModel model,
        ComponentId component,
        VariableId id,
        VariableDataType dataType,
        IReadOnlyList<string> choices,
        VariableOptions options
    )
    {
        CheckName(id.Name);
        CheckName(id.Instance ?? id.Name);
        Model = model;
        Component = component;
        Id = id;
        DataType = dataType;
        Choices = choices;
        Options = options;
        Attributes = [.. Enum.GetValues<AttributeType>().Where(one => options.MutabilityOf(one) is not null)];
    }

    /// <summary>The component that the variable belongs to.</summary>
    public ComponentId Component { get; }

    /// <summary>The name of the variable, and its instance.</summary>
    public VariableId Id { get; }

    /// <summary>The type of its values.</summary>
    public VariableDataType DataType { get; }

    /// <summary>The values of which one or some may be chosen; empty if the type has no such list.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>What the variable is like.</summary>
    public VariableOptions Options { get; }

    /// <summary>The attributes that the variable has.</summary>
    public IReadOnlyList<AttributeType> Attributes { get; }

    /// <summary>Whether what is set survives a restart, if the model has a file.</summary>
    public bool IsPersistent =>
        Options.IsPersistent ?? Attributes.Any(one => Options.MutabilityOf(one) != VariableMutability.ReadOnly);

    private protected DeviceModel Model { get; }

    /// <summary>What the CSMS may do with an attribute; <see langword="null"/> if the variable has none such.</summary>
    /// <param name="attribute">The attribute.</param>
    public VariableMutability? MutabilityOf(AttributeType attribute) => Options.MutabilityOf(attribute);

    /// <summary>
    /// The value of an attribute as messages have it, also if the CSMS can't read it; <see langword="null"/> if it has
    /// none yet. At most 2500 characters.
    /// </summary>
    /// <param name="attribute">The attribute.</param>
    public abstract string? GetText(AttributeType attribute);

    /// <summary>Component, variable and their instances, as in <c>OCPPCommCtrlr.MessageAttempts</c>.</summary>
    public override string ToString() => $"{Component.Name}.{Id.Name}";

    /// <summary>
    /// Takes a value of the CSMS, or of the file, if it fits. Called by one thread at a time.
    /// </summary>
    /// <param name="attribute">An attribute that the variable has.</param>
    /// <param name="text">The value.</param>
    /// <param name="isStart">Whether the value is in use at once, whatever requires a restart.</param>
    /// <returns>What is left to do.</returns>
    internal abstract VariableAssignment Assign(AttributeType attribute, string text, bool isStart);

    /// <summary>Reports the value in use to those who have asked for it.</summary>
    internal abstract void RaiseChanged();

    internal static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Length > MaxNameLength)
        {
            throw new ArgumentException("A name must have at most 50 characters.", nameof(name));
        }
    }
}
