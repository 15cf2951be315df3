namespace Ocpp.AspNetCore.Stations;

/// <summary>A connection in <see cref="OcppConnectionRegistry"/>.</summary>
internal sealed class ConnectedStation(OcppSession session)
{
    public OcppSession Session { get; } = session;

    /// <summary>Whether the listeners know of it.</summary>
    public bool IsReported { get; set; }
}
