using Microsoft.Extensions.Logging;

namespace Ocpp.Rpc;

/// <summary>
/// Logs the reports of a session. The first of a kind is logged at once; those that follow it within a minute are
/// counted, and logged together when the minute is over and another one comes, or when the connection ends. So a peer
/// that sends nothing but junk fills no log.
/// </summary>
internal sealed class ReportLog(ILogger logger, TimeProvider clock, string identity)
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(OcppReportKind Kind, string? Action), Entry> _entries = [];
    private long _begun = clock.GetTimestamp();

    /// <summary>Logs a report, or counts it.</summary>
    public void Add(OcppReport report)
    {
        // Failures of handlers are counted by action, of which a protocol has few.
        LogLevel level = LevelOf(report.Kind);
        (OcppReportKind, string?) key = (report.Kind, level == LogLevel.Error ? report.Action : null);
        lock (_entries)
        {
            if (clock.GetElapsedTime(_begun) >= s_window)
            {
                Summarize();
                _begun = clock.GetTimestamp();
            }

            if (_entries.TryGetValue(key, out Entry? entry))
            {
                entry.Count++;
                entry.Last = report;
                return;
            }

            _entries.Add(key, new Entry());
        }

        OcppLog.Reported(logger, level, report.Exception, identity, report);
    }

    /// <summary>Logs what was counted and not yet logged.</summary>
    public void End()
    {
        lock (_entries)
        {
            Summarize();
        }
    }

    /// <summary>Called under the lock. What goes on is only counted in the next minute, too.</summary>
    private void Summarize()
    {
        foreach ((OcppReportKind Kind, string? Action) key in _entries.Keys.ToArray())
        {
            Entry entry = _entries[key];
            if (entry.Count == 0)
            {
                _entries.Remove(key);
                continue;
            }

            LogLevel level = LevelOf(key.Kind);
            OcppLog.ReportedAgain(logger, level, identity, entry.Count, key.Kind, entry.Last!);
            entry.Count = 0;
            entry.Last = null;
        }
    }

    /// <summary>An error is this side's; a deviation that is accepted is not worth a warning.</summary>
    private static LogLevel LevelOf(OcppReportKind kind) =>
        kind switch
        {
            OcppReportKind.DeviationAccepted => LogLevel.Information,
            OcppReportKind.HandlerFailed or OcppReportKind.HandlerTimedOut or OcppReportKind.InvalidHandlerResponse =>
                LogLevel.Error,
            _ => LogLevel.Warning,
        };

    private sealed class Entry
    {
        public int Count { get; set; }

        public OcppReport? Last { get; set; }
    }
}
