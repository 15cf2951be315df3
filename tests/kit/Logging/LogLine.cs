using Microsoft.Extensions.Logging;

namespace Ocpp.TestKit;

/// <summary>A line of a log.</summary>
internal sealed record LogLine(string Category, int EventId, LogLevel Level, string Text, Exception? Exception)
{
    /// <summary>The text as a log shows it, followed by the exception.</summary>
    public override string ToString() => Exception is null ? Text : $"{Text} {Exception}";
}
