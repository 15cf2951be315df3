using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.Versions;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A02.FR.23, .24, .26 and .27 of OCPP 2.1 at the station, in a version that has their fields.</summary>
public sealed class RequestIdTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly StationBench _station = new();
    private readonly RequestIdStationSigning _version = new();

    public async Task InitializeAsync()
    {
        _station.Configure = options => options with { Versions = [_version] };
        await _station.ConnectAsync();
    }

    public ValueTask DisposeAsync() => _station.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    [Fact]
    public async Task A02_FR_24_Each_request_has_an_id_of_its_own_and_keeps_it_over_repetitions_and_restarts()
    {
        await _station.TriggerForCsrAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(60));
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.RestartAsync();
        await _station.AdvanceAsync(TimeSpan.FromSeconds(120));
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.Certificates.RequestAsync(StationBench.V2G);
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);

        int?[] ids = [.. _version.Submissions.Select(one => one.RequestId)];
        Assert.True(ids[0] > 0);
        Assert.Equal([ids[0], ids[0], ids[0], ids[0] + 1], ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MinValue)]
    public async Task A02_FR_26_A_chain_for_an_unknown_request_is_rejected_and_leaves_the_open_requests_alone(
        int offset
    )
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        int id = LastId();

        Assert.Equal(
            new CertificateSignedResponse
            {
                Status = CertificateSignedStatusEnumType.Rejected,
                StatusInfo = new StatusInfoType
                {
                    ReasonCode = "NotFound",
                    AdditionalInfo = "The station has no open request with this id.",
                },
            },
            await DeliverAsync(request, unchecked(id + offset))
        );

        Assert.Equal(
            "The station has no open request with this id.",
            (await _station.UntilAsync(StationCertificateReportKind.ChainRefused)).Detail
        );
        await _station.AssertNothingSentAsync();
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(request, id)).Status);
    }

    [Fact]
    public async Task A02_FR_26_The_id_of_a_request_that_has_its_certificate_is_not_known_any_more()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(request, LastId())).Status);

        CertificateSignedResponse response = await DeliverAsync(request, LastId());

        Assert.Equal("NotFound", response.StatusInfo?.ReasonCode);
        await _station.AssertKeysAsync(StationBench.KeyOf(request));
    }

    [Fact]
    public async Task A_chain_under_the_id_of_another_request_is_invalid_for_that_one_alone()
    {
        SignCertificateRequest first = await _station.TriggerForCsrAsync();
        SignCertificateRequest second = await _station.TriggerForCsrAsync();

        CertificateSignedResponse response = await DeliverAsync(first, LastId());

        Assert.Equal(
            "The certificate is for a key that the station did not ask for.",
            response.StatusInfo?.AdditionalInfo
        );
        Assert.Equal("InvalidChargingStationCertificate", (await _station.NextEventAsync()).Type);
        Assert.NotEqual(StationBench.KeyOf(first), StationBench.KeyOf(second));
        await _station.AssertKeysAsync(StationBench.KeyOf(first));
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(first, LastId() - 1)).Status);
    }

    [Fact]
    public async Task A02_FR_06_A_chain_that_is_held_is_refused_under_another_requests_id_and_accepted_under_its_own()
    {
        SignCertificateRequest first = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        int id = LastId();
        string chain = _station.Chain(first);
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(chain, id)).Status);
        await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);

        CertificateSignedResponse response = await DeliverAsync(chain, LastId());

        Assert.Equal(CertificateSignedStatusEnumType.Rejected, response.Status);
        Assert.Equal(
            "The certificate is for a key that the station did not ask for.",
            response.StatusInfo?.AdditionalInfo
        );
        Assert.Equal("InvalidChargingStationCertificate", (await _station.NextEventAsync()).Type);
        await _station.AssertKeysAsync(StationBench.KeyOf(first));
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(chain, id)).Status);
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(chain, requestId: null)).Status);
    }

    [Fact]
    public async Task A_chain_without_an_id_is_matched_by_its_key()
    {
        SignCertificateRequest first = await _station.TriggerForCsrAsync();
        await _station.TriggerForCsrAsync();

        Assert.Equal(CertificateSignedStatusEnumType.Accepted, (await DeliverAsync(first, requestId: null)).Status);
    }

    [Fact]
    public async Task A02_FR_27_A_V2G_request_names_the_first_root_of_its_certificate_and_others_name_none()
    {
        using var older = TestAuthority.BelowRoot("Older");
        using var newer = TestAuthority.BelowRoot("Newer");
        _station.Configure = options =>
            options with
            {
                Versions = [_version],
                V2GTrustedRoots = [newer.Root, older.Root],
            };
        await _station.RestartAsync();

        await _station.TriggerForCsrAsync();
        await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);

        Assert.Equal(
            [null, CertificateHash.OfRoot(newer.Root)],
            _version.Submissions.Select(one => one.RootCertificate)
        );
    }

    [Fact]
    public async Task A02_FR_23_A_certificate_for_ISO_15118_20_has_the_SECC_id_as_CN_and_a_place_of_its_own()
    {
        _station.Configure = options => options with { Versions = [_version], SeccId = "DE*EXA*E0001*1" };
        await _station.RestartAsync();
        await _station.ObtainAsync(MessageTriggerEnumType.SignV2GCertificate);
        PublicKeyId key = await _station.Certificates.RequestAsync(CertificateUses.Iso15118Part20);
        SignCertificateRequest request = await NextCsrAfterAsync(key);
        CsrSubmission submission = _version.Submissions.Last();

        Assert.Equal(
            CertificateSignedStatusEnumType.Accepted,
            (await DeliverAsync(request, submission.RequestId)).Status
        );

        Assert.Equal(
            (CertificateUses.Iso15118Part20, "DE*EXA*E0001*1"),
            (submission.Uses, TestCsr.Read(submission.Csr).Subject.CommonName)
        );
        using StationCertificate? part2 = await _station.Certificates.GetCurrentAsync(CertificateUses.Iso15118);
        using StationCertificate? part20 = await _station.Certificates.GetCurrentAsync(CertificateUses.Iso15118Part20);
        Assert.NotEqual(key, PublicKeyId.Of(part2!.Certificate.PublicKey));
        Assert.Equal(key, PublicKeyId.Of(part20!.Certificate.PublicKey));
        await _station.RestartAsync();
        await _station.AssertKeysAsync(key, PublicKeyId.Of(part2.Certificate.PublicKey));
    }

    [Theory]
    [InlineData(CertificateUses.None)]
    [InlineData(CertificateUses.CsmsConnection | CertificateUses.Iso15118Part20)]
    public async Task Uses_that_no_version_has_a_certificate_for_cannot_be_requested(CertificateUses uses)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _station.Certificates.RequestAsync(uses));
        await _station.AssertNothingSentAsync();
        await _station.AssertKeysAsync();
    }

    [Theory]
    [InlineData("\"lastRequestId\": ", "\"lastRequestId\": -")]
    [InlineData("\"requestId\": ", "\"requestId\": -")]
    public async Task A_state_with_a_negative_id_is_damaged(string part, string damage)
    {
        await _station.TriggerForCsrAsync();
        await _station.StopAsync();
        string whole = await File.ReadAllTextAsync(_station.StateFile);
        string damaged = whole.Replace(part, damage, StringComparison.Ordinal);
        Assert.NotEqual(whole, damaged);
        await File.WriteAllTextAsync(_station.StateFile, damaged);

        await Assert.ThrowsAsync<InvalidDataException>(_station.OpenAsync);
    }

    [Fact]
    public void The_next_id_is_positive_and_not_that_of_an_open_request()
    {
        StationState last = StationState.Empty with
        {
            LastRequestId = int.MaxValue,
            Pending = [new PendingRequest(TestCsr.Pem(), StationBench.Station) { RequestId = 1 }],
        };

        Assert.Equal(2, last.NextRequestId);
        Assert.True(StationState.Empty.NextRequestId > 0);
    }

    private int LastId() => _version.Submissions.Last().RequestId!.Value;

    private async Task<SignCertificateRequest> NextCsrAfterAsync(PublicKeyId key)
    {
        SignCertificateRequest request;
        do
        {
            request = await _station.NextCsrAsync();
        } while (StationBench.KeyOf(request) != key);

        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        return request;
    }

    private Task<CertificateSignedResponse> DeliverAsync(SignCertificateRequest request, int? requestId) =>
        DeliverAsync(_station.Chain(request), requestId);

    private async Task<CertificateSignedResponse> DeliverAsync(string chain, int? requestId)
    {
        CertificateSignedResponse response = await _station.Csms.CallAsync(
            new CertificateSignedRequest { CertificateChain = chain, CustomData = requestId.ToCustomData() }
        );
        await _station.Certificates.SettleAsync();
        return response;
    }
}
