using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Ocpp.Json;
using Ocpp.SignedMessages;

namespace Ocpp.Rpc;

/// <summary>
/// One message of OCPP-J (OCPP 2.0.1 part 4, section 4): a CALL, a CALLRESULT, a CALLERROR, or a CALLRESULTERROR
/// or SEND of OCPP 2.1. A view on the bytes that it was read from. A payload is sliced out, not walked: whether it is
/// JSON shows when it is read.
/// </summary>
public readonly ref struct OcppFrame
{
    /// <summary>The most code points of a message id.</summary>
    public const int MaxMessageIdLength = 36;

    /// <summary>The most code points of a CALLERROR's description.</summary>
    public const int MaxErrorDescriptionLength = 255;

    /// <summary>The id in a CALLERROR that answers a message whose own id can't be read.</summary>
    public const string UnreadableMessageId = "-1";

    /// <summary>The last element of the frame: the payload, or the details of an error.</summary>
    private readonly ReadOnlySpan<byte> _last;
    private readonly string? _errorDescription;

    private OcppFrame(
        OcppMessageType messageType,
        string messageId,
        ReadOnlySpan<byte> utf8Action,
        ReadOnlySpan<byte> payload
    )
    {
        MessageType = messageType;
        MessageId = messageId;
        Utf8Action = utf8Action;
        _last = payload;
    }

    private OcppFrame(
        OcppMessageType messageType,
        string messageId,
        OcppErrorCode code,
        string codeName,
        string description,
        ReadOnlySpan<byte> details
    )
        : this(messageType, messageId, default, details)
    {
        ErrorCode = code;
        ErrorCodeName = codeName;
        _errorDescription = description;
    }

    /// <summary>What the frame is.</summary>
    public OcppMessageType MessageType { get; }

    /// <summary>
    /// The id that ties an answer to its CALL, or names a SEND; at most <see cref="MaxMessageIdLength"/> code points.
    /// </summary>
    public string MessageId { get; }

    /// <summary>
    /// The action of a CALL or SEND, such as <c>SignCertificate</c>, case-sensitive; empty for the others. Each call
    /// makes the string anew.
    /// </summary>
    public string Action => Encoding.UTF8.GetString(Utf8Action);

    /// <summary>The action of a CALL or SEND in UTF-8, for a look-up without a string.</summary>
    public ReadOnlySpan<byte> Utf8Action { get; }

    /// <summary>
    /// The payload: the bytes between the last comma of the header and the closing bracket; empty for an error.
    /// </summary>
    public ReadOnlySpan<byte> Payload => IsError ? default : _last;

    /// <summary>
    /// The error code of an error; <see cref="OcppErrorCode.GenericError"/> when the peer sent an unknown one.
    /// </summary>
    public OcppErrorCode ErrorCode { get; }

    /// <summary>The error code of an error as the peer spelled it.</summary>
    public string? ErrorCodeName { get; }

    /// <summary>The description of an error; may be empty.</summary>
    public string ErrorDescription => _errorDescription ?? "";

    /// <summary>The details of an error: a JSON object.</summary>
    public ReadOnlySpan<byte> ErrorDetails => IsError ? _last : default;

    /// <summary>Whether the frame is a CALLERROR or a CALLRESULTERROR, which have the same elements.</summary>
    public bool IsError => MessageType is OcppMessageType.CallError or OcppMessageType.CallResultError;

    /// <summary>Reads the header of a frame, and slices out its payload.</summary>
    /// <param name="utf8Json">The whole message.</param>
    /// <param name="frame">The frame, when the result is <see langword="true"/>.</param>
    /// <param name="error">What is wrong, and how to answer it, when the result is <see langword="false"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8Json, out OcppFrame frame, out OcppFrameError error)
    {
        error = default;
        return TryReadCommon(utf8Json, out frame) || TryReadUnusual(utf8Json, out frame, out error);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadUnusual(ReadOnlySpan<byte> utf8Json, out OcppFrame frame, out OcppFrameError error)
    {
        frame = default;
        var reader = new OcppFrameReader(utf8Json);
        if (!reader.TryReadHeader(out int messageType, out string? messageId, out error))
        {
            return false;
        }

        switch ((OcppMessageType)messageType)
        {
            case OcppMessageType.Call
            or OcppMessageType.Send
                when reader.TryReadAction(out ReadOnlySpan<byte> action)
                    && reader.TryReadPayload(out ReadOnlySpan<byte> payload):
                frame = new OcppFrame((OcppMessageType)messageType, messageId!, action, payload);
                return true;

            case OcppMessageType.CallResult when reader.TryReadPayload(out ReadOnlySpan<byte> payload):
                frame = new OcppFrame(OcppMessageType.CallResult, messageId!, default, payload);
                return true;

            case OcppMessageType.CallError
            or OcppMessageType.CallResultError
                when reader.TryReadError(out string? codeName, out string? description, out ReadOnlySpan<byte> details):
                OcppErrorCode code = OcppErrorCodeNames.TryParse(codeName, out OcppErrorCode known)
                    ? known
                    : OcppErrorCode.GenericError;
                frame = new OcppFrame((OcppMessageType)messageType, messageId!, code, codeName!, description!, details);
                return true;

            case OcppMessageType.Call
            or OcppMessageType.CallResult
            or OcppMessageType.CallError
            or OcppMessageType.CallResultError
            or OcppMessageType.Send:
                error = reader.Error((OcppMessageType)messageType, messageId!);
                error = (OcppMessageType)messageType is OcppMessageType.CallError or OcppMessageType.CallResultError
                    ? CallErrorOutOfForm.Read(utf8Json, error)
                    : error;
                return false;

            default:
                error = OcppFrameError.UnknownType(messageId!, type: null, "Unknown message type number.");
                return false;
        }
    }

    /// <summary>Writes a CALL.</summary>
    /// <param name="output">Where to; nothing is written when an exception is thrown.</param>
    /// <param name="messageId">Unique among the CALLs of this sender on the connection.</param>
    /// <param name="request">The payload.</param>
    /// <param name="options">How it is written; defaults to <see cref="OcppWriteOptions.Strict"/>.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="messageId"/> is longer than <see cref="MaxMessageIdLength"/>, or no Unicode.
    /// </exception>
    /// <exception cref="OcppValidationException">The request breaks rules of its message.</exception>
    public static void WriteCall<TRequest, TResponse>(
        IBufferWriter<byte> output,
        string messageId,
        IOcppRequest<TRequest, TResponse> request,
        OcppWriteOptions? options = null
    )
        where TRequest : class, IOcppRequest<TRequest, TResponse>
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(request);
        WriteAction(output, "[2,"u8, messageId, TRequest.Action, (TRequest)request, options);
    }

    /// <summary>Writes a SEND: a message that nothing answers.</summary>
    /// <param name="output">Where to; nothing is written when an exception is thrown.</param>
    /// <param name="messageId">Names the message; unique as that of a CALL.</param>
    /// <param name="message">The payload.</param>
    /// <param name="options">How it is written; defaults to <see cref="OcppWriteOptions.Strict"/>.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="messageId"/> is longer than <see cref="MaxMessageIdLength"/>, or no Unicode.
    /// </exception>
    /// <exception cref="OcppValidationException">The message breaks rules of its own.</exception>
    public static void WriteSend<TMessage>(
        IBufferWriter<byte> output,
        string messageId,
        TMessage message,
        OcppWriteOptions? options = null
    )
        where TMessage : class, IOcppOneWayMessage<TMessage>
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(message);
        WriteAction(output, "[6,"u8, messageId, TMessage.Action, message, options);
    }

    /// <summary>Writes a CALLRESULT.</summary>
    /// <param name="output">Where to; nothing is written when an exception is thrown.</param>
    /// <param name="messageId">The id of the CALL that is answered.</param>
    /// <param name="response">The payload.</param>
    /// <param name="options">How it is written; defaults to <see cref="OcppWriteOptions.Strict"/>.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="messageId"/> is longer than <see cref="MaxMessageIdLength"/>, or no Unicode.
    /// </exception>
    /// <exception cref="OcppValidationException">The response breaks rules of its message.</exception>
    public static void WriteCallResult<TResponse>(
        IBufferWriter<byte> output,
        string messageId,
        TResponse response,
        OcppWriteOptions? options = null
    )
        where TResponse : class, IOcppPayload<TResponse>
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(response);
        options ??= OcppWriteOptions.Strict;
        var writer = new OcppJsonWriter(output, options.MaxDecimalPlaces);
        writer.WriteRaw("[3,"u8);
        WriteMessageId(ref writer, messageId);
        writer.WriteRaw(","u8);
        TResponse.Write(ref writer, response);
        writer.WriteRaw("]"u8);
        OcppJson.Complete(ref writer, response, options);
    }

    /// <summary>Writes a CALLRESULT with a payload that is JSON already.</summary>
    internal static void WriteCallResult(IBufferWriter<byte> output, string messageId, ReadOnlySpan<byte> utf8Payload)
    {
        var writer = new OcppJsonWriter(output);
        writer.WriteRaw("[3,"u8);
        WriteMessageId(ref writer, messageId);
        writer.WriteRaw(","u8);
        writer.WriteRaw(utf8Payload);
        writer.WriteRaw("]"u8);
        writer.Complete();
    }

    /// <summary>Writes a CALL, CALLRESULT or SEND with a signed payload.</summary>
    internal static void WriteSigned(
        IBufferWriter<byte> output,
        OcppMessageType messageType,
        string messageId,
        string signedAction,
        FlattenedJws payload
    )
    {
        if (messageType == OcppMessageType.CallResult)
        {
            WriteCallResult(output, messageId, payload);
            return;
        }

        ReadOnlySpan<byte> head = messageType == OcppMessageType.Send ? "[6,"u8 : "[2,"u8;
        WriteAction(output, head, messageId, signedAction, payload, OcppWriteOptions.Strict);
    }

    /// <summary>Writes a CALLERROR with empty details.</summary>
    /// <param name="output">Where to; nothing is written when an exception is thrown.</param>
    /// <param name="messageId">
    /// The id of the CALL that is answered; <see cref="UnreadableMessageId"/> when it can't be read.
    /// </param>
    /// <param name="errorCode">One of the twelve.</param>
    /// <param name="errorDescription">
    /// What went wrong; cut to <see cref="MaxErrorDescriptionLength"/> code points.
    /// </param>
    /// <param name="rules">
    /// How the protocol spells error codes. Defaults to <see cref="OcppProtocolRules.Default"/>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="messageId"/> is longer than <see cref="MaxMessageIdLength"/>, or a string is not well-formed
    /// Unicode.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="errorCode"/> is none of the twelve.</exception>
    public static void WriteCallError(
        IBufferWriter<byte> output,
        string messageId,
        OcppErrorCode errorCode,
        string errorDescription = "",
        OcppProtocolRules? rules = null
    ) => WriteError(output, "[4,"u8, messageId, errorCode, errorDescription, rules);

    /// <summary>Writes a CALLRESULTERROR with empty details: a response could not be processed.</summary>
    /// <param name="output">Where to; nothing is written when an exception is thrown.</param>
    /// <param name="messageId">The id of the CALLRESULT.</param>
    /// <param name="errorCode">One of the twelve.</param>
    /// <param name="errorDescription">
    /// What went wrong; cut to <see cref="MaxErrorDescriptionLength"/> code points.
    /// </param>
    /// <param name="rules">
    /// How the protocol spells error codes. Defaults to <see cref="OcppProtocolRules.Default"/>.
    /// </param>
    /// <inheritdoc cref="WriteCallError(IBufferWriter{byte}, string, OcppErrorCode, string, OcppProtocolRules)"/>
    public static void WriteCallResultError(
        IBufferWriter<byte> output,
        string messageId,
        OcppErrorCode errorCode,
        string errorDescription = "",
        OcppProtocolRules? rules = null
    ) => WriteError(output, "[5,"u8, messageId, errorCode, errorDescription, rules);

    private static void WriteError(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> head,
        string messageId,
        OcppErrorCode errorCode,
        string errorDescription,
        OcppProtocolRules? rules
    )
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errorDescription);
        var writer = new OcppJsonWriter(output);
        writer.WriteRaw(head);
        WriteMessageId(ref writer, messageId);
        writer.WriteRaw(",\""u8);
        writer.WriteRaw(Encoding.ASCII.GetBytes((rules ?? OcppProtocolRules.Default).NameOf(errorCode)));
        writer.WriteRaw("\","u8);
        writer.WriteString(CodePoints.Truncate(errorDescription, MaxErrorDescriptionLength));
        writer.WriteRaw(",{}]"u8);
        writer.Complete();
        if (writer.IsInvalid)
        {
            throw new ArgumentException("The description is not well-formed Unicode.", nameof(errorDescription));
        }
    }

    /// <summary>Writes the CALLERROR that answers a payload with a violation.</summary>
    /// <inheritdoc cref="WriteCallError(IBufferWriter{byte}, string, OcppErrorCode, string, OcppProtocolRules)"/>
    public static void WriteCallError(
        IBufferWriter<byte> output,
        string messageId,
        OcppViolation violation,
        OcppProtocolRules? rules = null
    ) => WriteCallError(output, messageId, violation.ErrorCode, violation.Message, rules);

    /// <summary>Writes the CALLERROR that answers a message that is not a frame.</summary>
    /// <exception cref="ArgumentException">
    /// The message is not to be answered (<see cref="OcppFrameError.NeedsAnswer"/>).
    /// </exception>
    public static void WriteCallError(IBufferWriter<byte> output, OcppFrameError error, OcppProtocolRules? rules = null)
    {
        if (!error.NeedsAnswer)
        {
            throw new ArgumentException("A CALLRESULT, CALLERROR or SEND has no response.", nameof(error));
        }

        WriteCallError(output, error.MessageId, error.ErrorCode, error.Description, rules);
    }

    /// <summary>
    /// What is wrong with a frame that has more elements than one of its type, such as <c>[2,"1","Reset",{…},1]</c>:
    /// its <see cref="Payload"/> is then malformed. <see langword="null"/> if there are as many as there should be, or
    /// they are not JSON. Walks the payload each time: for when it could not be read.
    /// </summary>
    public OcppFrameError? Surplus
    {
        get
        {
            int right = MessageType == OcppMessageType.CallResult ? 3 : 4;
            int elements = right - 1 + ElementsOf(Payload);
            return elements <= right
                ? null
                : new OcppFrameError(
                    MessageId,
                    MessageType,
                    OcppErrorCode.FormatViolation,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The message has {elements} elements instead of {right}."
                    )
                );
        }
    }

    /// <summary>The number of values in the place of a payload; 0 if they are not JSON.</summary>
    private static int ElementsOf(ReadOnlySpan<byte> payload)
    {
        byte[] list = [(byte)'[', .. payload, (byte)']'];
        var reader = new Utf8JsonReader(list, new JsonReaderOptions { MaxDepth = OcppJsonReader.MaxDepth + 1 });
        int count = 0;
        try
        {
            while (reader.Read())
            {
                bool isElement =
                    reader.CurrentDepth == 1
                    && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray);
                count += isElement ? 1 : 0;
            }
        }
        catch (JsonException)
        {
            return 0;
        }

        return count;
    }

    /// <summary>
    /// Reads a CALL, CALLRESULT or SEND whose header has no white space, escapes or characters beyond ASCII, as nearly
    /// all.
    /// </summary>
    private static bool TryReadCommon(ReadOnlySpan<byte> json, out OcppFrame frame)
    {
        frame = default;
        const int IdStart = 4;
        if (
            json.Length < IdStart
            || json[0] != '['
            || json[1] is not ((byte)'2' or (byte)'3' or (byte)'6')
            || json[2] != ','
            || json[3] != '"'
            || json[^1] != ']'
        )
        {
            return false;
        }

        // A position after the end of the message matches no byte: each comparison below fails.
        int idEnd = AsciiText.IndexOfSpecial(json, IdStart);
        if (!json[idEnd..].StartsWith("\","u8) || idEnd - IdStart > MaxMessageIdLength)
        {
            return false;
        }

        int payloadStart = idEnd + 2;
        ReadOnlySpan<byte> action = default;
        if (json[1] != '3')
        {
            int actionStart = payloadStart + 1;
            int actionEnd = json[payloadStart] == '"' ? AsciiText.IndexOfSpecial(json, actionStart) : json.Length;
            if (!json[actionEnd..].StartsWith("\","u8))
            {
                return false;
            }

            action = json[actionStart..actionEnd];
            payloadStart = actionEnd + 2;
        }

        // The bracket at the end is behind the comma: the payload is what lies between them.
        frame = new OcppFrame(
            (OcppMessageType)(json[1] - '0'),
            AsciiText.ToString(json[IdStart..idEnd]),
            action,
            json[payloadStart..^1]
        );
        return true;
    }

    private static void WriteAction<T>(
        IBufferWriter<byte> output,
        ReadOnlySpan<byte> head,
        string messageId,
        string action,
        T payload,
        OcppWriteOptions? options
    )
        where T : class, IOcppPayload<T>
    {
        options ??= OcppWriteOptions.Strict;
        var writer = new OcppJsonWriter(output, options.MaxDecimalPlaces);
        writer.WriteRaw(head);
        WriteMessageId(ref writer, messageId);
        writer.WriteRaw(","u8);
        writer.WriteString(action);
        writer.WriteRaw(","u8);
        T.Write(ref writer, payload);
        writer.WriteRaw("]"u8);
        OcppJson.Complete(ref writer, payload, options);
    }

    private static void WriteMessageId(ref OcppJsonWriter writer, string messageId)
    {
        writer.WriteString(messageId, MaxMessageIdLength);
        if (writer.IsInvalid || writer.IsDeviating)
        {
            throw new ArgumentException(
                "A message id must be well-formed Unicode of at most 36 code points.",
                nameof(messageId)
            );
        }
    }
}
