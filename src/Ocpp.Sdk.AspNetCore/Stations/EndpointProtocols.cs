using System.Collections.Concurrent;

namespace Ocpp.AspNetCore.Stations;

/// <summary>The protocols of all endpoints, by their subprotocols.</summary>
internal sealed class EndpointProtocols
{
    private readonly ConcurrentDictionary<string, OcppProtocol> _protocols = new(StringComparer.Ordinal);

    public void Add(IEnumerable<OcppProtocol> protocols)
    {
        foreach (OcppProtocol protocol in protocols)
        {
            _protocols[protocol.Subprotocol] = protocol;
        }
    }

    public OcppProtocol? Find(string subprotocol) => _protocols.GetValueOrDefault(subprotocol);
}
