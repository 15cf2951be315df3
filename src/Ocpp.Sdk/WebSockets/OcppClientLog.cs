using Microsoft.Extensions.Logging;

namespace Ocpp;

/// <summary>What clients log, beside what their sessions do.</summary>
internal static partial class OcppClientLog
{
    [LoggerMessage(20, LogLevel.Information, "{Identity}: {Change}")]
    public static partial void Changed(ILogger logger, string identity, OcppClientStateChange change);

    [LoggerMessage(21, LogLevel.Warning, "{Identity}: {Change}")]
    public static partial void Failed(ILogger logger, Exception exception, string identity, OcppClientStateChange change);
}
