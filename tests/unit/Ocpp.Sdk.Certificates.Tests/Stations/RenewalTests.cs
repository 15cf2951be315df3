using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A03.FR.02: the station asks for a new certificate by itself.</summary>
public sealed class RenewalTests : StationTest
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(MessageTriggerEnumType.SignChargingStationCertificate, CertificateUses.CsmsConnection)]
    [InlineData(MessageTriggerEnumType.SignV2GCertificate, CertificateUses.Iso15118)]
    [InlineData(MessageTriggerEnumType.SignCombinedCertificate, CertificateUses.Combined)]
    public async Task A03_FR_02_A_month_before_a_certificate_expires_a_new_one_of_its_type_is_asked_for(
        MessageTriggerEnumType trigger,
        CertificateUses uses
    )
    {
        await _station.ObtainAsync(trigger, notAfter: _station.Clock.GetUtcNow().AddDays(365));

        await _station.AdvanceAsync(TimeSpan.FromDays(335) - s_second);
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(s_second);

        SignCertificateRequest request = await _station.NextCsrAsync();
        Assert.Equal(uses.ToCertificateType(), request.CertificateType);
        Assert.NotEqual(await CurrentKeyAsync(uses), StationBench.KeyOf(request));
        Assert.Equal(
            await CurrentKeyAsync(uses),
            (await _station.UntilAsync(StationCertificateReportKind.RenewalDue)).KeyId
        );
        await _station.DeliverAsync(_station.Chain(request), uses);
        await _station.UntilAsync(StationCertificateReportKind.InUse);
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
    }

    [Fact]
    public async Task After_a_restart_within_the_month_it_is_asked_for_at_once_and_only_once()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(365));
        await _station.StopAsync();
        _station.Clock.Advance(TimeSpan.FromDays(350));

        await _station.ConnectAsync();
        SignCertificateRequest request = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.RestartAsync();

        await _station.AssertNothingSentAsync();
        await _station.AssertKeysAsync(StationBench.KeyOf(request), await CurrentKeyAsync(StationBench.Station));
    }

    [Fact]
    public async Task A_rejected_renewal_is_tried_again_a_day_later_with_a_new_key()
    {
        _station.AnswerToCsr = (_, _) =>
            Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted });
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(31));
        _station.AnswerToCsr = (_, _) =>
            Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Rejected });
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        SignCertificateRequest rejected = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestRejected);
        await _station.AssertKeysAsync(await CurrentKeyAsync(StationBench.Station));

        await _station.AdvanceAsync(TimeSpan.FromDays(1) - s_second);
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(s_second);
        Assert.NotEqual(rejected.Csr, (await _station.NextCsrAsync()).Csr);
    }

    [Fact]
    public async Task While_a_request_of_the_type_waits_no_other_is_begun()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(31));
        SignCertificateRequest triggered = await _station.TriggerForCsrAsync();

        await _station.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(triggered, await _station.NextCsrAsync()); // its repeat
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.AssertNothingSentAsync();
        Assert.DoesNotContain(StationCertificateReportKind.RenewalDue, _station.ReportKinds);
    }

    [Fact]
    public async Task A02_FR_19_After_giving_up_it_is_not_renewed_until_a_trigger_even_after_a_restart()
    {
        _station.Configure = options => options with { CertSigningRepeatTimes = 0 };
        await _station.RestartAsync();
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(31));
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        await _station.UntilAsync(StationCertificateReportKind.GaveUp);

        await _station.AdvanceAsync(TimeSpan.FromDays(2));
        await _station.AssertNothingSentAsync();
        await _station.RestartAsync();
        await _station.AssertNothingSentAsync();

        // The trigger's own is rejected, but the stop is over.
        _station.AnswerToCsr = (_, _) =>
            Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Rejected });
        await _station.TriggerAsync();
        await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestRejected);
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        await _station.NextCsrAsync();
    }

    [Fact]
    public async Task A02_FR_20_After_a_refused_chain_it_is_not_renewed_until_a_trigger()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(31));
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        SignCertificateRequest request = await _station.NextCsrAsync();
        await _station.DeliverAsync(_station.Chain(request, notAfter: _station.Clock.GetUtcNow()));
        await _station.NextEventAsync();

        await _station.AdvanceAsync(TimeSpan.FromDays(3));
        await _station.AssertNothingSentAsync();
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(60));

        await _station.AdvanceAsync(TimeSpan.FromDays(30));
        await _station.NextCsrAsync();
    }

    [Fact]
    public async Task After_falling_back_it_is_tried_again_a_day_later()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(31));
        PublicKeyId old = await CurrentKeyAsync(StationBench.Station);
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        SignCertificateRequest request = await _station.NextCsrAsync();
        _station.Accepts = options => PublicKeyId.Of(options.ClientCertificate!.PublicKey) == old;
        await _station.DeliverAsync(_station.Chain(request));
        await _station.UntilAsync(StationCertificateReportKind.FellBack);
        await _station.NextEventAsync();

        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.NotEqual(request.Csr, (await _station.NextCsrAsync()).Csr);
    }

    [Fact]
    public async Task A_certificate_that_lives_shorter_than_a_month_is_renewed_once_a_day_and_not_without_end()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(10));
        SignCertificateRequest request = await _station.NextCsrAsync(); // at once, for it is within the month
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.DeliverAsync(_station.Chain(request, notAfter: _station.Clock.GetUtcNow().AddDays(10)));
        await _station.UntilAsync(StationCertificateReportKind.InUse);
        await _station.WhenConnectedAsync();

        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(TimeSpan.FromDays(1));
        await _station.NextCsrAsync();
    }

    [Fact]
    public async Task A_certificate_that_lives_shorter_than_a_day_is_renewed_half_way()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddHours(10));
        SignCertificateRequest request = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.DeliverAsync(_station.Chain(request, notAfter: _station.Clock.GetUtcNow().AddHours(10)));
        await _station.UntilAsync(StationCertificateReportKind.InUse);
        await _station.WhenConnectedAsync();

        await _station.AdvanceAsync(TimeSpan.FromHours(5) - s_second);
        await _station.AssertNothingSentAsync();
        await _station.AdvanceAsync(s_second);
        await _station.NextCsrAsync();
    }

    [Fact]
    public async Task No_timer_is_longer_than_the_system_takes()
    {
        var clock = new LimitedClock(_station.Clock);
        _station.Configure = options => options with { TimeProvider = clock };
        await _station.RestartAsync();

        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddYears(10));

        Assert.InRange(clock.Longest, s_second, TimeSpan.FromDays(49));
    }

    private async Task<PublicKeyId> CurrentKeyAsync(CertificateUses uses)
    {
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(uses);
        return PublicKeyId.Of(current!.Certificate.PublicKey);
    }

    /// <summary>Remembers the longest timer: that of the system refuses more than 49 days.</summary>
    private sealed class LimitedClock(TimeProvider clock) : TimeProvider
    {
        public TimeSpan Longest { get; private set; }

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, clock.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(LimitedClock owner, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                owner.Longest = dueTime > owner.Longest ? dueTime : owner.Longest;
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
