namespace Ocpp.Stations.DeviceModels;

/// <summary>Whether a report is sent (part 2, B07 and B08).</summary>
public enum ReportStatus
{
    /// <summary>It is sent after the response.</summary>
    Accepted,

    /// <summary>Another one is being sent (B07.FR.13, B08.FR.16).</summary>
    Rejected,

    /// <summary>There is no such variable, and no report (B08.FR.15).</summary>
    EmptyResultSet,
}
