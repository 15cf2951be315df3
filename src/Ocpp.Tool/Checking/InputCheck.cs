namespace Ocpp.Tool.Checking;

/// <summary>Checks one input: a log, a frame or a payload, whichever it is.</summary>
/// <param name="file">The file's name; <c>-</c> for the standard input.</param>
/// <param name="settings">How to check.</param>
/// <param name="summary">Counts what is checked.</param>
/// <param name="report">Where findings go.</param>
internal sealed class InputCheck(string file, CheckSettings settings, Summary summary, IReport report)
{
    private readonly FrameCheck _frames = new(file, settings, summary, report, new OutstandingCalls());

    /// <summary>Checks the input to its end.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="afterBlock">Called whenever all that was read has been checked, before more is read.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <exception cref="InvalidDataException">The input is not UTF-8, or has no frame.</exception>
    public async Task RunAsync(LineReader reader, Action afterBlock, CancellationToken cancellationToken)
    {
        await reader.FillAsync(cancellationToken);
        SkipByteOrderMark(reader);
        bool isObject = await IsObjectAsync(reader, cancellationToken);
        if (FindPayloadType(isObject) is { } found)
        {
            await CheckPayloadAsync(reader, found.Type, found.Protocol, cancellationToken);
            return;
        }

        long before = summary.Frames;
        await CheckLinesAsync(reader, afterBlock, cancellationToken);
        if (summary.Frames == before)
        {
            // Else a compressed log would pass as a valid one.
            throw new InvalidDataException(
                isObject
                    ? "The text is a JSON object without frames, and the file is not named as a message: "
                        + "--type names the payload that it is."
                    : "No frame was found."
            );
        }
    }

    private static void SkipByteOrderMark(LineReader reader)
    {
        switch (reader.Unread)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                reader.Skip(3);
                break;

            // Not another encoding: a log that was cut while its writer went on begins with a hole.
            case [0, 0, 0, 0, ..]:
                break;

            // With a byte order mark, or without: what begins a log or a payload is ASCII.
            case [0xFE, 0xFF, ..]
            or [0xFF, 0xFE, ..]
            or [0, ..]
            or [_, 0, ..]:
                throw new InvalidDataException("The text is UTF-16 or UTF-32; convert it to UTF-8.");
        }
    }

    /// <summary>Whether the input is a payload, or begins as a JSON object, as one of JSON Lines does too.</summary>
    private async Task<bool> IsObjectAsync(LineReader reader, CancellationToken cancellationToken)
    {
        if (settings.PayloadType is not null)
        {
            return true;
        }

        while (
            reader.Unread.TrimStart(FrameStart.WhiteSpace).IsEmpty
            && reader.Unread.Length <= reader.MaxLength
            && await reader.FillAsync(cancellationToken)
        ) { }

        return reader.Unread.TrimStart(FrameStart.WhiteSpace) is [(byte)'{', ..];
    }

    /// <summary>What the input is the payload of, by option or by name, and the first version that has it.</summary>
    private (PayloadType Type, CheckedProtocol Protocol)? FindPayloadType(bool isObject)
    {
        if (settings.PayloadType is { } given)
        {
            return (given, settings.Protocol);
        }

        string name = Path.GetFileNameWithoutExtension(file);
        IReadOnlyList<CheckedProtocol> protocols = settings.IsProtocolGiven ? [settings.Protocol] : CheckedProtocol.All;
        return isObject
            ? protocols
                .Select(protocol =>
                    PayloadType.Find(protocol.Protocol, name) is { } type
                        ? (type, protocol)
                        : default((PayloadType, CheckedProtocol)?)
                )
                .FirstOrDefault(found => found is not null)
            : null;
    }

    private async Task CheckPayloadAsync(
        LineReader reader,
        PayloadType type,
        CheckedProtocol protocol,
        CancellationToken cancellationToken
    )
    {
        while (reader.Unread.Length <= reader.MaxLength && await reader.FillAsync(cancellationToken)) { }

        if (reader.Unread.Length > reader.MaxLength)
        {
            _frames.RefuseTooLong("payload", line: 1, reader.MaxLength);
        }
        else
        {
            ProtocolSource source =
                settings.IsProtocolGiven ? ProtocolSource.Option
                : protocol == CheckedProtocol.All[0] ? ProtocolSource.Default
                : ProtocolSource.Frames;
            _frames.CheckPayload(type, protocol, source, reader.Unread);
        }
    }

    private async Task CheckLinesAsync(LineReader reader, Action afterBlock, CancellationToken cancellationToken)
    {
        var log = new LogCheck(_frames, summary, reader.MaxLength, settings.Stations);
        do
        {
            CheckLines(reader, log);
            afterBlock();
        } while (await reader.FillAsync(cancellationToken));

        // A last line without an end.
        CheckLines(reader, log);
        log.Close();
        _frames.Close();
    }

    private static void CheckLines(LineReader reader, LogCheck log)
    {
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            if (reader.IsTooLong)
            {
                log.RefuseTooLong(reader.LineNumber);
            }
            else
            {
                log.Check(line, reader.LineNumber);
            }
        }
    }
}
