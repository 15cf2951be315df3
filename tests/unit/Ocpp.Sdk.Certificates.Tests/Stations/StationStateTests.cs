using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>What a station's certificate service remembers, and what it does when it can't.</summary>
[UnsupportedOSPlatform("windows")] // file modes
public sealed class StationStateTests : StationTest
{
    [Fact]
    public async Task The_file_and_its_folder_are_the_owners_alone()
    {
        await _station.ObtainAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_station.StateFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(_station.StateFile)!)
        );
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_nothing_is_touched()
    {
        await _station.ObtainAsync();
        await _station.TriggerForCsrAsync();
        await _station.StopAsync();
        PublicKeyId[] keys = [.. await _station.Keys.ListAsync()];
        string whole = await File.ReadAllTextAsync(_station.StateFile);

        foreach (
            string damaged in new[]
            {
                "",
                "null",
                "{}",
                "[]",
                whole[..^3],
                whole + "}",
                whole.Replace("BEGIN CERTIFICATE-", "BEGIN CERTIFICAT-", StringComparison.Ordinal),
                whole.Replace("BEGIN CERTIFICATE R", "BEGIN X R", StringComparison.Ordinal),
                whole.Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal),
                whole.Replace("\"events\": []", "\"events\": null", StringComparison.Ordinal),
                whole.Replace("\"events\": []", "\"events\": [null]", StringComparison.Ordinal),
                whole.Replace("\"events\"", "\"other\"", StringComparison.Ordinal),
                whole.Replace("\"chain\"", "\"chains\"", StringComparison.Ordinal),
                whole.Replace("\"sendings\": 1", "\"sendings\": \"1\"", StringComparison.Ordinal),
                whole.Replace("\"CsmsConnection\"", "\"Other\"", StringComparison.Ordinal),
            }
        )
        {
            Assert.NotEqual(whole, damaged);
            await File.WriteAllTextAsync(_station.StateFile, damaged);
            var e = await Assert.ThrowsAsync<InvalidDataException>(_station.OpenAsync);
            Assert.Contains(_station.StateFile, e.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllTextAsync(_station.StateFile));
        }

        await File.WriteAllTextAsync(_station.StateFile, whole);
        await _station.ConnectAsync();
        await _station.AssertKeysAsync(keys);
    }

    [Fact]
    public async Task A_file_of_version_1_is_read_and_written_in_the_current_version()
    {
        await _station.ObtainAsync();
        await _station.ObtainAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignCombinedCertificate);
        await _station.StopAsync();
        string current = await File.ReadAllTextAsync(_station.StateFile);
        PublicKeyId[] keys = [.. await _station.Keys.ListAsync()];
        await File.WriteAllTextAsync(_station.StateFile, InVersion1(current));

        await _station.OpenAsync();

        await _station.AssertKeysAsync(keys);
        using StationCertificate? station = await _station.Certificates.GetCurrentAsync(CertificateUses.CsmsConnection);
        using StationCertificate? v2g = await _station.Certificates.GetCurrentAsync(CertificateUses.Iso15118);
        Assert.NotNull(station);
        Assert.NotNull(v2g);
        Assert.NotEqual(station.Certificate.Thumbprint, v2g.Certificate.Thumbprint);
        StationState state = new StationStateFile(_station.StateFile).Read()!;
        Assert.Equal(
            (CertificateUses.CsmsConnection, CertificateUses.Iso15118, CertificateUses.Combined),
            (state.ChargingStation!.Uses, state.V2G!.Uses, Assert.Single(state.Pending).Uses)
        );
        await _station.Certificates.RequestAsync(CertificateUses.CsmsConnection);
        Assert.Contains("\"version\": 2", await File.ReadAllTextAsync(_station.StateFile), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"certificateType\": \"V2GCertificate\"", "\"certificateType\": \"Other\"")]
    [InlineData("\"certificateType\": \"V2GCertificate\"", "\"certificateType\": 1")]
    [InlineData("\"certificateType\": \"V2GCertificate\"", "\"uses\": \"Iso15118\"")]
    [InlineData("\"events\": []", "\"events\": [], \"events\": []")]
    [InlineData("\"candidates\": []", "\"candidates\": {}")]
    [InlineData("\"candidates\": []", "\"candidates\": [null]")]
    [InlineData("\"candidates\": []", "\"candidates\": [1]")]
    public async Task A_damaged_file_of_version_1_is_refused(string part, string damage)
    {
        await _station.ObtainAsync(MessageTriggerEnumType.SignV2GCertificate);
        await _station.StopAsync();
        string whole = InVersion1(await File.ReadAllTextAsync(_station.StateFile));
        string damaged = whole.Replace(part, damage, StringComparison.Ordinal);
        Assert.NotEqual(whole, damaged);
        await File.WriteAllTextAsync(_station.StateFile, damaged);

        var e = await Assert.ThrowsAsync<InvalidDataException>(_station.OpenAsync);

        Assert.Contains(_station.StateFile, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_others_can_reach_is_refused()
    {
        await _station.ObtainAsync();
        await _station.StopAsync();
        File.SetUnixFileMode(
            _station.StateFile,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead
        );

        var e = await Assert.ThrowsAsync<InvalidDataException>(_station.OpenAsync);
        Assert.Contains(_station.StateFile, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_state_does_not_name_is_destroyed_at_the_start()
    {
        await _station.ObtainAsync();
        PublicKeyId[] keys = [.. await _station.Keys.ListAsync()];
        await _station.StopAsync();
        using IStationKey orphan = await _station.Keys.CreateAsync(StationKeyAlgorithm.EcP256);

        await _station.ConnectAsync();

        await _station.AssertKeysAsync(keys);
        Assert.Contains(
            _station.AllReports,
            report => report.Kind == StationCertificateReportKind.Discarded && report.KeyId == orphan.Id
        );
    }

    [Fact]
    public async Task Without_a_state_file_no_key_is_touched()
    {
        await _station.StopAsync();
        using IStationKey other = await _station.Keys.CreateAsync(StationKeyAlgorithm.EcP256);

        await _station.ConnectAsync();
        await _station.ObtainAsync();

        Assert.Contains(other.Id, await _station.Keys.ListAsync());
    }

    [Fact]
    public async Task A_certificate_whose_key_is_gone_is_given_up_and_told()
    {
        await _station.ObtainAsync();
        PublicKeyId key = Assert.Single(await _station.Keys.ListAsync());
        await _station.StopAsync();
        await _station.Keys.DiscardAsync(key);

        await _station.ConnectAsync();

        Assert.Null(_station.Client.Options.ClientCertificate);
        Assert.Contains(
            _station.AllReports,
            report => report.Kind == StationCertificateReportKind.Failed && report.KeyId == key
        );
        Assert.Null(await _station.Certificates.GetCurrentAsync(StationBench.Station));
    }

    [Fact]
    public void A_combined_certificate_has_a_use_in_common_with_each_other_and_both_others_have_none()
    {
        Assert.True(StationState.Overlap(StationBench.Station, StationBench.Station));
        Assert.True(StationState.Overlap(StationBench.Station, CertificateUses.Combined));
        Assert.True(StationState.Overlap(CertificateUses.Combined, StationBench.V2G));
        Assert.True(StationState.Overlap(CertificateUses.Combined, CertificateUses.Combined));
        Assert.False(StationState.Overlap(StationBench.Station, StationBench.V2G));
        Assert.False(StationState.Overlap(StationBench.V2G, StationBench.Station));
    }

    [Fact]
    public void A_request_that_is_not_pending_is_not_found() =>
        Assert.Null(StationState.Empty.FindPending(TestCsr.New().KeyId));

    [Fact]
    public void A_pending_request_whose_CSR_can_not_be_read_is_refused() =>
        Assert.Equal(
            "A CSR can't be read.",
            Assert.Throws<InvalidDataException>(() => new PendingRequest("no CSR", StationBench.Station)).Message
        );

    [Fact]
    public void A_request_that_is_lost_again_and_again_is_sent_later_each_time()
    {
        DateTimeOffset now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var pending = new PendingRequest(TestCsr.Pem(), StationBench.Station);
        var waits = new List<double>();
        for (int i = 0; i < 5; i++)
        {
            pending = pending.Lost(now, TimeSpan.FromSeconds(60));
            waits.Add((pending.SendAt!.Value - now).TotalSeconds);
        }

        Assert.Equal([0, 60, 120, 240, 480], waits);
    }

    [Fact]
    public void A_service_needs_handlers_to_be_added_to() =>
        Assert.Throws<ArgumentNullException>("handlers", () => _station.Certificates.AddTo<OcppHandlers>(null!));

    [Fact]
    public async Task When_a_request_can_not_be_saved_none_is_made_and_no_key_is_left()
    {
        using (await _station.FillDiskAsync())
        {
            var exception = await Assert.ThrowsAsync<IOException>(() =>
                _station.Certificates.RequestAsync(StationBench.Station)
            );
            Assert.Equal("The request could not be saved, and was not made.", exception.Message);
            await _station.TriggerAsync();
            await _station.UntilAsync(StationCertificateReportKind.RequestFailed);
            await _station.AssertKeysAsync();
            await _station.AssertNothingSentAsync();
        }

        await _station.TriggerForCsrAsync();
    }

    [Fact]
    public async Task What_happened_is_saved_within_a_minute_of_the_disk_having_room_and_only_then_is_a_key_destroyed()
    {
        SignCertificateRequest request = await _station.TriggerForCsrAsync();
        PublicKeyId key = StationBench.KeyOf(request);
        using (await _station.FillDiskAsync())
        {
            await _station.DeliverAsync(_station.Chain(request, notAfter: _station.Clock.GetUtcNow()));
            await _station.NextEventAsync();
            await _station.UntilAsync(StationCertificateReportKind.StateNotSaved);
            await _station.AssertKeysAsync(key);
        }

        Assert.Single(new StationStateFile(_station.StateFile).Read()!.Pending);
        await _station.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(new StationStateFile(_station.StateFile).Read()!.Pending);
        await _station.AssertKeysAsync();
    }

    [Fact]
    public async Task After_it_is_disposed_nothing_goes_on()
    {
        await _station.TriggerForCsrAsync();
        OcppClient client = _station.Client;
        StationCertificates certificates = _station.Certificates;

        await certificates.DisposeAsync();
        await certificates.DisposeAsync();

        Assert.Equal(TriggerMessageStatusEnumType.Rejected, await _station.TriggerAsync());
        _station.Clock.Advance(TimeSpan.FromDays(1)); // the repeat would be due
        await client.CallAsync(new HeartbeatRequest());
        Assert.Single(_station.Frames, frame => frame.Contains("\"SignCertificate\"", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => certificates.RequestAsync(CertificateUses.Combined));
        Assert.Throws<ObjectDisposedException>(() => certificates.Use(client));
    }

    [Theory]
    [InlineData("", "EX-0001")]
    [InlineData("Example", "10.0.0.1:443")]
    public async Task Names_that_no_certificate_can_have_are_refused_at_once(string organization, string serialNumber)
    {
        await _station.StopAsync();
        _station.Configure = options => options with { OrganizationName = organization, SerialNumber = serialNumber };

        await Assert.ThrowsAnyAsync<ArgumentException>(_station.OpenAsync);
    }

    /// <summary>
    /// The state as the first version of the file had it: the type of OCPP 2.0.1, none for a combined certificate.
    /// </summary>
    private static string InVersion1(string current)
    {
        string typed = current
            .Replace("\"version\": 2", "\"version\": 1", StringComparison.Ordinal)
            .Replace(
                "\"uses\": \"CsmsConnection\"",
                "\"certificateType\": \"ChargingStationCertificate\"",
                StringComparison.Ordinal
            )
            .Replace("\"uses\": \"Iso15118\"", "\"certificateType\": \"V2GCertificate\"", StringComparison.Ordinal);
        return Regex.Replace(typed, ",\\s*\"uses\": \"Combined\"", "");
    }
}
