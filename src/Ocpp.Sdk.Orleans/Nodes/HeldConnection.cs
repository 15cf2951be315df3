using System.Collections.Concurrent;
using Ocpp.Orleans.Messages;

namespace Ocpp.Orleans.Nodes;

/// <summary>A connection of this node.</summary>
internal sealed class HeldConnection(OcppSession session, NodeConnection connection)
{
    public OcppSession Session { get; } = session;

    /// <summary>As it is registered; replaced once it has its version.</summary>
    public NodeConnection Connection { get; set; } = connection;

    /// <summary>The order of the calls of each node: of its last route, if it has found several.</summary>
    private readonly ConcurrentDictionary<SiloAddress, CallOrder> _orders = new();

    public CallOrder OrderOf(SiloAddress caller, Guid route, TimeProvider timeProvider) =>
        _orders.AddOrUpdate(
            caller,
            _ => new CallOrder(route, timeProvider),
            (_, last) => last.Route == route ? last : new CallOrder(route, timeProvider)
        );
}
