namespace Ocpp.AspNetCore.Stations;

/// <summary>Knows every identity.</summary>
internal sealed class AnyStation : IOcppStationStore
{
    public ValueTask<OcppStation?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
        ValueTask.FromResult<OcppStation?>(new OcppStation { Identity = login.Identity, AllowAnonymous = true });
}
