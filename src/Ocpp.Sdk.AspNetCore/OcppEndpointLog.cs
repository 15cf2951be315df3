using System.Net;
using Microsoft.Extensions.Logging;

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
}
