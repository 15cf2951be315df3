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
        (PayloadType? payloadType, bool isObject) = await FindPayloadTypeAsync(reader, cancellationToken);
        if (payloadType is { } type)
        {
            await CheckPayloadAsync(reader, type, cancellationToken);
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

    /// <summary>
    /// Finds out whether the input is a payload, and of what; and whether it begins as a JSON object, as one of JSON
    /// Lines does too.
    /// </summary>
    private async Task<(PayloadType? Type, bool IsObject)> FindPayloadTypeAsync(
        LineReader reader,
        CancellationToken cancellationToken
    )
    {
        if (settings.PayloadType is { } given)
        {
            return (given, true);
        }

        while (
            reader.Unread.TrimStart(FrameStart.WhiteSpace).IsEmpty
            && reader.Unread.Length <= reader.MaxLength
            && await reader.FillAsync(cancellationToken)
        ) { }

        return reader.Unread.TrimStart(FrameStart.WhiteSpace) is [(byte)'{', ..]
            ? (PayloadType.Find(settings.Protocol.Protocol, Path.GetFileNameWithoutExtension(file)), true)
            : (null, false);
    }

    private async Task CheckPayloadAsync(LineReader reader, PayloadType type, CancellationToken cancellationToken)
    {
        while (reader.Unread.Length <= reader.MaxLength && await reader.FillAsync(cancellationToken)) { }

        if (reader.Unread.Length > reader.MaxLength)
        {
            _frames.RefuseTooLong("payload", line: 1, reader.MaxLength);
        }
        else
        {
            _frames.CheckPayload(type, reader.Unread);
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
