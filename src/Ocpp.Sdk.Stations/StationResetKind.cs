namespace Ocpp.Stations;

/// <summary>When a reset takes place.</summary>
public enum StationResetKind
{
    /// <summary>At once: ongoing transactions are ended.</summary>
    Immediate,

    /// <summary>When there is no transaction any more.</summary>
    OnIdle,
}
