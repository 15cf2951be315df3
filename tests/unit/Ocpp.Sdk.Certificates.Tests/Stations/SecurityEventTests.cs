using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.07, .29: security events reach the CSMS.</summary>
public sealed class SecurityEventTests : StationTest
{
    [Fact]
    public async Task What_the_CSMS_has_not_confirmed_is_sent_again_after_a_restart()
    {
        var noAnswer = new TaskCompletionSource<SecurityEventNotificationResponse>();
        _station.AnswerToEvent = (_, token) => noAnswer.Task.WaitAsync(token);
        await _station.DeliverAsync("no chain");
        SecurityEventNotificationRequest sent = await _station.ReceiveEventAsync();
        _station.AnswerToEvent = (_, _) => Task.FromResult(new SecurityEventNotificationResponse());

        await _station.RestartAsync();
        Assert.Equal(sent, await _station.ReceiveEventAsync());
        Assert.Equal(
            "InvalidChargingStationCertificate",
            (await _station.UntilAsync(StationCertificateReportKind.EventConfirmed)).Detail
        );
        await _station.AssertNothingSentAsync();

        await _station.RestartAsync();
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task After_an_error_it_is_sent_again_and_those_behind_it_in_order()
    {
        _station.AnswerToEvent = (_, _) => throw new OcppCallErrorException(OcppErrorCode.InternalError, "");
        await _station.DeliverAsync("no chain");
        SecurityEventNotificationRequest first = await _station.NextEventAsync();
        Assert.Equal(
            "InvalidChargingStationCertificate: CALLERROR InternalError",
            (await _station.UntilAsync(StationCertificateReportKind.EventUnanswered)).Detail
        );
        _station.Clock.Advance(TimeSpan.FromSeconds(1));
        await _station.DeliverAsync("none either");
        _station.AnswerToEvent = (_, _) => Task.FromResult(new SecurityEventNotificationResponse());

        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(first, await _station.NextEventAsync());
        Assert.Equal(first.Timestamp.AddSeconds(1), (await _station.NextEventAsync()).Timestamp);
    }

    [Fact]
    public async Task A_CSMS_that_takes_no_events_is_not_asked_again()
    {
        _station.AnswerToEvent = (_, _) => throw new OcppCallErrorException(OcppErrorCode.NotSupported, "");
        await _station.DeliverAsync("no chain");
        await _station.NextEventAsync();

        Assert.Equal(
            "InvalidChargingStationCertificate: CALLERROR NotSupported",
            (await _station.UntilAsync(StationCertificateReportKind.EventDropped)).Detail
        );
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task No_more_than_a_hundred_wait()
    {
        var noAnswer = new TaskCompletionSource<SecurityEventNotificationResponse>();
        _station.AnswerToEvent = (_, token) => noAnswer.Task.WaitAsync(token);
        for (int i = 0; i < 101; i++)
        {
            _station.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await _station.DeliverAsync("no chain");
        }

        Assert.Single(_station.ReportKinds, kind => kind == StationCertificateReportKind.EventDropped);
        Assert.Equal(100, new StationStateFile(_station.StateFile).Read()!.Events.Count);
    }
}
