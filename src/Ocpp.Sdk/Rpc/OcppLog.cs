using Microsoft.Extensions.Logging;

namespace Ocpp.Rpc;

/// <summary>What sessions log. Nothing of a payload is among it.</summary>
internal static partial class OcppLog
{
    [LoggerMessage(1, LogLevel.Information, "{Identity}: connected, {Protocol}, {Connection}")]
    public static partial void Connected(ILogger logger, string identity, string protocol, OcppConnection connection);

    [LoggerMessage(2, LogLevel.Information, "{Identity}: disconnected: {Reason}")]
    public static partial void Disconnected(ILogger logger, string identity, OcppCloseReason reason);

    [LoggerMessage(EventId = 3, Message = "{Identity}: {Report}")]
    public static partial void Reported(
        ILogger logger,
        LogLevel level,
        Exception? exception,
        string identity,
        OcppReport report
    );

    [LoggerMessage(4, LogLevel.Debug, "{Identity}: {Direction} {Type}, {Size} bytes")]
    public static partial void Frame(ILogger logger, string identity, string direction, OcppMessageType type, int size);

    [LoggerMessage(5, LogLevel.Error, "{Subject}: a callback of the application threw an exception")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, string subject);

    [LoggerMessage(6, LogLevel.Error, "{Identity}: the session failed")]
    public static partial void Failed(ILogger logger, Exception exception, string identity);

    [LoggerMessage(EventId = 7, Message = "{Identity}: {Count} more of {Kind}, the last: {Report}")]
    public static partial void ReportedAgain(
        ILogger logger,
        LogLevel level,
        string identity,
        int count,
        OcppReportKind kind,
        OcppReport report
    );

    [LoggerMessage(8, LogLevel.Error, "the wire log can't be written; its lines are dropped until it can")]
    public static partial void WireLogFailed(ILogger logger, Exception exception);
}
