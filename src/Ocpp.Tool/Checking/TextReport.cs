using System.Globalization;
using System.Text;
using Ocpp.Rpc;
using Ocpp.Security;

namespace Ocpp.Tool.Checking;

/// <summary>The report for people: a line a violation, in the form that editors and grep know, and a table.</summary>
internal sealed class TextReport(StringBuilder output) : IReport
{
    public void Violation(in CheckedMessage message, in Finding finding)
    {
        output.Append(
            CultureInfo.InvariantCulture,
            $"{PrintableText.Of(message.File, int.MaxValue)}:{message.Line}: {Describe(message)}: "
        );
        output.Append(finding.ErrorCode.ToWireName()).Append(": ").Append(finding.Text);
        output.Append(finding.Rule is { } rule ? $" [{rule}]\n" : "\n");
    }

    public void Unmatched(in CheckedMessage message)
    {
        // Where a log holds one direction only, each answer would be a line: people get the count.
    }

    public void Summary(Summary summary)
    {
        List<(string Name, MessageCount Count)> rows = [.. summary.Actions];
        rows.AddRange(
            ((string, MessageCount)[])
                [
                    ("(unknown action)", summary.UnknownAction),
                    ("(unreadable frame)", summary.Unreadable),
                    ("(unmatched answer)", summary.Unmatched),
                ]
        );
        rows.RemoveAll(row => row.Count.Frames == 0);
        int width = rows.Select(row => row.Name.Length).Append("total".Length).Max();
        Row("", "frames", "valid", "invalid");
        foreach ((string name, MessageCount count) in rows)
        {
            Row(name, count.Frames, count.Valid, count.Invalid);
        }

        Row("total", summary.Frames, summary.Valid, summary.Invalid);
        string[] protocols = [.. summary.Protocols.Select(Describe)];
        if (protocols.Length > 0)
        {
            output.Append("protocol: ").AppendJoin("; ", protocols).Append('\n');
        }

        if (summary.Candidates.Count > 0)
        {
            output
                .Append("protocol not certain: frames fit ")
                .AppendJoin(", ", summary.Candidates)
                .Append("; choose one with --protocol\n");
        }

        if (summary.Signed > 0)
        {
            output.Append(CultureInfo.InvariantCulture, $"signed: {summary.Signed}; signatures were not verified\n");
        }

        output.Append(
            CultureInfo.InvariantCulture,
            $"violations: {summary.Violations}; skipped lines: {summary.SkippedLines}\n"
        );
        if (summary.IsInterrupted)
        {
            output.Append("interrupted: the rest was not checked\n");
        }

        void Row(string name, object frames, object valid, object invalid) =>
            output.Append(
                CultureInfo.InvariantCulture,
                $"{name.PadRight(width)}  {frames, 10}  {valid, 10}  {invalid, 10}\n"
            );
    }

    private static string Describe((string Name, ProtocolSource Source, long Frames) protocol)
    {
        string source = protocol.Source switch
        {
            ProtocolSource.Option => "as --protocol says",
            ProtocolSource.Log => "as the log says",
            ProtocolSource.Frames => "as its frames show",
            _ => "by default",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{protocol.Name} {source} ({protocol.Frames} frame{(protocol.Frames == 1 ? "" : "s")})"
        );
    }

    private static string Describe(in CheckedMessage message)
    {
        string kind = (message.IsSigned ? "signed " : "") + KindOf(message.Type);
        string station = message.Station is { } name ? $"{PrintableText.Of(name)}: " : "";
        string named = message.Action is { } action
            ? $"{station}{PrintableText.Of(action)} {kind}"
            : $"{station}{kind}";
        return message.MessageId is { } id ? $"{named} \"{PrintableText.Of(id)}\"" : named;
    }

    private static string KindOf(OcppMessageType? type) =>
        type switch
        {
            OcppMessageType.Call => "request",
            OcppMessageType.CallResult => "response",
            OcppMessageType.CallError => "error",
            OcppMessageType.CallResultError => "response error",
            OcppMessageType.Send => "message",
            _ => "frame",
        };
}
