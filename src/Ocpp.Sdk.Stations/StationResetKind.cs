namespace Ocpp.Stations;

/// <summary>When a reset takes place.</summary>
public enum StationResetKind
{
    /// <summary>At once: ongoing transactions are ended.</summary>
    Immediate,

    /// <summary>When there is no transaction any more.</summary>
    OnIdle,

    /// <summary>
    /// At once, but transactions are not ended: the queue has them, and they go on after the start (OCPP 2.1, B13).
    /// </summary>
    ImmediateAndResume,
}
