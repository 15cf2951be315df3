using Microsoft.Extensions.Caching.Memory;
using Ocpp.Orleans.Stations;

namespace Ocpp.Orleans.Nodes;

/// <summary>The ways to the stations that this node has called of late.</summary>
internal sealed class StationRoutes(IGrainFactory grains, NodeClient nodes) : IDisposable
{
    private const int MaxRoutes = 65_536;

    private static readonly MemoryCacheEntryOptions s_entry = new()
    {
        Size = 1,
        SlidingExpiration = TimeSpan.FromMinutes(10),
    };

    private readonly object _gate = new();
    private readonly MemoryCache _routes = new(new MemoryCacheOptions { SizeLimit = MaxRoutes });

    public StationRoute this[string identity]
    {
        get
        {
            string key = identity.ToUpperInvariant();
            lock (_gate)
            {
                // Made once: calls are in order because all of them go through the same one.
                return _routes.TryGetValue(key, out StationRoute? route) && route is not null
                    ? route
                    : _routes.Set(
                        key,
                        new StationRoute(identity, () => grains.GetStation(identity).FindAsync(), nodes),
                        s_entry
                    );
            }
        }
    }

    public void Dispose() => _routes.Dispose();
}
