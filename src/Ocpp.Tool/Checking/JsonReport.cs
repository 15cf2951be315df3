using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Ocpp.Tool.Checking;

/// <summary>
/// The report for programs: JSON Lines. All that is not ASCII is escaped, control characters with it.
/// </summary>
internal sealed class JsonReport(StringBuilder output) : IReport
{
    private readonly ArrayBufferWriter<byte> _line = new();

    public void Violation(in CheckedMessage message, in Finding finding)
    {
        using Utf8JsonWriter json = Begin("violation");
        Write(json, message);
        json.WriteString("errorCode", finding.ErrorCode.ToWireName());
        WriteText(json, "rule", finding.Rule?.ToString());
        WriteText(json, "path", finding.Path);
        WriteNumber(json, "limit", finding.Limit);
        WriteNumber(json, "actual", finding.Actual);
        json.WriteString("text", finding.Text);
        End(json);
    }

    public void Unmatched(in CheckedMessage message)
    {
        using Utf8JsonWriter json = Begin("unmatched");
        Write(json, message);
        End(json);
    }

    public void Summary(Summary summary)
    {
        using Utf8JsonWriter json = Begin("summary");
        json.WriteNumber("frames", summary.Frames);
        json.WriteNumber("valid", summary.Valid);
        json.WriteNumber("invalid", summary.Invalid);
        json.WriteNumber("violations", summary.Violations);
        json.WriteNumber("skippedLines", summary.SkippedLines);
        json.WriteBoolean("interrupted", summary.IsInterrupted);
        json.WriteStartArray("protocols");
        foreach ((string name, ProtocolSource source, long frames) in summary.Protocols)
        {
            json.WriteStartObject();
            json.WriteString("protocol", name);
            json.WriteString("by", source.ToString().ToLowerInvariant());
            json.WriteNumber("frames", frames);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (summary.Candidates.Count > 0)
        {
            json.WriteStartArray("candidates");
            foreach (string candidate in summary.Candidates)
            {
                json.WriteStringValue(candidate);
            }

            json.WriteEndArray();
        }

        if (summary.Signed > 0)
        {
            json.WriteNumber("signed", summary.Signed);
        }

        json.WriteStartArray("actions");
        foreach ((string action, MessageCount count) in summary.Actions)
        {
            json.WriteStartObject();
            json.WriteString("action", action);
            Write(json, count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "unknownAction", summary.UnknownAction);
        Write(json, "unreadable", summary.Unreadable);
        Write(json, "unmatched", summary.Unmatched);
        End(json);
    }

    private Utf8JsonWriter Begin(string kind)
    {
        _line.ResetWrittenCount();
        var json = new Utf8JsonWriter(_line);
        json.WriteStartObject();
        json.WriteString("kind", kind);
        return json;
    }

    private void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.Flush();
        output.Append(Encoding.UTF8.GetString(_line.WrittenSpan)).Append('\n');
    }

    private static void Write(Utf8JsonWriter json, in CheckedMessage message)
    {
        json.WriteString("file", message.File);
        json.WriteNumber("line", message.Line);
        WriteText(json, "station", message.Station);
        WriteText(json, "messageType", message.Type?.ToString().ToUpperInvariant());
        WriteText(json, "action", message.Action);
        WriteText(json, "messageId", message.MessageId);
        if (message.IsSigned)
        {
            json.WriteBoolean("signed", true);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, MessageCount count)
    {
        json.WriteStartObject(name);
        Write(json, count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MessageCount count)
    {
        json.WriteNumber("frames", count.Frames);
        json.WriteNumber("valid", count.Valid);
        json.WriteNumber("invalid", count.Invalid);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
