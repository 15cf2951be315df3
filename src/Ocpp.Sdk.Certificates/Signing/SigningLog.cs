using Microsoft.Extensions.Logging;

namespace Ocpp.Certificates.Signing;

/// <summary>What a <see cref="SigningService"/> logs: its reports, which hold nothing of a payload.</summary>
internal static partial class SigningLog
{
    [LoggerMessage(200, LogLevel.Information, "{Report}")]
    public static partial void Progress(ILogger logger, SigningReport report);

    [LoggerMessage(201, LogLevel.Warning, "{Report}")]
    public static partial void Problem(ILogger logger, Exception? exception, SigningReport report);

    [LoggerMessage(
        203,
        LogLevel.Warning,
        "Signing request {Id} was claimed by another owner: the transition to {State} is dropped"
    )]
    public static partial void LeaseLost(ILogger logger, long id, Ocpp.Certificates.Storage.SigningRequestState state);
}
