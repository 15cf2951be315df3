namespace Ocpp.Stations.DeviceModels;

/// <summary>A value has changed.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Attribute">The attribute whose value has changed.</param>
/// <param name="IsFromCsms">Whether the CSMS has set it; otherwise the application has.</param>
public readonly record struct VariableChange(DeviceVariable Variable, AttributeType Attribute, bool IsFromCsms);
