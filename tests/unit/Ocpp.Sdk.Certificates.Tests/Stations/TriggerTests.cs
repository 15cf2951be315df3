using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Signing;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02: from TriggerMessage to the CSMS's answer to SignCertificate.</summary>
public sealed class TriggerTests : StationTest
{
    [Theory]
    [InlineData(MessageTriggerEnumType.SignChargingStationCertificate, CertificateUses.CsmsConnection)]
    [InlineData(MessageTriggerEnumType.SignV2GCertificate, CertificateUses.Iso15118)]
    [InlineData(MessageTriggerEnumType.SignCombinedCertificate, CertificateUses.Combined)]
    public async Task A02_FR_03_A_trigger_is_accepted_and_then_answered_with_a_proper_CSR_of_its_type_A02_FR_13(
        MessageTriggerEnumType trigger,
        CertificateUses uses
    )
    {
        Assert.Equal(TriggerMessageStatusEnumType.Accepted, await _station.TriggerAsync(trigger));

        SignCertificateRequest request = await _station.NextCsrAsync();
        Assert.Equal(uses.ToCertificateType(), request.CertificateType);
        CsrEvaluation verdict = new CsrPolicy { OrganizationName = TestCsr.OrganizationName }.Evaluate(
            request.Csr,
            uses,
            new SigningStation { Names = [TestCsr.SerialNumber, "CS-1"] }
        );
        Assert.Equal("Accepted.", verdict.ToString());
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
        string[] calls = [.. _station.Frames.Where(frame => !frame.Contains("Heartbeat", StringComparison.Ordinal))];
        Assert.Contains("TriggerMessage", calls[0], StringComparison.Ordinal);
        Assert.Contains("\"status\":\"Accepted\"", calls[1], StringComparison.Ordinal);
        Assert.Contains("SignCertificate", calls[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A02_FR_02_Each_trigger_makes_a_new_key_pair_and_several_requests_wait_at_once()
    {
        SignCertificateRequest first = await _station.TriggerForCsrAsync();
        SignCertificateRequest second = await _station.TriggerForCsrAsync();
        SignCertificateRequest third = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);

        await _station.AssertKeysAsync(
            StationBench.KeyOf(first),
            StationBench.KeyOf(second),
            StationBench.KeyOf(third)
        );
        await _station.DeliverAsync(_station.Chain(second), StationBench.Station);
        Assert.Equal(StationBench.KeyOf(second), (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId);
        await _station.WhenConnectedAsync();
        await _station.DeliverAsync(_station.Chain(first), StationBench.Station);
        Assert.Equal(StationBench.KeyOf(first), (await _station.UntilAsync(StationCertificateReportKind.InUse)).KeyId);
        await _station.AssertKeysAsync(StationBench.KeyOf(first), StationBench.KeyOf(third));
    }

    [Fact]
    public async Task Of_five_requests_of_a_type_the_oldest_is_discarded_with_its_key()
    {
        var requests = new List<SignCertificateRequest>
        {
            await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate),
        };
        for (int i = 0; i < 5; i++)
        {
            requests.Add(await _station.TriggerForCsrAsync());
        }

        await _station.AssertKeysAsync([.. requests.Where((_, i) => i != 1).Select(StationBench.KeyOf)]);
        CertificateSignedResponse response = await _station.DeliverAsync(_station.Chain(requests[1]));
        Assert.Equal(CertificateSignedStatusEnumType.Rejected, response.Status);
    }

    [Fact]
    public async Task A_trigger_for_something_else_is_the_applications()
    {
        Assert.Equal(
            TriggerMessageStatusEnumType.NotImplemented,
            await _station.TriggerAsync(MessageTriggerEnumType.Heartbeat)
        );
        _station.OtherTriggers = (request, _) =>
            Task.FromResult(
                new TriggerMessageResponse
                {
                    Status =
                        request.RequestedMessage == MessageTriggerEnumType.Heartbeat
                            ? TriggerMessageStatusEnumType.Accepted
                            : TriggerMessageStatusEnumType.Rejected,
                }
            );
        await _station.RestartAsync();

        Assert.Equal(
            TriggerMessageStatusEnumType.Accepted,
            await _station.TriggerAsync(MessageTriggerEnumType.Heartbeat)
        );
        Assert.Equal(
            TriggerMessageStatusEnumType.Rejected,
            await _station.TriggerAsync(MessageTriggerEnumType.MeterValues)
        );
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task A_rejected_request_is_discarded_with_its_key_and_not_retried()
    {
        _station.AnswerToCsr = (_, _) =>
            Task.FromResult(new SignCertificateResponse { Status = GenericStatusEnumType.Rejected });
        await _station.TriggerAsync();
        SignCertificateRequest request = await _station.NextCsrAsync();

        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.RequestRejected);

        Assert.Equal(
            (StationBench.KeyOf(request), StationBench.Station, "The CSMS answered Rejected."),
            (report.KeyId, report.Uses, report.Detail)
        );
        Assert.Contains(
            new StationCertificateReport(StationCertificateReportKind.RequestSent, report.KeyId, report.Uses),
            _station.AllReports
        );
        await _station.AssertKeysAsync();
        await _station.AdvanceAsync(TimeSpan.FromDays(40));
        await _station.AssertNothingSentAsync();
    }

    [Theory]
    [InlineData(OcppErrorCode.NotImplemented)]
    [InlineData(OcppErrorCode.NotSupported)]
    public async Task A_CSMS_that_does_not_sign_is_as_one_that_rejects(OcppErrorCode code)
    {
        _station.AnswerToCsr = (_, _) => throw new OcppCallErrorException(code, "secret words");
        await _station.TriggerAsync();
        await _station.NextCsrAsync();

        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.RequestRejected);

        Assert.Equal($"CALLERROR {code}", report.Detail);
        await _station.AssertKeysAsync();
        Assert.DoesNotContain(
            _station.Log.Of("").Where(line => line.Contains("Request", StringComparison.Ordinal)),
            line => line.Contains("secret words", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_application_can_ask_by_itself()
    {
        PublicKeyId key = await _station.Certificates.RequestAsync(StationBench.V2G);

        SignCertificateRequest request = await _station.NextCsrAsync();
        Assert.Equal((key, StationBench.V2G), (StationBench.KeyOf(request), request.CertificateType.ToUses()));
    }

    [Fact]
    public async Task When_the_key_store_fails_the_application_is_told_and_a_trigger_is_reported()
    {
        await _station.StopAsync();
        _station.Keys = new BrokenKeyStore();
        await _station.ConnectAsync();

        await Assert.ThrowsAsync<IOException>(() => _station.Certificates.RequestAsync(StationBench.V2G));
        await _station.TriggerAsync();

        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.RequestFailed);
        Assert.IsType<IOException>(report.Exception);
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task What_the_call_back_throws_does_not_harm()
    {
        _station.Reported = _ => throw new InvalidOperationException("of the call-back");

        await _station.ObtainAsync();

        Assert.Contains(
            _station.Log.Of(""),
            line => line.Contains("a callback of the application threw", StringComparison.Ordinal)
        );
    }

    private sealed class BrokenKeyStore : IStationKeyStore
    {
        public ValueTask<IStationKey> CreateAsync(
            StationKeyAlgorithm algorithm,
            CancellationToken cancellationToken = default
        ) => throw new IOException("No space left on device.");

        public ValueTask<IStationKey?> FindAsync(PublicKeyId id, CancellationToken cancellationToken = default) =>
            new((IStationKey?)null);

        public ValueTask<IReadOnlyList<PublicKeyId>> ListAsync(CancellationToken cancellationToken = default) =>
            new([]);

        public ValueTask DiscardAsync(PublicKeyId id, CancellationToken cancellationToken = default) => default;
    }
}
