namespace Ocpp;

/// <summary>Something in a session that its owner should know of, and that no caller is told. Holds nothing of a payload.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="MessageId">The id of the message, where it has one.</param>
/// <param name="Action">The action, where it is known.</param>
public sealed record OcppReport(OcppReportKind Kind, string? MessageId = null, string? Action = null)
{
    /// <summary>The broken rule, where there is one.</summary>
    public OcppViolation? Violation { get; init; }

    /// <summary>What a handler threw, or why its response was not sent.</summary>
    public Exception? Exception { get; init; }

    /// <summary>More in words, for a log; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The report as a line for a log.</summary>
    public override string ToString()
    {
        string detail = Violation?.ToString() ?? (Exception is null ? Detail : Exception.GetType().Name);
        return $"{Kind}: {Action ?? "no action"}, message id {MessageId ?? "none"}{(detail.Length == 0 ? "" : ": " + detail)}";
    }
}
