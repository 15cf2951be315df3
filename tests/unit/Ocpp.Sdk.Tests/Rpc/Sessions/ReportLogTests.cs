using Microsoft.Extensions.Logging;
using Ocpp.Rpc;
using Ocpp.Testing;

namespace Ocpp.Tests.Rpc.Sessions;

/// <summary>A peer that repeats its mistake does not fill the log.</summary>
public sealed class ReportLogTests : IDisposable
{
    private readonly TestLog _log = new();
    private readonly OcppTestClock _clock = new();
    private readonly ReportLog _reports;

    public ReportLogTests() => _reports = new ReportLog(_log, _clock, "CS-1");

    public void Dispose() => _log.Dispose();

    [Fact]
    public void The_first_of_a_kind_is_logged_and_those_of_the_same_minute_are_counted()
    {
        _reports.Add(Report("1"));
        _clock.Advance(TimeSpan.FromSeconds(59));
        _reports.Add(Report("2"));
        Assert.Equal(["CS-1: InvalidRequest: Heartbeat, message id 1"], Texts);

        _reports.Add(Report("3"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _reports.Add(Report("4"));
        Assert.Equal("CS-1: 2 more of InvalidRequest, the last: InvalidRequest: Heartbeat, message id 3", Texts[1]);

        _reports.End();
        Assert.Equal("CS-1: 1 more of InvalidRequest, the last: InvalidRequest: Heartbeat, message id 4", Texts[2]);
        _reports.End();
        Assert.Equal(3, Texts.Length);
    }

    [Fact]
    public void After_a_minute_without_another_the_next_is_logged_at_once()
    {
        _reports.Add(Report("1"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        _reports.Add(Report("2"));
        _clock.Advance(TimeSpan.FromSeconds(59));
        _reports.Add(Report("3"));

        Assert.Equal(
            ["CS-1: InvalidRequest: Heartbeat, message id 1", "CS-1: InvalidRequest: Heartbeat, message id 2"],
            Texts
        );
    }

    [Theory]
    [InlineData(OcppReportKind.DeviationAccepted, LogLevel.Information)]
    [InlineData(OcppReportKind.InvalidRequest, LogLevel.Warning)]
    [InlineData(OcppReportKind.HandlerFailed, LogLevel.Error)]
    [InlineData(OcppReportKind.HandlerTimedOut, LogLevel.Error)]
    [InlineData(OcppReportKind.InvalidHandlerResponse, LogLevel.Error)]
    public void A_report_and_the_sum_of_those_that_follow_have_the_level_of_their_kind(
        OcppReportKind kind,
        LogLevel level
    )
    {
        var failure = new InvalidOperationException();
        _reports.Add(new OcppReport(kind, "1", "Heartbeat") { Exception = failure });
        _reports.Add(new OcppReport(kind, "2", "Heartbeat") { Exception = failure });
        _reports.End();

        Assert.Equal(
            [(3, level, failure), (7, level, null)],
            _log.Lines.Select(line => (line.EventId, line.Level, line.Exception))
        );
    }

    [Fact]
    public void Failures_of_handlers_are_counted_by_action_and_other_reports_by_kind()
    {
        foreach (string action in (string[])["Heartbeat", "Reset"])
        {
            _reports.Add(new OcppReport(OcppReportKind.HandlerFailed, "1", action));
            _reports.Add(new OcppReport(OcppReportKind.InvalidRequest, "1", action));
        }

        Assert.Equal(
            [
                "CS-1: HandlerFailed: Heartbeat, message id 1",
                "CS-1: InvalidRequest: Heartbeat, message id 1",
                "CS-1: HandlerFailed: Reset, message id 1",
            ],
            Texts
        );
    }

    private string[] Texts => [.. _log.Lines.Select(line => line.Text)];

    private static OcppReport Report(string id) => new(OcppReportKind.InvalidRequest, id, "Heartbeat");
}
