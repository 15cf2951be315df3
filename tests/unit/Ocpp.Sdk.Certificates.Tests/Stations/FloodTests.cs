using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Stations;
using Ocpp.Certificates.V201;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A CSMS that triggers faster than a station makes keys.</summary>
public sealed class FloodTests : StationTest
{
    [Fact]
    public async Task A_flood_of_triggers_makes_one_request_at_a_time_and_one_more_after_it()
    {
        using var keys = new GatedKeyStore(_station.Keys);
        await UseAsync(keys);

        for (int i = 0; i < 80; i++)
        {
            Assert.Equal(TriggerMessageStatusEnumType.Accepted, await _station.TriggerAsync());
        }

        await keys.Entered;
        keys.Open();
        SignCertificateRequest first = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        SignCertificateRequest second = await _station.NextCsrAsync();
        await _station.UntilAsync(StationCertificateReportKind.RequestAccepted);
        await _station.AssertNothingSentAsync();
        Assert.Equal(2, keys.Created);
        await _station.AssertKeysAsync(StationBench.KeyOf(first), StationBench.KeyOf(second));
    }

    [Fact]
    public async Task Triggers_of_different_types_are_each_carried_out()
    {
        using var keys = new GatedKeyStore(_station.Keys);
        await UseAsync(keys);

        for (int i = 0; i < 20; i++)
        {
            await _station.TriggerAsync(MessageTriggerEnumType.SignV2GCertificate);
            await _station.TriggerAsync(MessageTriggerEnumType.SignCombinedCertificate);
        }

        await keys.Entered;
        keys.Open();
        SignCertificateRequest[] requests =
        [
            await _station.NextCsrAsync(),
            await _station.NextCsrAsync(),
            await _station.NextCsrAsync(),
            await _station.NextCsrAsync(),
        ];
        Assert.Equal(2, requests.Count(one => one.CertificateType is null));
        Assert.Equal(2, requests.Count(one => one.CertificateType.ToUses() == StationBench.V2G));
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task While_a_CSR_waits_for_its_answer_triggers_wait_too()
    {
        var answer = new TaskCompletionSource<SignCertificateResponse>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        _station.AnswerToCsr = (_, _) => answer.Task;
        await _station.TriggerAsync();
        await _station.NextCsrAsync();
        for (int i = 0; i < 20; i++)
        {
            await _station.TriggerAsync();
        }

        await _station.Certificates.SettleAsync();
        Assert.Single(await _station.Keys.ListAsync());
        answer.SetResult(new SignCertificateResponse { Status = GenericStatusEnumType.Accepted });

        await _station.NextCsrAsync();
        await _station.AssertNothingSentAsync();
    }

    [Fact]
    public async Task A_trigger_while_the_line_is_down_leads_to_the_request_that_waits_for_it()
    {
        PublicKeyId? key = null;
        await _station.LoseConnectionAsync(async () =>
            key = await _station.Certificates.RequestAsync(StationBench.Station)
        );

        SignCertificateRequest request = await _station.NextCsrAsync();

        Assert.Equal(key, StationBench.KeyOf(request));
    }

    [Fact]
    public async Task Disposal_in_a_flood_ends_with_the_key_that_is_just_made()
    {
        using var keys = new GatedKeyStore(_station.Keys);
        await UseAsync(keys);
        for (int i = 0; i < 80; i++)
        {
            await _station.TriggerAsync();
        }

        await keys.Entered;
        Task[] requests =
        [
            .. Enumerable.Range(0, 20).Select(_ => _station.Certificates.RequestAsync(StationBench.V2G)),
        ];
        Task stopping = _station.StopAsync();
        keys.Open();
        await stopping;

        Assert.Equal(1, keys.Created);
        foreach (Task request in requests)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => request);
        }
    }

    [Fact]
    public async Task A_CSR_is_held_back_from_an_unencrypted_connection_and_reported()
    {
        _station.Url = "ws://csms.example.com/ocpp";
        await _station.RestartAsync();
        PublicKeyId key = await _station.Certificates.RequestAsync(StationBench.Station);

        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.RequestHeldBack);
        await _station.AssertNothingSentAsync();

        Assert.Equal((key, "The connection is not encrypted."), (report.KeyId, report.Detail));
        Assert.Single(_station.AllReports, one => one.Kind == StationCertificateReportKind.RequestHeldBack);
        _station.Url = "wss://csms.example.com/ocpp";
        await _station.RestartAsync();
        Assert.Equal(key, StationBench.KeyOf(await _station.NextCsrAsync()));
    }

    [Fact]
    public async Task A_CSR_is_sent_over_an_unencrypted_connection_where_that_is_allowed_and_reported()
    {
        _station.Url = "ws://csms.example.com/ocpp";
        _station.Configure = options => options with { AllowUnencryptedRequests = true };
        await _station.RestartAsync();
        PublicKeyId key = await _station.Certificates.RequestAsync(StationBench.Station);

        Assert.Equal(key, StationBench.KeyOf(await _station.NextCsrAsync()));
        StationCertificateReport report = await _station.UntilAsync(StationCertificateReportKind.RequestSent);
        Assert.Equal("The connection is not encrypted.", report.Detail);
    }

    [Fact]
    public async Task A_V2G_request_has_the_names_of_ISO15118Ctrlr_and_its_certificate_is_accepted()
    {
        _station.Configure = options =>
            options with
            {
                SeccId = "DE*EXA*E0001*1",
                CountryName = "DE",
                V2GOrganizationName = "Example V2G",
            };
        await _station.RestartAsync();
        SignCertificateRequest v2g = await _station.TriggerForCsrAsync(MessageTriggerEnumType.SignV2GCertificate);
        SignCertificateRequest combined = await _station.TriggerForCsrAsync(
            MessageTriggerEnumType.SignCombinedCertificate
        );

        Assert.Equal(["C=DE", "O=Example V2G", "CN=DE*EXA*E0001*1", "DC=CPO"], Subject(v2g));
        Assert.Equal([$"O={TestCsr.OrganizationName}", $"CN={TestCsr.SerialNumber}"], Subject(combined));
        CertificateSignedResponse response = await _station.DeliverAsync(_station.Chain(v2g), StationBench.V2G);
        Assert.Equal(CertificateSignedStatusEnumType.Accepted, response.Status);
    }

    private static IEnumerable<string> Subject(SignCertificateRequest request) =>
        TestCsr.Read(request.Csr).Subject.Attributes.Select(one => $"{one.DisplayName}={one.Value}");

    private async Task UseAsync(IStationKeyStore keys)
    {
        await _station.StopAsync();
        _station.Keys = keys;
        await _station.ConnectAsync();
    }

    /// <summary>Makes no key before the test lets it.</summary>
    private sealed class GatedKeyStore(IStationKeyStore inner) : IStationKeyStore, IDisposable
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _created;

        public Task Entered => _entered.Task;

        public int Created => _created;

        public void Open() => _open.TrySetResult();

        public async ValueTask<IStationKey> CreateAsync(
            StationKeyAlgorithm algorithm,
            CancellationToken cancellationToken = default
        )
        {
            Interlocked.Increment(ref _created);
            _entered.TrySetResult();
            await _open.Task;
            return await inner.CreateAsync(algorithm, cancellationToken);
        }

        public ValueTask<IStationKey?> FindAsync(PublicKeyId id, CancellationToken cancellationToken = default) =>
            inner.FindAsync(id, cancellationToken);

        public ValueTask<IReadOnlyList<PublicKeyId>> ListAsync(CancellationToken cancellationToken = default) =>
            inner.ListAsync(cancellationToken);

        public ValueTask DiscardAsync(PublicKeyId id, CancellationToken cancellationToken = default) =>
            inner.DiscardAsync(id, cancellationToken);

        public void Dispose() => Open();
    }
}
