using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Chains;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>What every store of signing requests does. Each store runs these tests, with what it does beside.</summary>
public abstract class SigningRequestStoreTests : IAsyncLifetime
{
    private protected const CertificateUses Station = CertificateUses.CsmsConnection;

    private readonly ISigningStoreHost _host;
    private ISigningRequestStore? _store;

    private protected SigningRequestStoreTests(ISigningStoreHost host) => _host = host;

    private protected OcppTestClock Clock { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private protected ISigningRequestStore Store => _store!;

    private protected TestAuthority Authority { get; } = TestAuthority.BelowRoot();

    public async Task InitializeAsync() => _store = await _host.OpenAsync(Clock);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        Authority.Dispose();
    }

    [StoreFact]
    public async Task A_request_goes_all_its_way_and_leaves_its_history()
    {
        SigningOrder order = TestCsr.Order();
        CertificateChain chain = Authority.IssueChain(order);

        SigningRequest received = await Store.AddAsync("CS-1", order.Request, Station);
        DateTimeOffset start = Clock.GetUtcNow();
        await TakeAsync(received.Id, SigningRequestTransition.Forwarded());
        await TakeAsync(received.Id, SigningRequestTransition.Waiting(start.AddHours(1), "Not decided yet."));
        await TakeAsync(received.Id, SigningRequestTransition.Forwarded());
        await TakeAsync(received.Id, SigningRequestTransition.Issued(chain));
        await TakeAsync(received.Id, SigningRequestTransition.Sent());
        SigningRequest delivered = await TakeAsync(received.Id, SigningRequestTransition.Delivered());

        Assert.Equal(
            new SigningRequest
            {
                Id = 1,
                Station = "CS-1",
                KeyId = order.Request.KeyId,
                Uses = Station,
                Csr = order.Request.ToPem(),
                State = Received,
                ReceivedAt = start,
                ChangedAt = start,
                DueAt = start,
            },
            received
        );
        Assert.Equal(
            received with
            {
                State = Delivered,
                Version = 7,
                DueAt = null,
                ChangedAt = start.AddMinutes(6),
                Attempts = 2,
                Deliveries = 1,
                Chain = chain.Pem,
                CertificateSerialNumber = chain.SerialNumber,
                ExpiresAt = chain.NotAfter,
            },
            delivered
        );
        Assert.Equal(delivered, await Store.FindAsync(received.Id));
        Assert.Equal(
            [
                new(Received, start, ""),
                new(Forwarded, start.AddMinutes(1), "") { LastAt = start.AddMinutes(3), Count = 2 },
                new(Waiting, start.AddMinutes(2), "Not decided yet."),
                new(Issued, start.AddMinutes(4), ""),
                new(Sent, start.AddMinutes(5), ""),
                new(Delivered, start.AddMinutes(6), ""),
            ],
            await Store.GetHistoryAsync(received.Id)
        );
        Assert.Empty(await Store.ListUnfinishedAsync());
    }

    [StoreFact]
    public async Task Several_requests_of_one_station_are_told_apart_by_their_keys()
    {
        CertificateSigningRequest first = TestCsr.New();
        CertificateSigningRequest second = TestCsr.New();
        SigningRequest one = await Store.AddAsync("CS-1", first, Station);
        SigningRequest two = await Store.AddAsync("CS-1", second, CertificateUses.Iso15118);
        await Store.AddAsync("CS-2", TestCsr.New(), CertificateUses.Combined);

        Assert.Equal([one], await Store.ListAsync(new() { KeyId = first.KeyId }));
        Assert.Equal([two], await Store.ListAsync(new() { KeyId = second.KeyId }));
        Assert.Equal([one, two], await Store.ListUnfinishedAsync("CS-1"));
        Assert.Equal(["CS-1", "CS-1", "CS-2"], (await Store.ListUnfinishedAsync()).Select(request => request.Station));
        Assert.Equal(CertificateUses.Combined, (await Store.ListUnfinishedAsync("CS-2"))[0].Uses);
    }

