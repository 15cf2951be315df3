namespace Ocpp.Versions;

/// <summary>What a station responds to a new password (part 2, A01).</summary>
public enum OcppPasswordStatus
{
    /// <summary>The station uses the password from its next connection on.</summary>
    Accepted,

    /// <summary>The station uses the password after it has rebooted.</summary>
    RebootRequired,

    /// <summary>The station has not changed its password (A01.FR.04), or has none that can be set.</summary>
    Rejected,
}
