namespace Ocpp.Stations;

/// <summary>Something that happened in a <see cref="MessageQueue"/>. It has nothing of a payload.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Message">The message it is about, without its payload; none if it is about the file.</param>
public sealed record MessageQueueReport(MessageQueueReportKind Kind, QueuedMessage? Message = null)
{
    /// <summary>More in words; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>What failed, where something did.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The report as a line for a log.</summary>
    public override string ToString()
    {
        string message = Message is null ? "" : $", {Message}";
        return $"{Kind}{message}{(Detail.Length == 0 ? "" : ": " + Detail)}";
    }
}
