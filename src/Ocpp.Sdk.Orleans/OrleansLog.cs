using Microsoft.Extensions.Logging;

namespace Ocpp.Orleans;

/// <summary>What the cluster logs.</summary>
internal static partial class OrleansLog
{
    [LoggerMessage(300, LogLevel.Warning, "{Identity}: the connection could not be registered again; tried later.")]
    public static partial void NotRenewed(ILogger logger, Exception exception, string identity);

    [LoggerMessage(301, LogLevel.Debug, "{Identity}: the end of the connection could not be registered.")]
    public static partial void NotUnregistered(ILogger logger, Exception exception, string identity);

    [LoggerMessage(
        302,
        LogLevel.Warning,
        "Changes of connections could not be sent to {Node}, which no longer gets them."
    )]
    public static partial void WatcherLost(ILogger logger, Exception exception, string node);

    [LoggerMessage(303, LogLevel.Information, "{Count} connections are registered again: {Reason}.")]
    public static partial void Renewing(ILogger logger, int count, string reason);
}
