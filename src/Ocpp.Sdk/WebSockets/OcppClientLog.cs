using Microsoft.Extensions.Logging;

namespace Ocpp.WebSockets;

/// <summary>What clients log, beside what their sessions do.</summary>
internal static partial class OcppClientLog
{
    [LoggerMessage(20, LogLevel.Information, "{Identity}: {Change}")]
    public static partial void Changed(ILogger logger, string identity, OcppClientStateChange change);

    /// <summary>
    /// Without the exception itself: what .NET says of a handshake quotes the server's headers as they came.
    /// </summary>
    [LoggerMessage(21, LogLevel.Warning, "{Identity}: {Change} ({Cause})")]
    public static partial void Failed(ILogger logger, string identity, OcppClientStateChange change, string cause);
}
