using Ocpp.Json;
using Ocpp.Validation;

namespace Ocpp.Rpc;

/// <summary>Walks the elements of a frame.</summary>
internal ref struct OcppFrameReader
{
    private readonly ReadOnlySpan<byte> _json;
    private OcppJsonReader _reader;
    private string? _problem;

    public OcppFrameReader(ReadOnlySpan<byte> utf8Json)
    {
        _json = utf8Json;
        _reader = new OcppJsonReader(utf8Json, OcppErrorMap.Default);
    }

    /// <summary>Reads the message type number and the message id.</summary>
    public bool TryReadHeader(out int messageType, out string? messageId, out OcppFrameError error)
    {
        messageType = 0;
        messageId = null;
        error = default;
        if (!_reader.TryTake((byte)'[') || !_reader.TryReadSmallInteger(out messageType))
        {
            error = Unreadable(null, "The message must be an array that starts with a message type number.");
            return false;
        }

        OcppMessageType? known = messageType is (>= 2 and <= 6) ? (OcppMessageType)messageType : null;
        if (
            !_reader.TryTake((byte)',')
            || _reader.ReadString(OcppFrame.MaxMessageIdLength) is not { } id
            || _reader.HasViolation
        )
        {
            error = Unreadable(
                known,
                "The message id is missing, is not a string, or has more than 36 characters."
            ) with
            {
                HasUnknownMessageType = known is null,
            };
            return false;
        }

        messageId = id;
        return true;
    }

    public bool TryReadAction(out ReadOnlySpan<byte> action)
    {
        action = default;
        if (_reader.TryTake((byte)','))
        {
            action = _reader.ReadName();
            if (!_reader.HasViolation)
            {
                return true;
            }
        }

        return Fail("The action is missing or is not a string.");
    }

    /// <summary>Slices out the last element: all between the comma and the bracket that ends the message.</summary>
    public bool TryReadPayload(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (!_reader.TryTake((byte)','))
        {
            return Fail("The payload is missing.");
        }

        ReadOnlySpan<byte> rest = _json[_reader.Position..].TrimEnd(" \r\n\t"u8);
        if (rest.IsEmpty || rest[^1] != ']')
        {
            return Fail("The closing bracket of the message is missing or is followed by more data.");
        }

        payload = rest[..^1];
        return true;
    }

    public bool TryReadError(out string? codeName, out string? description, out ReadOnlySpan<byte> details)
    {
        codeName = null;
        description = null;
        details = default;
        if (!_reader.TryTake((byte)',') || (codeName = _reader.ReadString()) is null || _reader.HasViolation)
        {
            return Fail("The error code is missing or is not a string.");
        }

        if (!_reader.TryTake((byte)',') || (description = _reader.ReadString()) is null || _reader.HasViolation)
        {
            return Fail("The error description is missing or is not a string.");
        }

        if (!_reader.TryTake((byte)',') || !_reader.TrySkipObject(out details))
        {
            return Fail("The error details are missing or are not an object.");
        }

        return (_reader.TryTake((byte)']') && _reader.End()) || Fail("The error details are followed by more data.");
    }

    /// <summary>The error of a message whose type and id could be read.</summary>
    public readonly OcppFrameError Error(OcppMessageType messageType, string messageId) =>
        new(messageId, messageType, OcppErrorCode.FormatViolation, _problem!);

    private static OcppFrameError Unreadable(OcppMessageType? messageType, string description) =>
        new(OcppFrame.UnreadableMessageId, messageType, OcppErrorCode.RpcFrameworkError, description);

    private bool Fail(string problem)
    {
        _problem = problem;
        return false;
    }
}
