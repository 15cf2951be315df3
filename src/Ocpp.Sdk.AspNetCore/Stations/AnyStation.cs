namespace Ocpp.AspNetCore.Stations;

/// <summary>Knows every identity.</summary>
internal sealed class AnyStation : IOcppStationStore
{
    public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken) =>
        ValueTask.FromResult<OcppStationAccount?>(
            new OcppStationAccount { Identity = login.Identity, AllowAnonymous = true }
        );
}
