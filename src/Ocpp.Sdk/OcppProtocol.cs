using Ocpp.Rpc;
using Ocpp.Versions;

namespace Ocpp;

/// <summary>
/// A version of OCPP, or a vendor's protocol on OCPP-J: its WebSocket subprotocol and its actions. Generated.
/// </summary>
public abstract class OcppProtocol
{
    private readonly NameTable<OcppAction> _actions;

    /// <summary>Makes the registry.</summary>
    /// <param name="subprotocol">The name of the WebSocket subprotocol.</param>
    /// <param name="actions">All actions, each name once.</param>
    protected OcppProtocol(string subprotocol, params OcppAction[] actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        Subprotocol = subprotocol;
        Actions = actions;
        _actions = new NameTable<OcppAction>(actions.Select(action => KeyValuePair.Create(action.Name, action)));
        Rules =
            KnownProtocolRules.Find(subprotocol)
            ?? (
                actions.Any(action => action.IsOneWay)
                    ? OcppProtocolRules.Default with
                    {
                        MessageTypes = [.. OcppProtocolRules.Default.MessageTypes, OcppMessageType.Send],
                    }
                    : OcppProtocolRules.Default
            );
    }

    /// <summary>The WebSocket subprotocol, such as <c>ocpp2.0.1</c>.</summary>
    public string Subprotocol { get; }

    /// <summary>All actions, in ordinal order of their names.</summary>
    public IReadOnlyList<OcppAction> Actions { get; }

    /// <summary>
    /// How the protocol differs around the payloads. Defaults to the rules of the published version with this
    /// subprotocol. A vendor's protocol has <see cref="OcppProtocolRules.Default"/>, with SEND if any of its actions
    /// goes one way; to choose others, override the property in a part of the generated class.
    /// </summary>
    public virtual OcppProtocolRules Rules { get; }

    /// <summary>
    /// The names on the wire of the properties that hold secrets, such as tokens, certificates and passwords, in
    /// ordinal order: what <see cref="OcppWireLog"/> leaves out. Empty where the schemas mark none.
    /// </summary>
    public virtual IReadOnlyCollection<string> SensitiveProperties => [];

    /// <summary>
    /// The messages by which stations register. <see langword="null"/> if the protocol has none; to choose those of a
    /// vendor's protocol, override the property in a part of the generated class.
    /// </summary>
    public virtual OcppRegistrationMessages? Registration => null;

    /// <summary>
    /// The messages that set the password of a station. <see langword="null"/> if the protocol has none; to choose
    /// those of a vendor's protocol, override the property in a part of the generated class.
    /// </summary>
    public virtual OcppPasswordMessages? Password => null;

    /// <summary>
    /// The messages that carry vendors' own messages. <see langword="null"/> if the protocol has none; to choose those
    /// of a vendor's protocol, override the property in a part of the generated class.
    /// </summary>
    public virtual OcppDataTransferMessages? DataTransfer => null;

    /// <summary>Finds an action by its name, case-sensitive.</summary>
    /// <returns><see langword="null"/> when the protocol has none of that name.</returns>
    public OcppAction? FindAction(string name) => _actions.Find(name);

    /// <inheritdoc cref="FindAction(string)"/>
    public OcppAction? FindAction(ReadOnlySpan<byte> utf8Name) => _actions.Find(utf8Name);
}
