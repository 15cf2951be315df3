namespace Ocpp.Stations.DeviceModels;

/// <summary>Which value it is in the file of a device model.</summary>
internal sealed record StoredValueKey(ComponentId Component, VariableId Variable, AttributeType Attribute);
