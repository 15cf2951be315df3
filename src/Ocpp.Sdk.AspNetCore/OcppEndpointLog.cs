using System.Net;
using Microsoft.Extensions.Logging;
using Ocpp.Versions;

namespace Ocpp.AspNetCore;

/// <summary>What the endpoint logs beside its sessions. An identity is logged only when it is valid.</summary>
internal static partial class OcppEndpointLog
{
    public const string Category = "Ocpp";

    [LoggerMessage(100, LogLevel.Information, "{Identity}: refused: {Status}, {Reason} From {RemoteEndPoint}.")]
    public static partial void Refused(
        ILogger logger,
        string identity,
        string status,
        string reason,
        IPEndPoint? remoteEndPoint
    );

    [LoggerMessage(101, LogLevel.Error, "{Identity}: the connection could not be registered, and is closed.")]
    public static partial void NotRegistered(ILogger logger, Exception exception, string identity);

    [LoggerMessage(102, LogLevel.Information, "{Identity}: the station has taken a new password: {Status}.")]
    public static partial void PasswordSet(ILogger logger, string identity, OcppPasswordStatus status);

    [LoggerMessage(103, LogLevel.Warning, "{Identity}: the station has not taken a new password.")]
    public static partial void PasswordRefused(ILogger logger, string identity);

    [LoggerMessage(
        104,
        LogLevel.Warning,
        "{Identity}: it is not known whether the station has taken a new password: both passwords are accepted."
    )]
    public static partial void PasswordUncertain(ILogger logger, string identity);

    [LoggerMessage(
        105,
        LogLevel.Information,
        "{Identity}: the station uses its new password; earlier ones are refused."
    )]
    public static partial void PasswordUsed(ILogger logger, string identity);

    [LoggerMessage(
        106,
        LogLevel.Error,
        "{Identity}: the station uses its new password; earlier ones could not be dropped, and are still accepted."
    )]
    public static partial void PasswordsNotDropped(ILogger logger, Exception exception, string identity);
}
