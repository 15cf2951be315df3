using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Signing;

/// <summary>
/// One kind of work with its limits: putting requests to one authority, or delivering. Not thread-safe.
/// </summary>
/// <param name="states">The states in which this work is next.</param>
/// <param name="uses">What the certificates are for; <see langword="null"/> for anything.</param>
/// <param name="capacity">How many requests are worked on at once.</param>
/// <param name="capacityOfStation">How many of these may be of one station.</param>
internal sealed class WorkQuota(
    IReadOnlyList<SigningRequestState> states,
    IReadOnlyList<CertificateUses>? uses,
    int capacity,
    int capacityOfStation
)
{
    private readonly Dictionary<string, int> _stations = new(OcppIdentity.Comparer);
    private int _count;

    /// <summary>How many more requests can be taken.</summary>
    public int Room => Math.Max(capacity - _count, 0);

    /// <summary>
    /// What can be claimed now. Where a station may not have all the room, one at a time: each changes for which
    /// stations there is room.
    /// </summary>
    public SigningRequestClaim Claim(SigningRequestLease lease) =>
        new()
        {
            Lease = lease,
            States = states,
            Uses = uses,
            MaxCount = capacityOfStation < capacity ? 1 : Room,
            ExceptStations =
            [
                .. _stations.Where(station => station.Value >= capacityOfStation).Select(station => station.Key),
            ],
        };

    public void Enter(string station)
    {
        _stations[station] = _stations.GetValueOrDefault(station) + 1;
        _count++;
    }

    public void Leave(string station)
    {
        _count--;
        if (--_stations[station] == 0)
        {
            _stations.Remove(station);
        }
    }
}
