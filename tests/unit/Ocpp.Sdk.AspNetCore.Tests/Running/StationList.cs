using System.Collections.Concurrent;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>Stations in memory; remembers who asked to be let in, and how.</summary>
internal sealed class StationList : IOcppStationStore, System.Collections.IEnumerable
{
    private readonly ConcurrentDictionary<string, OcppStationAccount> _stations = new(OcppIdentity.Comparer);

    public ConcurrentQueue<OcppStationLogin> Logins { get; } = [];

    public ConcurrentQueue<(string Identity, OcppSecurityProfile Profile)> Raised { get; } = [];

    public void Add(OcppStationAccount station) => _stations[station.Identity] = station;

    public System.Collections.IEnumerator GetEnumerator() => _stations.Values.GetEnumerator();

    public ValueTask<OcppStationAccount?> FindAsync(OcppStationLogin login, CancellationToken cancellationToken)
    {
        Logins.Enqueue(login);
        return ValueTask.FromResult(_stations.GetValueOrDefault(login.Identity));
    }

    /// <summary>The hashes of a station's passwords that count.</summary>
    public IReadOnlyList<string> HashesOf(string identity) => _stations[identity].PasswordHashes;

    public ValueTask<bool> TryReplacePasswordsAsync(
        string identity,
        IReadOnlyList<string> expected,
        IReadOnlyList<string> hashes,
        CancellationToken cancellationToken
    )
    {
        OcppStationAccount station = _stations[identity];
        return ValueTask.FromResult(
            station.PasswordHashes.SequenceEqual(expected)
                && _stations.TryUpdate(
                    identity,
                    new OcppStationAccount
                    {
                        Identity = station.Identity,
                        PasswordHash = hashes[0],
                        NewPasswordHashes = [.. hashes.Skip(1)],
                        Profile = station.Profile,
                    },
                    station
                )
        );
    }

    public ValueTask RaiseProfileAsync(
        string identity,
        OcppSecurityProfile profile,
        CancellationToken cancellationToken
    )
    {
        Raised.Enqueue((identity, profile));
        OcppStationAccount station = _stations[identity];
        Add(
            new OcppStationAccount
            {
                Identity = station.Identity,
                PasswordHash = station.PasswordHash,
                SerialNumber = station.SerialNumber,
                RaisesProfile = station.RaisesProfile,
                Profile = station.Profile > profile ? station.Profile : profile,
            }
        );
        return ValueTask.CompletedTask;
    }
}
