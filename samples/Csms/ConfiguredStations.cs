using Microsoft.Extensions.Configuration;
using Ocpp.AspNetCore;

namespace Csms;

/// <summary>The stations in the configuration, section <c>Stations</c>: identities with the hashes of their passwords.</summary>
public sealed class ConfiguredStations(IConfiguration configuration) : IOcppStationStore
{
    /// <inheritdoc/>
    public ValueTask<OcppStation?> FindAsync(string identity, CancellationToken cancellationToken)
    {
        // A key of the configuration ignores case, as an identity does, and no identity has its separator, the colon.
        string? hash = configuration[ConfigurationPath.Combine("Stations", identity)];
        return ValueTask.FromResult(hash is null ? null : new OcppStation { PasswordHash = hash });
    }
}
