using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.17 to .19: the CSR again, when no certificate comes or no answer.</summary>
public sealed class RepeatTests : StationTest
{
    [Fact]
    public async Task A02_FR_17_The_CSR_is_sent_again_the_wait_doubles_A02_FR_18_and_ends_after_the_last_A02_FR_19()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();

        foreach (int seconds in new[] { 60, 120, 240 })
        {
            await _station.AdvanceAsync(TimeSpan.FromSeconds(seconds - 1));
            await _station.AssertNothingSentAsync();
            await _station.AdvanceAsync(TimeSpan.FromSeconds(1));
            Assert.Equal(request, await _station.NextCsrAsync());
            await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        }

        await _station.AdvanceAsync(TimeSpan.FromSeconds(479));
        Assert.DoesNotContain(StationCertificateReportKind.GaveUp, _station.ReportKinds);
        await _station.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(
            StationBench.KeyOf(request),
            (await _station.UntilAsync(StationCertificateReportKind.GaveUp)).KeyId
        );
        await _station.AdvanceAsync(TimeSpan.FromDays(60));
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task Waits_and_repeats_are_those_that_were_set_meanwhile()
    {
        _station.Certificates.CertSigningWaitMinimum = TimeSpan.FromSeconds(10);
        _station.Certificates.CertSigningRepeatTimes = 1;
        SignCertificateRequest request = await _station.TriggerForCsrAsync();

        await _station.AdvanceAsync(TimeSpan.FromSeconds(9));
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(request, await _station.NextCsrAsync());
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.AdvanceAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(
            StationBench.KeyOf(request),
            (await _station.UntilAsync(StationCertificateReportKind.GaveUp)).KeyId
        );
    }

    [Fact]
    public async Task A_request_has_the_organization_that_was_set_meanwhile()
    {
        _station.Certificates.OrganizationName = "Other Charging";

        SignCertificateRequest request = await _station.TriggerForCsrAsync();

        Assert.Equal("Other Charging", TestCsr.Read(request.Csr).Subject.Organization);
        Assert.Throws<ArgumentException>(() => _station.Certificates.OrganizationName = new string('a', 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => _station.Certificates.CertSigningRepeatTimes = -1);
        Assert.Equal("Other Charging", _station.Certificates.OrganizationName);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(45)]
    public async Task A_clock_that_is_set_forward_just_when_the_wait_begins_does_not_prolong_it(int seconds)
    {
        var clock = new LeapingClock(_station.Clock);
        _station.Configure = options => options with { TimeProvider = clock };
        await _station.RestartAsync();
        Task leapt = clock.LeapBefore(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(seconds));

        await _station.TriggerAsync(MessageTriggerEnumType.SignChargingStationCertificate);
        SignCertificateRequest request = await _station.NextCsrAsync();
        await leapt;
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60 - seconds));

        Assert.Equal(request, await _station.NextCsrAsync());
    }

    [Fact]
    public async Task A02_FR_19_A_certificate_that_comes_after_all_is_taken_and_a_trigger_begins_anew()
    {
        _station.Configure = options => options with { CertSigningRepeatTimes = 0 };
        await _station.RestartAsync();
        SignCertificateRequest late = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        await _station.UntilAsync(StationCertificateReportKind.GaveUp);

        Assert.NotEqual(late.Csr, (await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate)).Csr);
        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(late))).Status
        );
    }

    [Fact]
    public async Task The_back_off_goes_on_after_a_restart()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.RestartAsync();

        await _station.AdvanceAsync(TimeSpan.FromSeconds(119));
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(request, await _station.NextCsrAsync());
    }

    [Fact]
    public async Task While_there_is_no_connection_the_repeat_waits_for_it()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        _station.Accepts = _ => false;
        await _station.LoseConnectionWithoutReturnAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(100));
        _station.Accepts = _ => true;
        await _station.AdvanceAsync(TimeSpan.FromSeconds(400));
        await _station.WhenConnectedAsync();

        Assert.Equal(request, await _station.NextCsrAsync());
    }

    [Fact]
    public async Task What_was_lost_with_the_connection_is_sent_again_at_the_next_and_then_later()
    {
        var noAnswer = new TaskCompletionSource<SignCertificateResponse>();
        _station.AnswerToCsr = (_, token) => noAnswer.Task.WaitAsync(token);
        await _station.TriggerAsync();
        SignCertificateRequest request = await _station.NextCsrAsync();

        await _station.LoseConnectionAsync(() => _station.UntilAsync(StationCertificateReportKind.RequestUnanswered));
        Assert.Equal(request, await _station.NextCsrAsync());

        await _station.LoseConnectionAsync(() => _station.UntilAsync(StationCertificateReportKind.RequestUnanswered));
        _station.AnswerToCsr = (_, _) =>
            Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted });
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(request, await _station.NextCsrAsync());
    }

    [Fact]
    public async Task An_error_for_an_answer_and_no_answer_at_all_count_as_sendings()
    {
        _station.AnswerToCsr = (_, _) => throw new OcppCallErrorException(OcppErrorCode.InternalError, "");
        await _station.TriggerAsync();
        SignCertificateRequest request = await _station.NextCsrAsync();
        Assert.Equal(
            "CALLERROR InternalError",
            (await _station.UntilAsync(StationCertificateReportKind.RequestUnanswered)).Detail
        );

        var noAnswer = new TaskCompletionSource<SignCertificateResponse>();
        _station.AnswerToCsr = (_, token) => noAnswer.Task.WaitAsync(token);
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(request, await _station.NextCsrAsync());
        _station.Clock.Advance(TimeSpan.FromSeconds(30)); // ResponseTimeout
        Assert.Equal(
            nameof(OcppTimeoutException),
            (await _station.UntilAsync(StationCertificateReportKind.RequestUnanswered)).Detail
        );

        _station.AnswerToCsr = (_, _) =>
            Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted });
        await _station.AdvanceAsync(TimeSpan.FromSeconds(119));
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(request, await _station.NextCsrAsync());
    }

    [Fact]
    public async Task What_was_never_sent_is_sent_after_a_restart()
    {
        await _station.StopAsync();
        await _station.OpenAsync();
        PublicKeyId key = await _station.Certificates.RequestAsync(CertificateUses.Combined);
        await _station.RestartWithoutClientAsync();

        await _station.ConnectAsync();

        SignCertificateRequest request = await _station.NextCsrAsync();
        Assert.Equal((key, null), (StationBench.KeyOf(request), request.CertificateType));
    }

    [Fact]
    public void A_wait_does_not_overflow()
    {
        var pending = new PendingRequest(TestCsr.Pem(), CertificateUses.Combined) { Sendings = 1_000_000 };

        DateTimeOffset now = _station.Clock.GetUtcNow();
        Assert.Equal(now + TimeSpan.FromDays(3650), pending.Sent(now, TimeSpan.FromDays(3650)).SendAt);
    }
}
