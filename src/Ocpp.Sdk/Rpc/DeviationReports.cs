using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ocpp.Rpc;

/// <summary>
/// Options for reading with which the session that reads reports deviations. They are made once for all sessions with
/// the same options, not for each message: most messages have no deviation to report. A payload is read on one thread,
/// which knows what it reads.
/// </summary>
internal static class DeviationReports
{
    private static readonly ConditionalWeakTable<OcppReadOptions, OcppReadOptions> s_reporting = [];

    [ThreadStatic]
    private static (OcppSession Session, string Action, string MessageId) t_read;

    /// <summary>The options with which a session is about to read a payload.</summary>
    public static OcppReadOptions Begin(OcppReadOptions options, OcppSession session, string action, string messageId)
    {
        t_read = (session, action, messageId);
        return s_reporting.GetValue(options, Create);
    }

    /// <summary>Lets go what was read.</summary>
    public static void End() => t_read = default;

    private static OcppReadOptions Create(OcppReadOptions options) =>
        options with
        {
            DeviationAccepted = violation =>
            {
                (OcppSession Session, string Action, string MessageId) read = t_read;
                options.DeviationAccepted?.Invoke(violation);
                read.Session.Report(
                    new OcppReport(OcppReportKind.DeviationAccepted, read.MessageId, read.Action)
                    {
                        Violation = violation,
                    }
                );

                // The callbacks may have had another session read.
                t_read = read;
            },
            UnlistedDeviationsAccepted = count =>
            {
                (OcppSession Session, string Action, string MessageId) read = t_read;
                options.UnlistedDeviationsAccepted?.Invoke(count);
                read.Session.Report(
                    new OcppReport(OcppReportKind.DeviationAccepted, read.MessageId, read.Action)
                    {
                        Detail = string.Create(CultureInfo.InvariantCulture, $"{count} further deviations."),
                    }
                );
            },
        };
}
