using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// The handlers of the peer's requests: one set for all connections. Handlers are added until the first session is
/// made; from then on the set is immutable.
/// </summary>
public sealed class OcppHandlers : IOcppHandlers
{
    private readonly object _gate = new();
    private readonly Dictionary<string, OcppRequestHandler> _handlers = new(StringComparer.Ordinal);
    private readonly List<Func<OcppRequestDelegate, OcppRequestDelegate>> _filters = [];
    private HandlerTable? _table;

    /// <summary>Makes a set of handlers.</summary>
    /// <param name="protocol">The protocol whose requests are handled.</param>
    /// <param name="configure">Adds the handlers; <see cref="Add"/> and the extension methods add more.</param>
    public OcppHandlers(OcppProtocol protocol, Action<IOcppHandlers>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        Protocol = protocol;
        Protocols = [protocol];
        configure?.Invoke(this);
    }

    /// <summary>The protocol whose requests are handled.</summary>
    public OcppProtocol Protocol { get; }

    /// <inheritdoc/>
    public IReadOnlyList<OcppProtocol> Protocols { get; }

    /// <inheritdoc/>
    public IOcppHandlers Add(OcppRequestHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            DemandOpen();
            if (!handler.IsFor(Protocol))
            {
                throw new ArgumentException($"{handler.RequestType} is not a request of {Protocol.Subprotocol}.");
            }

            return _handlers.TryAdd(handler.Action, handler)
                ? this
                : throw new ArgumentException($"{handler.Action} already has a handler.");
        }
    }

    /// <inheritdoc/>
    public IOcppHandlers Use(Func<OcppRequestDelegate, OcppRequestDelegate> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_gate)
        {
            DemandOpen();
            _filters.Add(filter);
            return this;
        }
    }

    /// <summary>Ends the registration.</summary>
    internal HandlerTable Freeze()
    {
        lock (_gate)
        {
            return _table ??= new HandlerTable(Protocol, _handlers, _filters);
        }
    }

    /// <summary>Called under the lock.</summary>
    private void DemandOpen()
    {
        if (_table is not null)
        {
            throw new InvalidOperationException(
                "A session already uses these handlers: add all handlers before the first session."
            );
        }
    }
}
