using Microsoft.Extensions.Logging;

namespace Ocpp.Certificates.Stations;

/// <summary>What a station's certificate service logs. Nothing of a key, a CSR or a chain is among it.</summary>
internal static partial class StationCertificateLog
{
    [LoggerMessage(220, LogLevel.Information, "{SerialNumber}: {Report}")]
    public static partial void Reported(ILogger logger, string serialNumber, StationCertificateReport report);

    [LoggerMessage(221, LogLevel.Warning, "{SerialNumber}: {Report}")]
    public static partial void ReportedProblem(
        ILogger logger,
        Exception? exception,
        string serialNumber,
        StationCertificateReport report
    );
}
