namespace Ocpp.Stations.DeviceModels;

/// <summary>Why a value was not set or not read.</summary>
/// <param name="ReasonCode">A code for programs, of <see cref="ReasonCodes"/>.</param>
/// <param name="Detail">The reason in words. It never holds a value.</param>
public sealed record VariableRejection(string ReasonCode, string Detail);
