namespace Ocpp.Soak;

/// <summary>What the stations saw: every call ends in one of these.</summary>
/// <param name="Made">Calls that were made.</param>
/// <param name="Answered">Calls that got their response.</param>
/// <param name="Failed">Calls that failed, by the reason.</param>
/// <param name="Cuts">Connections that the stations cut.</param>
/// <param name="Connections">Connections that were opened.</param>
/// <param name="MedianMs">The median latency of the answered calls, in milliseconds.</param>
/// <param name="SlowestPercentMs">The 99th percentile of it.</param>
/// <param name="Unobserved">Exceptions that no one looked at.</param>
internal sealed record StationCounts(
    int Made,
    int Answered,
    Dictionary<string, int> Failed,
    int Cuts,
    int Connections,
    double MedianMs,
    double SlowestPercentMs,
    int Unobserved
);
