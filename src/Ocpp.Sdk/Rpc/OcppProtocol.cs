using System.Text;

namespace Ocpp;

/// <summary>A version of OCPP, or a vendor's protocol on OCPP-J: its WebSocket subprotocol and its actions. Generated.</summary>
public abstract class OcppProtocol
{
    private readonly Dictionary<string, OcppAction> _actions;

    /// <summary>Makes the registry.</summary>
    /// <param name="subprotocol">The name of the WebSocket subprotocol.</param>
    /// <param name="actions">All actions, each name once.</param>
    protected OcppProtocol(string subprotocol, params OcppAction[] actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        Subprotocol = subprotocol;
        Actions = actions;
        _actions = actions.ToDictionary(action => action.Name, StringComparer.Ordinal);
    }

    /// <summary>The WebSocket subprotocol, such as <c>ocpp2.0.1</c>.</summary>
    public string Subprotocol { get; }

    /// <summary>All actions, in ordinal order of their names.</summary>
    public IReadOnlyList<OcppAction> Actions { get; }

    /// <summary>Finds an action by its name, case-sensitive.</summary>
    /// <returns><see langword="null"/> when the protocol has none of that name.</returns>
    public OcppAction? FindAction(string name) => _actions.GetValueOrDefault(name);

    /// <inheritdoc cref="FindAction(string)"/>
    public OcppAction? FindAction(ReadOnlySpan<byte> utf8Name)
    {
        // No action's name is longer than this; a longer one is not found.
        Span<char> name = stackalloc char[64];
        return utf8Name.Length <= name.Length && Encoding.UTF8.TryGetChars(utf8Name, name, out int length)
            ? Find(name[..length])
            : null;
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