    [StoreFact]
    public async Task Requests_are_listed_newest_first_by_station_and_state_and_page()
    {
        SigningRequest[] kept =
        [
            await Store.AddAsync("CS-1", TestCsr.New(), Station),
            await Store.AddAsync("CS-2", TestCsr.New(), Station),
            await Store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined),
        ];
        kept[0] = await Store.StepAsync(kept[0].Id, SigningRequestTransition.Failed("No."));

        Assert.Equal([kept[2], kept[1], kept[0]], await Store.ListAsync(new()));
        Assert.Equal([kept[2], kept[0]], await Store.ListAsync(new() { Station = "cs-1" }));
        Assert.Equal([kept[0]], await Store.ListAsync(new() { State = Failed }));
        Assert.Equal([kept[2]], await Store.ListAsync(new() { MaxCount = 1 }));
        Assert.Equal([kept[1], kept[0]], await Store.ListAsync(new() { BeforeId = kept[2].Id }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SigningRequestFilter { MaxCount = 0 });
    }

    [StoreFact]
    public async Task What_expires_is_listed_unless_another_has_taken_its_place()
    {
        SigningRequest replaced = await DeliverAsync("CS-1", Station);
        SigningRequest inUse = await DeliverAsync("cs-1", Station);
        SigningRequest other = await DeliverAsync("CS-1", CertificateUses.Combined);
        await Store.AddAsync("CS-1", TestCsr.New(), Station);

        Assert.Equal([inUse, other], await Store.ListExpiringAsync(replaced.ExpiresAt!.Value.AddMilliseconds(1)));
        Assert.Empty(await Store.ListExpiringAsync(replaced.ExpiresAt.Value));
    }

    [StoreFact]
    public async Task A_station_that_repeats_itself_does_not_make_a_second_request()
    {
        CertificateSigningRequest csr = TestCsr.New();
        SigningRequest first = await Store.AddAsync("CS-1", csr, Station);
        SigningRequest forwarded = await Store.StepAsync(first.Id, SigningRequestTransition.Forwarded());

        SigningRequest repeated = await Store.AddAsync("CS-1", csr, Station);

        Assert.Equal(forwarded, repeated);
        Assert.Equal(
            ["", "", "The station asked again."],
            (await Store.GetHistoryAsync(first.Id)).Select(one => one.Reason)
        );
    }

    [StoreFact]
    public async Task A_finished_request_does_not_stand_in_the_way_of_a_new_one()
    {
        CertificateSigningRequest csr = TestCsr.New();
        SigningRequest first = await Store.AddAsync("CS-1", csr, Station);
        await Store.StepAsync(first.Id, SigningRequestTransition.Failed("The authority refused the request."));

        SigningRequest second = await Store.AddAsync("CS-1", csr, Station);

        Assert.Equal((2, Received), (second.Id, second.State));
        Assert.Equal([2, 1], (await Store.ListAsync(new() { KeyId = csr.KeyId })).Select(request => request.Id));
    }

    [StoreFact]
    public async Task A_step_that_cannot_follow_changes_nothing()
    {
        SigningRequest request = await Store.AddAsync("CS-1", TestCsr.New(), Station);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Store.StepAsync(request.Id, SigningRequestTransition.Delivered())
        );

