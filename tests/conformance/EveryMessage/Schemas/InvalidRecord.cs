namespace Ocpp.EveryMessage.Schemas;

/// <summary>A record that breaks exactly one rule.</summary>
internal sealed record InvalidRecord(string What, object Record, OcppViolation Expected);
