namespace Csms;

/// <summary>What the operator says of a token, in any version of OCPP.</summary>
internal enum TokenStatus
{
    /// <summary>It may charge.</summary>
    Accepted,

    /// <summary>It may not charge.</summary>
    Blocked,

    /// <summary>It might have charged once.</summary>
    Expired,

    /// <summary>The operator does not know it.</summary>
    Unknown,
}
