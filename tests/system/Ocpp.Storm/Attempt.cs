namespace Ocpp.Storm;

/// <summary>A try of a station to connect.</summary>
/// <param name="Time">When, in milliseconds after the first connection was lost.</param>
/// <param name="Station">The station, counted from 0.</param>
/// <param name="IsElsewhere">Whether it is at the second network profile.</param>
/// <param name="IsAccepted">Whether the station is connected by it.</param>
internal readonly record struct Attempt(long Time, int Station, bool IsElsewhere, bool IsAccepted);
