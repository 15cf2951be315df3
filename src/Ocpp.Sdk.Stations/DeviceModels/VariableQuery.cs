namespace Ocpp.Stations.DeviceModels;

/// <summary>An attribute that the CSMS reads.</summary>
/// <param name="Component">The component.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Attribute">The attribute.</param>
public sealed record VariableQuery(
    ComponentId Component,
    VariableId Variable,
    AttributeType Attribute = AttributeType.Actual
);
