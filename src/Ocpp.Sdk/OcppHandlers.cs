using System.Net.WebSockets;
using Ocpp.Rpc;

namespace Ocpp;

/// <summary>
/// The handlers of the peer's requests: one set for all connections. Handlers are added until the first session is
/// made; from then on the set is immutable.
/// </summary>
public sealed class OcppHandlers : IOcppHandlers
{
    private readonly object _gate = new();
    private readonly Dictionary<string, OcppRequestHandler>[] _handlers;
    private readonly List<Func<OcppRequestDelegate, OcppRequestDelegate>> _filters = [];
    private Action<OcppSession, object>? _calling;
    private HandlerTable[]? _tables;

    /// <summary>Makes a set of handlers.</summary>
    /// <param name="protocol">The protocol whose requests are handled.</param>
    /// <param name="configure">Adds the handlers; <see cref="Add"/> and the extension methods add more.</param>
    public OcppHandlers(OcppProtocol protocol, Action<IOcppHandlers>? configure = null)
        : this([protocol ?? throw new ArgumentNullException(nameof(protocol))], configure) { }

    /// <summary>Makes a set of handlers for several protocols, of which each session speaks one.</summary>
    /// <param name="protocols">
    /// The protocols whose requests are handled. A station offers them in this order: the one that it prefers first.
    /// </param>
    /// <param name="configure">Adds the handlers; <see cref="Add"/> and the extension methods add more.</param>
    /// <exception cref="ArgumentException">There is no protocol, or two have the same subprotocol.</exception>
    public OcppHandlers(IReadOnlyList<OcppProtocol> protocols, Action<IOcppHandlers>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        if (protocols.Count == 0 || protocols.DistinctBy(Subprotocol).Count() != protocols.Count)
        {
            throw new ArgumentException(
                "At least one protocol is required, and each subprotocol only once.",
                nameof(protocols)
            );
        }

        Protocols = [.. protocols];
        _handlers = [.. protocols.Select(_ => new Dictionary<string, OcppRequestHandler>(StringComparer.Ordinal))];
        configure?.Invoke(this);

        static string Subprotocol(OcppProtocol protocol)
        {
            ArgumentNullException.ThrowIfNull(protocol);
            return protocol.Subprotocol;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<OcppProtocol> Protocols { get; }

    /// <inheritdoc/>
    public IOcppHandlers Add(OcppRequestHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_gate)
        {
            DemandOpen();

            // A type belongs to one protocol, as a rule, so that nobody has to say to which.
            Dictionary<string, OcppRequestHandler>[] matches =
            [
                .. _handlers.Where((_, index) => handler.IsFor(Protocols[index])),
            ];
            if (matches.Length == 0)
            {
                string protocols = string.Join(" or ", Protocols.Select(protocol => protocol.Subprotocol));
                throw new ArgumentException($"{handler.RequestType} is not a message of {protocols}.");
            }

            OcppRequestHandler[] existing =
            [
                .. matches.Select(handlers => handlers.GetValueOrDefault(handler.Action)).OfType<OcppRequestHandler>(),
            ];
            if (existing.Length == matches.Length && existing.Distinct().Count() == 1 && existing[0].TryJoin(handler))
            {
                return this;
            }

            if (existing.Length > 0)
            {
                throw new ArgumentException($"{handler.Action} already has a handler.");
            }

            Array.ForEach(matches, handlers => handlers.Add(handler.Action, handler));
            return this;
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

    /// <summary>
    /// Adds what is called with each request of this side before it is sent. Must not block or throw.
    /// </summary>
    internal void ObserveCalls(Action<OcppSession, object> calling)
    {
        lock (_gate)
        {
            DemandOpen();
            _calling += calling;
        }
    }

    /// <summary>Finds the handlers of the protocol that a WebSocket speaks.</summary>
    /// <exception cref="ArgumentException">
    /// There are several protocols, and the WebSocket has the subprotocol of none.
    /// </exception>
    internal HandlerTable TableFor(WebSocket socket)
    {
        HandlerTable[] tables = Freeze();
        return tables.Length == 1
            ? tables[0]
            : tables.FirstOrDefault(table => table.Protocol.Subprotocol == socket.SubProtocol)
                ?? throw new ArgumentException(
                    "The WebSocket has a subprotocol of which there are no handlers.",
                    nameof(socket)
                );
    }

    /// <summary>Ends the registration.</summary>
    /// <returns>The handlers of each protocol.</returns>
    internal HandlerTable[] Freeze()
    {
        lock (_gate)
        {
            if (_tables is null)
            {
                OcppRequestDelegate? pipeline = HandlerTable.PipelineOf(_filters);
                _tables =
                [
                    .. Protocols.Select(
                        (protocol, index) =>
                            new HandlerTable(protocol, _handlers[index], pipeline) { Calling = _calling }
                    ),
                ];
            }

            return _tables;
        }
    }

    /// <summary>Called under the lock.</summary>
    private void DemandOpen()
    {
        if (_tables is not null)
        {
            throw new InvalidOperationException(
                "A session already uses these handlers: add all handlers before the first session."
            );
        }
    }
}
