namespace Ocpp.Stations.DeviceModels;

/// <summary>A value that the CSMS sets.</summary>
/// <param name="Component">The component.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Value">The value as text.</param>
public sealed record VariableSetting(ComponentId Component, VariableId Variable, string Value)
{
    /// <summary>The attribute. Defaults to <see cref="AttributeType.Actual"/>.</summary>
    public AttributeType Attribute { get; init; }
}
