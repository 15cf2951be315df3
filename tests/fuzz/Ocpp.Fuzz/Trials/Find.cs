namespace Ocpp.Fuzz.Trials;

/// <summary>Something that must not be.</summary>
/// <param name="Kind">Which comparison found it: an input is made smaller for as long as this stays the same.</param>
/// <param name="What">What was found.</param>
internal sealed record Find(string Kind, string What);
