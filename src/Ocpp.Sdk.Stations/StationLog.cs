using Microsoft.Extensions.Logging;

namespace Ocpp.Stations;

/// <summary>What the parts of a station log. Nothing of a payload is among it.</summary>
internal static partial class StationLog
{
    [LoggerMessage(400, LogLevel.Information, "Queue of messages: {Report}")]
    public static partial void QueueReported(ILogger logger, MessageQueueReport report);

    [LoggerMessage(401, LogLevel.Warning, "Queue of messages: {Report}")]
    public static partial void QueueReportedProblem(ILogger logger, Exception? exception, MessageQueueReport report);

    [LoggerMessage(404, LogLevel.Error, "A callback of the application failed")]
    public static partial void CallbackFailed(ILogger logger, Exception exception);
}
