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

    /// <summary>
    /// At once: ongoing transactions are ended, and the reset is a soft one, of the software alone if the station
    /// distinguishes that (OCPP 1.6).
    /// </summary>
    Soft,
}
