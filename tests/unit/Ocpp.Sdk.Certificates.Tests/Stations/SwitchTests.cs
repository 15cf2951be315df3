using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.08, .10, .28 and .29: from the accepted certificate to the connection with it, or back.</summary>
public sealed class SwitchTests : StationTest
{
    [Fact]
    public async Task A02_FR_08_The_station_reconnects_at_once_with_the_new_certificate_and_without_its_password()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();

        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request), StationBench.Station)).Status
        );
        await _station.UntilAsync(StationCertificateReportKind.InUse);

        OcppClientOptions[] tries = [.. _station.Tries];
        Assert.Equal(2, tries.Length);
        Assert.Equal((null, "0123456789abcdef"), (tries[0].ClientCertificate, tries[0].Password));
        Assert.Null(tries[1].Password);
        Assert.True(tries[1].ClientCertificate!.HasPrivateKey);
        Assert.Equal(StationBench.KeyOf(request), PublicKeyId.Of(tries[1].ClientCertificate!.PublicKey));
        Assert.Equal(["CN=Test Issuing CA"], tries[1].ClientCertificateIntermediates!.Select(one => one.Subject));
        Assert.Same(tries[1], _station.Client.Options);
        await _station.WhenConnectedAsync();
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task A02_FR_10_Once_connected_the_old_key_is_discarded_and_no_sooner()
    {
        await _station.ObtainAsync();
        PublicKeyId old = Assert.Single(await _station.Keys.ListAsync());
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        int keysAtTheTry = 0;
        _station.Accepts = _ =>
        {
            keysAtTheTry = Directory
                .GetFiles(Path.Combine(Path.GetDirectoryName(_station.StateFile)!, "../keys"))
                .Length;
            return true;
        };

        await _station.DeliverAsync(_station.Chain(request));
        Assert.Equal(
            StationBench.KeyOf(request),
            (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId
        );

        Assert.Equal(2, keysAtTheTry);
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
        Assert.Contains(
            _station.AllReports,
            report => report.Kind == StationCertificateReportKind.Discarded && report.KeyId == old
        );
    }

    [Fact]
    public async Task A02_FR_28_When_it_can_not_connect_it_is_back_with_the_old_one_and_reports_it_A02_FR_29()
    {
        await _station.ObtainAsync();
        PublicKeyId old = Assert.Single(await _station.Keys.ListAsync());
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        PublicKeyId renewed = StationBench.KeyOf(request);
        _station.Accepts = options => PublicKeyId.Of(options.ClientCertificate!.PublicKey) != renewed;

        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await _station.DeliverAsync(_station.Chain(request))).Status
        );

        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.FellBack);
        Assert.Equal((renewed, "No connection with the new certificate: TlsFailed."), (report.KeyId, report.Detail));
        SecurityEventNotificationRequest sent = await _station.NextEventAsync();
        Assert.Equal(
            ("DiscardedRenewedClientCertificate", "No connection with the new certificate: TlsFailed."),
            (sent.Type, sent.TechInfo)
        );
        Assert.Equal(old, PublicKeyId.Of(_station.Client.Options.ClientCertificate!.PublicKey));
        await _station.AssertKeysAsync(old);
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(StationBench.Station);
        Assert.Equal(old, PublicKeyId.Of(current!.Certificate.PublicKey));
    }

    [Fact]
    public async Task A_certificate_that_comes_while_the_station_switches_to_another_is_switched_to_afterwards()
    {
        SignCertificateRequest first = await _station.TriggerForCsrAsync();
        SignCertificateRequest second = await _station.TriggerForCsrAsync();

        // Two frames at once, as no session sends them: the second is handled while the first one's certificate is
        // taken. What is received after the switch, on the connection before, is lost with it.
        var accepted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _station.Connectable = accepted.Task;
        _station.Reported = report =>
        {
            if (report.Kind == StationCertificateReportKind.ChainAccepted && report.KeyId == StationBench.KeyOf(second))
            {
                accepted.TrySetResult();
            }
        };
        foreach (SignCertificateRequest request in new[] { first, second })
        {
            int id = request.Csr.GetHashCode(StringComparison.Ordinal);
            var delivery = new CertificateSignedRequest { CertificateChain = _station.Chain(request) };
            string payload = Encoding.UTF8.GetString(OcppJson.ToUtf8Bytes(delivery));
            await _station.SendRawAsync($"""[2,"{id}","CertificateSigned",{payload}]""");
        }

        Assert.Equal(StationBench.KeyOf(first), (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId);
        Assert.Equal(StationBench.KeyOf(second), (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId);
        await _station.AssertKeysAsync(StationBench.KeyOf(second));
        Assert.Equal(3, _station.Tries.Count);
        Assert.Equal(
            [StationCertificateReportKind.InUse, StationCertificateReportKind.Discarded],
            _station
                .AllReports.Where(report => report.KeyId == StationBench.KeyOf(first))
                .Select(report => report.Kind)
                .TakeLast(2)
        );
    }

    [Fact]
    public async Task A_certificate_whose_answer_was_lost_with_the_connection_is_switched_to_on_the_next()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        string chain = _station.Chain(request);
        _station.Reported = report =>
        {
            if (report.Kind == StationCertificateReportKind.ChainAccepted)
            {
                _station.Cut(); // before the answer is out
            }
        };

        await Assert.ThrowsAsync<OcppConnectionClosedException>(() =>
            _station.Csms.CallAsync(new CertificateSignedRequest { CertificateChain = chain })
        );
        await _station.WhenWaitingAsync();
        _station.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            StationBench.KeyOf(request),
            (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId
        );
        await _station.WhenConnectedAsync();

        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await _station.DeliverAsync(chain)).Status);
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_the_switch_goes_on_with_it()
    {
        await _station.ObtainAsync();
        PublicKeyId old = Assert.Single(await _station.Keys.ListAsync());
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        PublicKeyId renewed = StationBench.KeyOf(request);
        await _station.InterruptSwitchAsync(_station.Chain(request));
        await _station.AssertStoredKeysAsync(old, renewed);
        _station.Tries.Clear();

        await _station.ConnectAsync();
        Assert.Equal(renewed, (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId);

        Assert.Equal(
            [old, renewed],
            _station.Tries.Select(options => PublicKeyId.Of(options.ClientCertificate!.PublicKey))
        );
        await _station.AssertKeysAsync(renewed);
    }

    [Fact]
    public async Task When_the_old_certificate_has_expired_meanwhile_a_restart_begins_with_the_new_one()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(100));
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        PublicKeyId renewed = StationBench.KeyOf(request);
        await _station.InterruptSwitchAsync(_station.Chain(request));
        _station.Clock.Advance(TimeSpan.FromDays(100));
        _station.Tries.Clear();

        await _station.ConnectAsync();
        Assert.Equal(renewed, (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId);

        Assert.Equal(renewed, PublicKeyId.Of(Assert.Single(_station.Tries).ClientCertificate!.PublicKey));
        await _station.AssertKeysAsync(renewed);
    }

    [Fact]
    public async Task Without_a_valid_certificate_the_options_stay_as_they_were()
    {
        await _station.ObtainAsync(notAfter: _station.Clock.GetUtcNow().AddDays(100));
        await _station.StopAsync();
        await _station.OpenAsync();
        Assert.NotNull((await _station.Certificates.ApplyToAsync(_station.Options())).ClientCertificate);

        _station.Clock.Advance(TimeSpan.FromDays(100));

        OcppClientOptions options = _station.Options();
        Assert.Same(options, await _station.Certificates.ApplyToAsync(options));
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(StationBench.Station);
        Assert.NotNull(current);
    }

    [Fact]
    public async Task Over_ws_the_certificate_is_kept_without_reconnecting()
    {
        _station.Url = "ws://csms.example.com/ocpp";
        _station.Configure = options => options with { AllowUnencryptedRequests = true };
        await _station.RestartAsync();
        int tries = _station.Tries.Count;

        await _station.ObtainAsync();

        Assert.Equal(tries, _station.Tries.Count);
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(StationBench.Station);
        Assert.True(current!.Certificate.HasPrivateKey);
        _station.Url = "wss://csms.example.com/ocpp";
        await _station.RestartAsync();
        Assert.NotNull(_station.Client.Options.ClientCertificate);
    }

    [Fact]
    public async Task ConnectWith_has_the_last_word_on_the_options()
    {
        _station.Configure = options =>
            options with
            {
                ConnectWith = (old, certificate) =>
                    old with
                    {
                        ClientCertificate = certificate.Certificate,
                        Url = new Uri("wss://other.example.com/ocpp"),
                    },
            };
        await _station.RestartAsync();

        await _station.ObtainAsync();

        OcppClientOptions used = _station.Client.Options;
        Assert.Equal(("other.example.com", "0123456789abcdef"), (used.Url.Host, used.Password));
    }

    [Fact]
    public async Task When_ConnectWith_throws_the_station_stays_as_it_was_and_tells_of_it()
    {
        _station.Configure = options =>
            options with
            {
                ConnectWith = (_, _) => throw new InvalidOperationException("of the application"),
            };
        await _station.RestartAsync();
        SignCertificateRequest request = await _station.TriggerForCsrAsync();

        await _station.DeliverAsync(_station.Chain(request));

        Assert.IsType<InvalidOperationException>(
            (await _station.UntilAsync(StationCertificateReportKind.FellBack)).Exception
        );
        Assert.Equal(
            ("DiscardedRenewedClientCertificate", "The new certificate could not be used."),
            (await _station.NextEventAsync()) is var sent ? (sent.Type, sent.TechInfo) : default
        );
        await _station.AssertKeysAsync();
    }

    [Fact]
    public async Task A_V2G_certificate_is_kept_for_cars_without_reconnecting_and_the_one_before_is_discarded()
    {
        await _station.ObtainAsync(MessageTriggerEnumType.SignV2GCertificate);
        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.DeliverAsync(_station.Chain(request), StationBench.V2G);
        await _station.UntilAsync(StationCertificateReportKind.InUse);

        Assert.Single(_station.Tries);
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(StationBench.V2G);
        Assert.Equal(StationBench.KeyOf(request), PublicKeyId.Of(current!.Certificate.PublicKey));
        Assert.True(current.Certificate.HasPrivateKey);
        Assert.Equal("CN=Test Issuing CA", Assert.Single<X509Certificate2>(current.Intermediates).Subject);
        Assert.Null(await _station.Certificates.GetCurrentAsync(StationBench.Station));
    }

    [Fact]
    public async Task A_combined_certificate_is_for_both_and_its_key_stays_until_neither_needs_it()
    {
        await _station.ObtainAsync(MessageTriggerEnumType.SignCombinedCertificate);
        PublicKeyId combined = Assert.Single(await _station.Keys.ListAsync());
        Assert.Equal(2, _station.Tries.Count);
        foreach (CertificateUses use in new[] { StationBench.Station, StationBench.V2G })
        {
            using StationCertificate? current = await _station.Certificates.GetCurrentAsync(use);
            Assert.Equal(combined, PublicKeyId.Of(current!.Certificate.PublicKey));
        }

        await _station.ObtainAsync();
        Assert.Contains(combined, await _station.Keys.ListAsync());

        await _station.ObtainAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.Certificates.SettleAsync();
        Assert.DoesNotContain(combined, await _station.Keys.ListAsync());
        Assert.Equal(2, (await _station.Keys.ListAsync()).Count);
    }
}
