using Microsoft.Extensions.Configuration;
using Ocpp;
using Ocpp.AspNetCore;

namespace Csms;

/// <summary>
/// The stations in the configuration, section <c>Stations</c>: identities with the hash of the password and the
/// security profile that each has to use.
/// </summary>
public sealed class ConfiguredStations(IConfiguration configuration) : IOcppStationStore
{
    /// <inheritdoc/>
    public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken)
    {
        // A key of the configuration ignores case, as an identity does: the one in the configuration is the canonical
        // one.
        IConfigurationSection? station = configuration
            .GetSection("Stations")
            .GetChildren()
            .FirstOrDefault(section => OcppIdentity.Comparer.Equals(section.Key, login.Identity));
        return ValueTask.FromResult(
            station is null
                ? null
                : new OcppStationAccount
                {
                    Identity = station.Key,
                    PasswordHash = station["PasswordHash"],
                    // Without one, any profile that the endpoint takes will do.
                    Profile = station.GetValue<OcppSecurityProfile?>("Profile"),
                }
        );
    }
}
