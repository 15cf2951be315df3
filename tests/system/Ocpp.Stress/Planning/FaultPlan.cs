namespace Ocpp.Stress.Planning;

/// <summary>What becomes of one frame.</summary>
/// <param name="Kind">The fault.</param>
/// <param name="Milliseconds">How long it is delayed, where it is.</param>
/// <param name="Choice">Which garbage, or how many frames earlier the repeated one was.</param>
internal sealed record FaultPlan(FaultKind Kind, int Milliseconds, int Choice);
