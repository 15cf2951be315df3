using System.Text;
using Ocpp.Rpc;

namespace Ocpp;

/// <summary>A version of OCPP, or a vendor's protocol on OCPP-J: its WebSocket subprotocol and its actions. Generated.</summary>
public abstract class OcppProtocol
{
    private const int MaxNameOnStack = 64;

    private readonly Dictionary<string, OcppAction> _actions;

    /// <summary>In bytes of UTF-8.</summary>
    private readonly int _longestName;

    /// <summary>Makes the registry.</summary>
    /// <param name="subprotocol">The name of the WebSocket subprotocol.</param>
    /// <param name="actions">All actions, each name once.</param>
    protected OcppProtocol(string subprotocol, params OcppAction[] actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        Subprotocol = subprotocol;
        Actions = actions;
        _actions = actions.ToDictionary(action => action.Name, StringComparer.Ordinal);
        HasOneWayActions = actions.Any(action => action.IsOneWay);
        _longestName = actions.Select(action => Encoding.UTF8.GetByteCount(action.Name)).DefaultIfEmpty().Max();
    }

    /// <summary>The WebSocket subprotocol, such as <c>ocpp2.0.1</c>.</summary>
    public string Subprotocol { get; }

    /// <summary>All actions, in ordinal order of their names.</summary>
    public IReadOnlyList<OcppAction> Actions { get; }

    /// <summary>Whether any action goes one way: only then a SEND can be received.</summary>
    public bool HasOneWayActions { get; }

    /// <summary>
    /// The names on the wire of the properties that hold secrets, such as tokens, certificates and passwords, in ordinal
    /// order: what <see cref="OcppWireLog"/> leaves out. Empty where the schemas mark none.
    /// </summary>
    public virtual IReadOnlyCollection<string> SensitiveProperties => [];

    /// <summary>Finds an action by its name, case-sensitive.</summary>
    /// <returns><see langword="null"/> when the protocol has none of that name.</returns>
    public OcppAction? FindAction(string name) => _actions.GetValueOrDefault(name);

    /// <inheritdoc cref="FindAction(string)"/>
    public OcppAction? FindAction(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.Length > _longestName)
        {
            return null;
        }

        // UTF-16 has never more characters than UTF-8 has bytes.
        Span<char> name = _longestName <= MaxNameOnStack ? stackalloc char[MaxNameOnStack] : new char[_longestName];
        return Find(name[..Encoding.UTF8.GetChars(utf8Name, name)]);
    }

    private OcppAction? Find(ReadOnlySpan<char> name)
    {
#if NET10_0_OR_GREATER
        return _actions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out OcppAction? action) ? action : null;
#else
        return _actions.GetValueOrDefault(name.ToString());
#endif
    }
}
