using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>V2G certificates of ISO 15118 controllers that serve one EVSE: each has a SECC id of its own.</summary>
public sealed class EvseCertificateTests : StationTest
{
    // StationBench's triggers name it.
    private const int EvseId = 1;
    private const string SeccId = "DE*EXA*E0001*1";
    private const CertificateUses V2G = CertificateUses.Iso15118;

    [Fact]
    public async Task A_certificate_of_an_EVSE_is_kept_over_a_restart_beside_that_of_the_station()
    {
        await ConfigureAsync();
        PublicKeyId ofStation = await ObtainAsync(evseId: null);
        PublicKeyId ofEvse = await ObtainAsync(EvseId);

        await _station.RestartAsync();

        Assert.Equal((ofStation, ofEvse), (await CurrentAsync(null), await CurrentAsync(EvseId)));
        await _station.AssertKeysAsync(ofStation, ofEvse);
    }

    [Fact]
    public async Task A_new_certificate_of_an_EVSE_replaces_only_the_one_before()
    {
        await ConfigureAsync();
        PublicKeyId ofStation = await ObtainAsync(evseId: null);
        await ObtainAsync(EvseId);

        SignCertificateRequest request = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        Assert.Equal(SeccId, TestCsr.Read(request.Csr).Subject.CommonName);
        await _station.DeliverAsync(_station.Chain(request), V2G);
        await _station.UntilAsync(StationCertificateReportKind.InUse);

        PublicKeyId renewed = StationBench.KeyOf(request);
        Assert.Equal((ofStation, renewed), (await CurrentAsync(null), await CurrentAsync(EvseId)));
        await _station.AssertKeysAsync(ofStation, renewed);
    }

    [Fact]
    public async Task Certificates_of_two_EVSEs_are_kept_beside_each_other_and_one_whose_key_is_gone_is_not()
    {
        await ConfigureAsync(EvseId, 2);
        PublicKeyId first = await ObtainAsync(EvseId);
        Assert.Null(await CurrentAsync(2));
        PublicKeyId second = await ObtainAsync(2);
        Assert.Equal((first, second), (await CurrentAsync(EvseId), await CurrentAsync(2)));

        await _station.StopAsync();
        await _station.Keys.DiscardAsync(first);
        await _station.ConnectAsync();

        Assert.Equal((null, second), (await CurrentAsync(EvseId), await CurrentAsync(2)));
    }

    [Fact]
    public async Task A03_FR_02_A_certificate_of_an_EVSE_is_renewed_for_its_SECC_id()
    {
        await ConfigureAsync();
        await ObtainAsync(EvseId, _station.Clock.GetUtcNow().AddDays(365));

        await _station.AdvanceAsync(TimeSpan.FromDays(335));

        Assert.Equal(SeccId, TestCsr.Read((await _station.NextCsrAsync()).Csr).Subject.CommonName);
    }

    [Fact]
    public async Task A_certificate_of_an_EVSE_whose_controller_was_removed_is_not_renewed()
    {
        await ConfigureAsync();
        await ObtainAsync(EvseId, _station.Clock.GetUtcNow().AddDays(365));
        _station.Configure = options => options;
        await _station.RestartAsync();

        await _station.AdvanceAsync(TimeSpan.FromDays(335));

        await _station.AssertNothingSentAsync();
        Assert.Null(await CurrentAsync(EvseId));
    }

    [Fact]
    public async Task A_refused_certificate_of_an_EVSE_ends_only_the_renewals_of_that_EVSE()
    {
        await ConfigureAsync();
        DateTimeOffset end = _station.Clock.GetUtcNow().AddDays(365);
        await ObtainAsync(evseId: null, end);
        await ObtainAsync(EvseId, end);
        await _station.Certificates.RequestAsync(V2G, EvseId);
        SignCertificateRequest request = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        using var unknown = TestAuthority.BelowRoot();
        string chain = TestChain.Write([
            unknown.Issue(TestCsr.Read(request.Csr), null, null, null),
            unknown.Certificate,
        ]);
        CertificateSignedResponse response = await _station.DeliverAsync(chain, V2G);
        Assert.Equal(CertificateSignedStatusEnumType.Rejected, response.Status);
        await _station.NextEventAsync();

        await _station.AdvanceAsync(TimeSpan.FromDays(335));

        Assert.NotEqual(SeccId, TestCsr.Read((await _station.NextCsrAsync()).Csr).Subject.CommonName);
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.AssertNothingSentAsync();
    }

    [Theory]
    [InlineData("\"evseId\": 1", "\"evseId\": null")]
    [InlineData("\"uses\": \"Iso15118\"", "\"uses\": \"CsmsConnection\"")]
    public async Task A_state_with_a_certificate_of_no_EVSE_or_for_another_use_among_theirs_is_damaged(
        string part,
        string damage
    )
    {
        await ConfigureAsync();
        await ObtainAsync(EvseId);
        await _station.StopAsync();
        string whole = await File.ReadAllTextAsync(_station.StateFile);
        int start = whole.IndexOf("\"evseCertificates\"", StringComparison.Ordinal);
        string damaged = whole[..start] + whole[start..].Replace(part, damage, StringComparison.Ordinal);
        Assert.NotEqual(whole, damaged);
        await File.WriteAllTextAsync(_station.StateFile, damaged);

        await Assert.ThrowsAsync<InvalidDataException>(_station.OpenAsync);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1:443")]
    public async Task A_SECC_id_that_no_certificate_can_have_is_refused_at_once(string seccId)
    {
        await _station.StopAsync();
        _station.Configure = options =>
            options with
            {
                EvseSeccIds = new Dictionary<int, string> { [EvseId] = seccId },
            };

        await Assert.ThrowsAnyAsync<ArgumentException>(_station.OpenAsync);
    }

    private Task<StationBench> ConfigureAsync() => ConfigureAsync(EvseId);

    private Task<StationBench> ConfigureAsync(params int[] evseIds)
    {
        _station.Configure = options =>
            options with
            {
                EvseSeccIds = evseIds.ToDictionary(evseId => evseId, evseId => $"DE*EXA*E0001*{evseId}"),
            };
        return _station.RestartAsync();
    }

    private async Task<PublicKeyId> ObtainAsync(int? evseId, DateTimeOffset? notAfter = null)
    {
        PublicKeyId key = await _station.Certificates.RequestAsync(V2G, evseId);
        SignCertificateRequest request = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        Assert.Equal(key, StationBench.KeyOf(request));
        await _station.DeliverAsync(_station.Chain(request, notAfter: notAfter), V2G);
        await _station.UntilAsync(StationCertificateReportKind.InUse);
        return key;
    }

    private async Task<PublicKeyId?> CurrentAsync(int? evseId)
    {
        using StationCertificate? current = await _station.Certificates.GetCurrentAsync(V2G, evseId);
        return current is null ? null : PublicKeyId.Of(current.Certificate.PublicKey);
    }
}
