using System.Globalization;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Validation;

namespace Ocpp.Tool.Checking;

/// <summary>Checks the frames of one file, in their order.</summary>
/// <param name="file">The file's name, for the report.</param>
/// <param name="settings">How to check.</param>
/// <param name="summary">Counts the frames.</param>
/// <param name="report">Where findings go.</param>
/// <param name="calls">The CALLs whose answers may follow.</param>
internal sealed class FrameCheck(
    string file,
    CheckSettings settings,
    Summary summary,
    IReport report,
    OutstandingCalls calls
)
{
    /// <summary>How many stations have a version that the log names.</summary>
    private const int MaxNamed = 65_536;

    /// <summary>How much is shown of an action's name that is unknown, in bytes.</summary>
    private const int MaxActionLength = 64;

    /// <summary>The CALLs with a CALLRESULT that a CALLRESULTERROR may follow, which comes soon if it does.</summary>
    private readonly OutstandingCalls _answered = new(capacity: 1024);

    /// <summary>The versions that the log names, by station.</summary>
    private readonly Dictionary<string, CheckedProtocol> _named = new(StringComparer.Ordinal);

    /// <summary>What the frames themselves say of the version, by station, where nothing else does.</summary>
    private readonly Dictionary<string, InferredProtocol> _inferred = new(StringComparer.Ordinal);

    /// <summary>The version of the frame that is checked.</summary>
    private CheckedProtocol _protocol = settings.Protocol;

    /// <summary>Notes that the log names the version of the frames that follow, unless the command line does.</summary>
    /// <param name="station">The station whose frames they are; empty if that is not known.</param>
    /// <param name="protocol">The version.</param>
    public void Name(string station, CheckedProtocol protocol)
    {
        if (settings.IsProtocolGiven)
        {
            return;
        }

        // Names are from the log: their number is bounded.
        if (_named.Count == MaxNamed)
        {
            _named.Clear();
        }

        _named[station] = protocol;
        _inferred.Remove(station);
    }

    /// <summary>Notes what remains uncertain when no frame follows.</summary>
    public void Close()
    {
        foreach (InferredProtocol inferred in _inferred.Values.Where(inferred => !inferred.IsCertain))
        {
            summary.Candidates.UnionWith(inferred.Candidates.Select(candidate => candidate.Name));
        }
    }

    /// <summary>Checks a frame.</summary>
    /// <param name="utf8Json">The frame.</param>
    /// <param name="line">The line on which it begins.</param>
    /// <param name="station">The station that it belongs to; empty if that is not known.</param>
    public void Check(ReadOnlySpan<byte> utf8Json, long line, string station = "")
    {
        Choose(station, utf8Json);
        if (!_protocol.Rules.TryReadFrame(utf8Json, out OcppFrame frame, out OcppFrameError error))
        {
            CheckUnreadable(error, line, station);
            return;
        }

        var message = new CheckedMessage(
            file,
            line,
            frame.MessageType,
            MessageId: frame.MessageId,
            Station: Named(station)
        );
        switch (frame.MessageType)
        {
            case OcppMessageType.Call or OcppMessageType.Send:
                CheckRequest(frame, message, station);
                break;
            case OcppMessageType.CallResultError:
                CheckAnswer(frame, message, station, _answered);
                break;
            default:
                CheckAnswer(frame, message, station, calls);
                break;
        }
    }

    /// <summary>Checks a payload without a frame.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="protocol">The version of OCPP that has it.</param>
    /// <param name="source">What decided on the version.</param>
    /// <param name="utf8Json">The payload.</param>
    public void CheckPayload(
        PayloadType type,
        CheckedProtocol protocol,
        ProtocolSource source,
        ReadOnlySpan<byte> utf8Json
    )
    {
        summary.CountProtocol(protocol, source);
        Count(
            summary.Of(type.Action),
            new CheckedMessage(file, Line: 1, type.MessageType, type.Action.Name),
            type.Check(utf8Json, settings.ReadOptions)
        );
    }

    /// <summary>Notes what is longer than can be checked.</summary>
    /// <param name="what">What it is: a line, or the payload.</param>
    /// <param name="line">The line on which it begins.</param>
    /// <param name="maxLength">How many bytes it may have.</param>
    public void RefuseTooLong(string what, long line, int maxLength)
    {
        summary.Unreadable.Add(isValid: false);
        Report(
            new CheckedMessage(file, line),
            new Finding(
                OcppErrorCode.RpcFrameworkError,
                string.Create(CultureInfo.InvariantCulture, $"The {what} is longer than {maxLength} bytes."),
                Limit: maxLength
            )
        );
    }

    /// <summary>Chooses the version for a frame of a station.</summary>
    private void Choose(string station, ReadOnlySpan<byte> utf8Json)
    {
        ProtocolSource source;
        if (settings.IsProtocolGiven)
        {
            (_protocol, source) = (settings.Protocol, ProtocolSource.Option);
        }
        else if (_named.TryGetValue(station, out CheckedProtocol? named))
        {
            (_protocol, source) = (named, ProtocolSource.Log);
        }
        else
        {
            InferredProtocol inferred = InferredOf(station);
            _protocol = inferred.Choose(utf8Json, settings.ReadOptions);
            bool isDefault = !inferred.IsCertain && _protocol == CheckedProtocol.All[0];
            source = isDefault ? ProtocolSource.Default : ProtocolSource.Frames;
        }

        summary.CountProtocol(_protocol, source);
    }

    private InferredProtocol InferredOf(string station)
    {
        if (!_inferred.TryGetValue(station, out InferredProtocol? inferred))
        {
            // Names are from the log: their number is bounded.
            if (_inferred.Count == MaxNamed)
            {
                _inferred.Clear();
            }

            _inferred.Add(station, inferred = new InferredProtocol());
        }

        return inferred;
    }

    private void CheckUnreadable(in OcppFrameError error, long line, string station)
    {
        OcppAction? action = null;
        if (error.MessageType is OcppMessageType.CallResult or OcppMessageType.CallError)
        {
            calls.TryTake(station, error.MessageId, out action);
        }
        else if (error is { MessageType: OcppMessageType.CallResultError, HasUnknownMessageType: false })
        {
            _answered.TryTake(station, error.MessageId, out action);
        }
        else if (_protocol.Rules.Answers(error))
        {
            // Such a message is answered with a CALLERROR.
            calls.Add(station, error.MessageId, action: null);
        }

        (action is null ? summary.Unreadable : summary.Of(action)).Add(isValid: false);
        string? id = error.MessageId == OcppFrame.UnreadableMessageId ? null : error.MessageId;
        Report(
            new CheckedMessage(file, line, error.MessageType, action?.Name, id, Named(station)),
            new Finding(error.ErrorCode, error.Description)
        );
    }

    private void CheckRequest(in OcppFrame frame, in CheckedMessage message, string station)
    {
        OcppAction? action = SignedPayload.FindAction(frame, _protocol, out bool isSigned);
        if (frame.MessageType == OcppMessageType.Call)
        {
            calls.Add(station, frame.MessageId, action);
        }

        if (action is null)
        {
            ReadOnlySpan<byte> name = frame.Utf8Action[..Math.Min(frame.Utf8Action.Length, MaxActionLength)];
            Count(
                summary.UnknownAction,
                message with
                {
                    Action = Encoding.UTF8.GetString(name),
                },
                [Violation(OcppRule.UnknownAction)]
            );
            return;
        }

        Count(
            summary.Of(action),
            message with
            {
                Action = action.Name,
                IsSigned = isSigned,
            },
            Check(frame, new PayloadType(action, frame.MessageType), isSigned)
        );
    }

    private void CheckAnswer(in OcppFrame frame, in CheckedMessage message, string station, OutstandingCalls answerable)
    {
        if (answerable.TryTake(station, frame.MessageId, out OcppAction? action))
        {
            if (frame.MessageType == OcppMessageType.CallResult)
            {
                _answered.Add(station, frame.MessageId, action);
            }

            bool isSigned = action is not null && SignedPayload.IsSigned(frame, _protocol);
            Count(
                summary.Of(action),
                message with
                {
                    Action = action?.Name,
                    IsSigned = isSigned,
                },
                FindViolations(frame, action, isSigned)
            );
        }
        else
        {
            report.Unmatched(message);
            Count(summary.Unmatched, message, FindViolations(frame, action: null, isSigned: false));
        }
    }

    private IReadOnlyList<OcppViolation> Check(in OcppFrame frame, PayloadType type, bool isSigned)
    {
        if (!isSigned)
        {
            return type.Check(frame.Payload, settings.ReadOptions);
        }

        summary.Signed++;
        return SignedPayload.Check(frame, type, settings.ReadOptions);
    }

    private IReadOnlyList<OcppViolation> FindViolations(in OcppFrame frame, OcppAction? action, bool isSigned) =>
        frame.MessageType switch
        {
            _ when frame.IsError => CheckError(frame),
            _ when action is null => UnknownPayload.Check(frame.Payload, settings.ReadOptions.ErrorMap),
            _ => Check(frame, new PayloadType(action, OcppMessageType.CallResult), isSigned),
        };

    private List<OcppViolation> CheckError(in OcppFrame frame)
    {
        List<OcppViolation> violations = [];
        if (
            !_protocol.ErrorCodes.Contains(frame.ErrorCodeName!)
            && !(settings.AcceptsOtherErrorCodes && OcppErrorCodeNames.TryParse(frame.ErrorCodeName, out _))
        )
        {
            violations.Add(Violation(OcppRule.Enum, "/errorCode"));
        }

        int length = frame.ErrorDescription.EnumerateRunes().Count();
        if (length > OcppFrame.MaxErrorDescriptionLength && !settings.ReadOptions.IgnoreLimits)
        {
            violations.Add(
                Violation(OcppRule.MaxLength, "/errorDescription") with
                {
                    Limit = OcppFrame.MaxErrorDescriptionLength,
                    Actual = length,
                }
            );
        }

        return violations;
    }

    private static string? Named(string station) => station.Length > 0 ? station : null;

    private OcppViolation Violation(OcppRule rule, string path = "") =>
        new(settings.ReadOptions.ErrorMap[rule], rule, path);

    private void Count(MessageCount count, in CheckedMessage message, IReadOnlyList<OcppViolation> violations)
    {
        count.Add(violations.Count == 0);
        for (int i = 0; i < violations.Count && i < settings.MaxViolations; i++)
        {
            Report(message, new Finding(violations[i]));
        }
    }

    private void Report(in CheckedMessage message, in Finding finding)
    {
        summary.Violations++;
        report.Violation(message, finding);
    }
}
