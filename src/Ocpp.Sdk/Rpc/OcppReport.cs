using Ocpp.Security;

namespace Ocpp.Rpc;

/// <summary>An event of a session that is not reported to any caller. Holds no data of a payload.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="MessageId">The id of the message as the peer sent it, where it has one.</param>
/// <param name="Action">The action, where the protocol has it.</param>
public sealed record OcppReport(OcppReportKind Kind, string? MessageId = null, string? Action = null)
{
    /// <summary>The broken rule, where there is one.</summary>
    public OcppViolation? Violation { get; init; }

    /// <summary>What a handler threw, or why its response was not sent.</summary>
    public Exception? Exception { get; init; }

    /// <summary>More in words, for a log; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>
    /// The report as a line for a log; what the peer sent is in it as <see cref="PrintableText"/> makes it.
    /// </summary>
    public override string ToString()
    {
        string detail = Violation?.ToString() ?? (Exception is null ? Detail : Exception.GetType().Name);
        string action = PrintableText.Of(Action ?? "no action");
        string messageId = PrintableText.Of(MessageId ?? "none");
        return $"{Kind}: {action}, message id {messageId}{(detail.Length == 0 ? "" : ": " + PrintableText.Of(detail))}";
    }
}
