namespace Ocpp.AspNetCore;

/// <summary>Knows every identity.</summary>
internal sealed class AnyStation : IOcppStationStore
{
    private static readonly OcppStation s_station = new() { AllowAnonymous = true };

    public ValueTask<OcppStation?> FindAsync(string identity, CancellationToken cancellationToken) => ValueTask.FromResult<OcppStation?>(s_station);
}
