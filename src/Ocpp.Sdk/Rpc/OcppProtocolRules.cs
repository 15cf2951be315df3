using System.Collections.Frozen;

namespace Ocpp.Rpc;

/// <summary>
/// What the versions of OCPP-J do differently around the payloads: message types, error codes as they are spelled,
/// message ids. Data on <see cref="OcppProtocol.Rules"/>, by which sessions, frames and tools go; none of them asks for
/// a version by its name. Immutable.
/// </summary>
public sealed record OcppProtocolRules
{
    private readonly FrozenDictionary<OcppErrorCode, string> _errorCodeNames = Enum.GetValues<OcppErrorCode>()
        .ToFrozenDictionary(static code => code, static code => code.ToWireName());
    private readonly int _messageTypes =
        Bit(OcppMessageType.Call) | Bit(OcppMessageType.CallResult) | Bit(OcppMessageType.CallError);

    /// <summary>
    /// The rules of OCPP 2.0.1, which apply to each protocol that has no others: CALL, CALLRESULT and CALLERROR, the
    /// twelve error codes as <see cref="OcppErrorCode"/> names them, and an answer to everything but answers.
    /// </summary>
    public static OcppProtocolRules Default { get; } = new();

    /// <summary>
    /// The message types that the protocol has. Defaults to CALL, CALLRESULT and CALLERROR, without which there is no
    /// OCPP-J. Where <see cref="OcppMessageType.CallResultError"/> is among them, it answers a response that can't be
    /// processed.
    /// </summary>
    /// <exception cref="ArgumentException">CALL, CALLRESULT or CALLERROR is missing, or a type is unknown.</exception>
    public IReadOnlyList<OcppMessageType> MessageTypes
    {
        get => [.. Enum.GetValues<OcppMessageType>().Where(Knows)];
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            int types = value.Aggregate(0, static (types, type) => types | Bit(type));
            _messageTypes =
                value.All(Enum.IsDefined) && (types & Default._messageTypes) == Default._messageTypes
                    ? types
                    : throw new ArgumentException(
                        "The message types must be known, and CALL, CALLRESULT and CALLERROR be among them.",
                        nameof(MessageTypes)
                    );
        }
    }

    /// <summary>
    /// How error codes are spelled in what is written to a peer; several codes may have one name. Defaults to the names
    /// of <see cref="OcppErrorCode"/>. What a peer writes is read in the spelling of any version.
    /// </summary>
    /// <exception cref="ArgumentException">A code has no name, or one that can't be read.</exception>
    public IReadOnlyDictionary<OcppErrorCode, string> ErrorCodeNames
    {
        get => _errorCodeNames;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _errorCodeNames = Enum.GetValues<OcppErrorCode>()
                .All(code => value.TryGetValue(code, out string? name) && OcppErrorCodeNames.TryParse(name, out _))
                ? value.ToFrozenDictionary()
                : throw new ArgumentException(
                    "Each error code needs a name that a version of OCPP has.",
                    nameof(ErrorCodeNames)
                );
        }
    }

    /// <summary>
    /// Specifies whether a message whose id can't be read is answered, with the id
    /// <see cref="OcppFrame.UnreadableMessageId"/>. Otherwise it is only reported. Defaults to <see langword="true"/>.
    /// </summary>
    public bool AnswersUnreadableIds { get; init; } = true;

    /// <summary>
    /// Specifies whether a message of an unknown type is only reported. Otherwise it is answered with
    /// MessageTypeNotSupported. Defaults to <see langword="false"/>; see also
    /// <see cref="OcppSessionOptions.IgnoreUnknownMessageTypes"/>.
    /// </summary>
    public bool IgnoresUnknownMessageTypes { get; init; }

    /// <summary>Where the message ids of a sender are unique. Defaults to the connection.</summary>
    public OcppMessageIdScope MessageIdScope { get; init; }

    /// <summary>
    /// Returns the rules of the protocol with a subprotocol; <see cref="Default"/> if it is not of a published version.
    /// </summary>
    public static OcppProtocolRules Of(string subprotocol)
    {
        ArgumentNullException.ThrowIfNull(subprotocol);
        return KnownProtocolRules.Find(subprotocol) ?? Default;
    }

    /// <summary>Whether the protocol has a message type.</summary>
    public bool Knows(OcppMessageType type) => (_messageTypes & Bit(type)) != 0;

    /// <summary>Returns an error code as it is written to a peer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is none of the twelve.</exception>
    public string NameOf(OcppErrorCode code) =>
        _errorCodeNames.TryGetValue(code, out string? name) ? name : code.ToWireName();

    private static int Bit(OcppMessageType type) => 1 << (int)type;
}
