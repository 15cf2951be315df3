using Ocpp.Validation;

namespace Ocpp.Rpc;

/// <summary>
/// What the versions of OCPP-J do differently around the payloads: message types, error codes as they are spelled,
/// message ids. Data on <see cref="OcppProtocol.Rules"/>, by which sessions, frames and tools go; none of them asks for
/// a version by its name. Immutable.
/// </summary>
public sealed record OcppProtocolRules
{
    private static readonly OcppMessageType[] s_messageTypes = Enum.GetValues<OcppMessageType>();

    // By the code's number: a dictionary would bring its code into each native app.
    private readonly string[] _errorCodeNames;
    private readonly int _messageTypes =
        Bit(OcppMessageType.Call) | Bit(OcppMessageType.CallResult) | Bit(OcppMessageType.CallError);

    /// <summary>Makes the rules of OCPP 2.0.1.</summary>
    public OcppProtocolRules() =>
        _errorCodeNames = Array.ConvertAll(Enum.GetValues<OcppErrorCode>(), OcppErrorCodeNames.ToWireName);

    private OcppProtocolRules(OcppProtocolRules other, string[] errorCodeNames)
        : this(other) => _errorCodeNames = errorCodeNames;

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
        get => Array.FindAll(s_messageTypes, Knows);
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            int types = 0;
            foreach (OcppMessageType type in value)
            {
                types |= Enum.IsDefined(type) ? Bit(type) : throw Invalid();
            }

            _messageTypes = (types & Default._messageTypes) == Default._messageTypes ? types : throw Invalid();

            static ArgumentException Invalid() =>
                new(
                    "The message types must be known, and CALL, CALLRESULT and CALLERROR be among them.",
                    nameof(MessageTypes)
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
    /// Specifies whether messages may be signed (OCPP 2.0.1 part 4, section 7). Defaults to <see langword="true"/>.
    /// </summary>
    public bool HasSignedMessages { get; init; } = true;

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

    /// <summary>
    /// Reads a frame as <see cref="OcppFrame.TryRead"/> does. A message of a type that the protocol does not have is
    /// none, whatever else may be wrong with it: <see cref="OcppFrameError.HasUnknownMessageType"/>.
    /// </summary>
    public bool TryReadFrame(ReadOnlySpan<byte> utf8Json, out OcppFrame frame, out OcppFrameError error)
    {
        bool isFrame = OcppFrame.TryRead(utf8Json, out frame, out error);
        OcppMessageType? type = isFrame ? frame.MessageType : error.MessageType;
        if (type is not { } known || Knows(known))
        {
            return isFrame;
        }

        if (!isFrame && error.Rule == OcppRule.UnreadableFrame)
        {
            error = error with { HasUnknownMessageType = true };
            return false;
        }

        string id = isFrame ? frame.MessageId : error.MessageId;
        error = OcppFrameError.UnknownType(id, known, "The protocol does not support this message type.");
        frame = default;
        return false;
    }

    /// <summary>Whether a message that cannot be read as a frame is answered with a CALLERROR.</summary>
    public bool Answers(in OcppFrameError error) =>
        error.NeedsAnswer
        && !(error.HasUnknownMessageType && IgnoresUnknownMessageTypes)
        && (AnswersUnreadableIds || error.Rule != OcppRule.UnreadableFrame);

    /// <summary>
    /// Returns an error code as it is written to a peer: the name of <see cref="OcppErrorCode"/> unless
    /// <see cref="WithName"/> changed it. What a peer writes is read in the spelling of any version.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is none of the twelve.</exception>
    public string NameOf(OcppErrorCode code) =>
        (uint)code < (uint)_errorCodeNames.Length ? _errorCodeNames[(int)code] : code.ToWireName();

    /// <summary>
    /// Returns a copy of these rules in which an error code is written with another name. Several codes may have one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is none of the twelve.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not one that a version of OCPP has.</exception>
    public OcppProtocolRules WithName(OcppErrorCode code, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Enum.IsDefined(code))
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "Not one of the twelve OCPP error codes.");
        }

        if (!OcppErrorCodeNames.TryParse(name, out _))
        {
            throw new ArgumentException("No version of OCPP has an error code of that name.", nameof(name));
        }

        var names = (string[])_errorCodeNames.Clone();
        names[(int)code] = name;
        return new OcppProtocolRules(this, names);
    }

    private static int Bit(OcppMessageType type) => 1 << (int)type;
}
