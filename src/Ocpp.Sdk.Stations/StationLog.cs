using Microsoft.Extensions.Logging;
using Ocpp.Stations.DeviceModels;
using Ocpp.Versions;

namespace Ocpp.Stations;

/// <summary>What the parts of a station log. Nothing of a payload is among it.</summary>
internal static partial class StationLog
{
    [LoggerMessage(400, LogLevel.Information, "Queue of messages: {Report}")]
    public static partial void QueueReported(ILogger logger, MessageQueueReport report);

    [LoggerMessage(401, LogLevel.Warning, "Queue of messages: {Report}")]
    public static partial void QueueReportedProblem(ILogger logger, Exception? exception, MessageQueueReport report);

    [LoggerMessage(402, LogLevel.Information, "Registration at the CSMS: {Status}, interval {Interval}")]
    public static partial void Registered(ILogger logger, OcppRegistrationStatus status, TimeSpan interval);

    [LoggerMessage(403, LogLevel.Warning, "A registration or a heartbeat failed")]
    public static partial void CallFailed(ILogger logger, Exception exception);

    [LoggerMessage(405, LogLevel.Error, "The station has no version for {Subprotocol}")]
    public static partial void NoVersion(ILogger logger, string subprotocol);

    [LoggerMessage(404, LogLevel.Error, "A callback of the application failed")]
    public static partial void CallbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(406, LogLevel.Warning, "A report of the device model could not be sent to its end")]
    public static partial void ReportFailed(ILogger logger, Exception exception);

    [LoggerMessage(407, LogLevel.Warning, "What was set of {Variable} does not fit any more, and is not used")]
    public static partial void StoredValueIsInvalid(ILogger logger, DeviceVariable variable);

    [LoggerMessage(408, LogLevel.Error, "Values of the device model could not be saved")]
    public static partial void VariablesNotSaved(ILogger logger, Exception exception);

    [LoggerMessage(409, LogLevel.Warning, "A reading of the meter of EVSE {EvseId} could not be taken, saved or sent")]
    public static partial void ReadingFailed(ILogger logger, Exception exception, int evseId);

    [LoggerMessage(410, LogLevel.Information, "Reset of {What}: {Cause}")]
    public static partial void Resetting(ILogger logger, string what, StationBootCause cause);

    [LoggerMessage(411, LogLevel.Error, "Reset of {What}: attempt {Attempt} failed")]
    public static partial void ResetFailed(ILogger logger, Exception exception, string what, int attempt);
}