        Assert.Equal("Signing request 1 is Received: it can't become Delivered.", e.Message);
        Assert.Equal(request, await Store.FindAsync(request.Id));
        Assert.Single(await Store.GetHistoryAsync(request.Id));
    }

    [StoreFact]
    public async Task A_transition_of_an_unknown_request_finds_none()
    {
        Assert.Equal(
            new SigningTransitionResult(SigningTransitionOutcome.NotFound, null),
            await Store.TransitionAsync(5, 1, SigningRequestTransition.Sent())
        );
        Assert.Null(await Store.FindAsync(5));
    }

    [StoreFact]
    public async Task Of_two_that_would_ask_theAuthority_at_once_one_does()
    {
        SigningRequest request = await Store.AddAsync("CS-1", TestCsr.New(), Station);

        SigningTransitionResult[] results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Store.TransitionAsync(request.Id, request.Version, SigningRequestTransition.Forwarded()))
        );

        Assert.Single(results, result => result.IsApplied);
        Assert.Equal(7, results.Count(result => result.Outcome == SigningTransitionOutcome.VersionConflict));
        Assert.All(results, result => Assert.Equal(2, result.Request!.Version));
        Assert.Equal(1, (await Store.FindAsync(request.Id))?.Attempts);
    }

    [StoreFact]
    public async Task Finished_requests_can_be_forgotten()
    {
        SigningRequest old = await Store.AddAsync("CS-1", TestCsr.New(), Station);
        await Store.StepAsync(old.Id, SigningRequestTransition.Failed(""));
        SigningRequest open = await Store.AddAsync("CS-1", TestCsr.New(), Station);
        Clock.Advance(TimeSpan.FromDays(30));
        SigningRequest recent = await Store.AddAsync("CS-1", TestCsr.New(), Station);
        await Store.StepAsync(recent.Id, SigningRequestTransition.Failed(""));

        Assert.Equal(1, await Store.RemoveFinishedAsync(Clock.GetUtcNow().AddDays(-1)));

        Assert.Null(await Store.FindAsync(old.Id));
        Assert.Empty(await Store.GetHistoryAsync(old.Id));
        Assert.NotNull(await Store.FindAsync(open.Id));
        Assert.NotNull(await Store.FindAsync(recent.Id));
    }

    [StoreFact]
    public async Task A_certificate_that_may_be_in_use_is_not_forgotten_and_one_that_was_replaced_or_has_expired_is()
    {
        SigningRequest replaced = await DeliverAsync("CS-1", Station);
        SigningRequest inUse = await DeliverAsync("CS-1", Station);
        Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(1, await Store.RemoveFinishedAsync(Clock.GetUtcNow()));
        Assert.Null(await Store.FindAsync(replaced.Id));
        Assert.NotNull(await Store.FindAsync(inUse.Id));
        Assert.Equal(1, await Store.RemoveFinishedAsync(inUse.ExpiresAt!.Value.AddMilliseconds(1)));
    }

    [StoreFact]
    public async Task What_is_known_of_a_station_and_a_key_is_what_a_new_request_is_judged_by()
    {
        CertificateSigningRequest csr = TestCsr.New();
        Assert.Equal(new SigningRequestUsage(), await UsageAsync("CS-1", csr));
        await Store.AddAsync("CS-1", csr, Station);
        await Store.AddAsync("CS-1", TestCsr.New(), Station);

        Assert.Equal(
            new SigningRequestUsage
            {
                IsRepeat = true,
                UnfinishedCount = 2,
                RecentCount = 2,
            },
            await UsageAsync("cs-1", csr)
        );
        Assert.Equal(new SigningRequestUsage { IsKeyOfAnotherStation = true }, await UsageAsync("CS-0", csr));
        Assert.Equal(new SigningRequestUsage { IsKeyOfAnotherStation = true }, await UsageAsync("CS-2", csr));
        SigningRequest delivered = await DeliverAsync("CS-3", Station);
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(
            new SigningRequestUsage { IsKeyCertified = true },
            await Store.GetUsageAsync("CS-3", delivered.KeyId, Station, requestId: null, Clock.GetUtcNow().AddDays(-1))
        );

        Task<SigningRequestUsage> UsageAsync(string station, CertificateSigningRequest request) =>
            Store.GetUsageAsync(station, request.KeyId, Station, requestId: null, Clock.GetUtcNow().AddDays(-1));
    }

    [StoreFact]
    public async Task A_history_does_not_grow_by_repetition()
    {
        CertificateSigningRequest csr = TestCsr.New();
        SigningRequest request = await Store.AddAsync("CS-1", csr, Station);
        DateTimeOffset start = Clock.GetUtcNow();
        for (int i = 0; i < 120; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Store.AddAsync("CS-1", csr, Station);
        }

        for (int i = 0; i < 50; i++)
        {
            await Store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
            await Store.StepAsync(request.Id, SigningRequestTransition.Waiting(Clock.GetUtcNow(), "Out of reach."));
        }

        Assert.Equal(
            [
                new(Received, start, ""),
                new(Received, start.AddSeconds(1), "The station asked again.")
                {
                    LastAt = start.AddSeconds(61),
                    Count = 2,
                },
                new(Forwarded, Clock.GetUtcNow(), "") { Count = 50 },
                new(Waiting, Clock.GetUtcNow(), "Out of reach.") { Count = 50 },
            ],
            await Store.GetHistoryAsync(request.Id)
        );
    }

    [StoreFact]
    public async Task A_request_has_the_id_and_the_root_of_its_last_repetition()
    {
        CertificateSigningRequest csr = TestCsr.New();
        var root = new CertificateHash("SHA256", "aa", "bb", "1");
        SigningRequest first = await Store.AddAsync(new NewSigningRequest("CS-1", csr, Station) { RequestId = 7 });
        SigningRequest repeated = await Store.AddAsync(
            new NewSigningRequest("cs-1", csr, Station) { RequestId = -8, RootCertificate = root }
        );
        SigningRequest again = await Store.AddAsync(new NewSigningRequest("CS-1", csr, Station));

        Assert.Equal(first with { RequestId = -8, RootCertificate = root }, repeated);
        Assert.Equal(repeated, again);
        Assert.Equal(repeated, await Store.FindAsync(first.Id));
        Assert.True(
            (
                await Store.GetUsageAsync("CS-1", TestCsr.New().KeyId, Station, requestId: -8, Clock.GetUtcNow())
            ).IsRequestIdInUse
        );
    }

    [StoreFact]
    public async Task Of_many_that_add_the_same_request_at_once_all_have_the_same()
    {
        CertificateSigningRequest csr = TestCsr.New();

        SigningRequest[] added = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Store.AddAsync("CS-1", csr, Station))
        );

        Assert.All(added, request => Assert.Equal(added[0], request));
        Assert.Equal([added[0]], await Store.ListAsync(new()));
    }

    [StoreFact]
    public async Task More_than_can_be_forgotten_at_once_is_forgotten_all_the_same()
    {
        CertificateSigningRequest csr = TestCsr.New();
        for (int i = 0; i < 501; i++)
        {
            SigningRequest request = await Store.AddAsync("CS-1", csr, Station);
            await Store.StepAsync(request.Id, SigningRequestTransition.Failed(""));
        }

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(501, await Store.RemoveFinishedAsync(Clock.GetUtcNow()));
        Assert.Empty(await Store.ListAsync(new()));
    }

    [StoreFact]
    public async Task A_call_that_is_cancelled_before_it_begins_changes_nothing()
    {
        SigningRequest request = await Store.AddAsync("CS-1", TestCsr.New(), Station);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.TransitionAsync(request.Id, request.Version, SigningRequestTransition.Forwarded(), cancelled)
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.AddAsync(new NewSigningRequest("CS-2", TestCsr.New(), Station), cancelled)
        );

        Assert.Equal([request], await Store.ListAsync(new()));
    }

    private async Task<SigningRequest> DeliverAsync(string station, CertificateUses uses)
    {
        SigningOrder order = TestCsr.Order();
        SigningRequest request = await Store.AddAsync(station, order.Request, uses);
        foreach (
            SigningRequestTransition step in new[]
            {
                SigningRequestTransition.Forwarded(),
                SigningRequestTransition.Issued(Authority.IssueChain(order)),
                SigningRequestTransition.Sent(),
                SigningRequestTransition.Delivered(),
            }
        )
        {
            request = await Store.StepAsync(request.Id, step);
        }

        return request;
    }

    private Task<SigningRequest> TakeAsync(long id, SigningRequestTransition step)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        return Store.StepAsync(id, step);
    }
}
