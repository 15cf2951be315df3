using System.Collections.Concurrent;

namespace Ocpp.AspNetCore.Tests.Running;

/// <summary>Stations in memory; remembers who was asked for.</summary>
internal sealed class StationList : IOcppStationStore
{
    private readonly Dictionary<string, OcppStation> _stations = new(OcppIdentity.Comparer);

    public ConcurrentQueue<string> Asked { get; } = [];

    public OcppStation this[string identity]
    {
        set => _stations[identity] = value;
    }

    public ValueTask<OcppStation?> FindAsync(string identity, CancellationToken cancellationToken)
    {
        Asked.Enqueue(identity);
        return ValueTask.FromResult(_stations.GetValueOrDefault(identity));
    }
}
