namespace Ocpp;

/// <summary>Who ended a connection, and how.</summary>
public enum OcppCloseKind
{
    /// <summary>This side closed it.</summary>
    ClosedByUs,

    /// <summary>The peer closed it.</summary>
    ClosedByPeer,

    /// <summary>This side closed it because the peer broke a rule or a limit.</summary>
    Violation,

    /// <summary>This side dropped it without a close frame.</summary>
    Aborted,

    /// <summary>It was cut, or the peer no longer answered.</summary>
    Lost,
}
