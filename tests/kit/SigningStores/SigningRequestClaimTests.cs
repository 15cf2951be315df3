using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>Who works on which request, and for how long: the same in every store.</summary>
public abstract class SigningRequestClaimTests : IAsyncLifetime
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    private readonly ISigningStoreHost _host;
    private ISigningRequestStore? _store;

    private protected SigningRequestClaimTests(ISigningStoreHost host) => _host = host;

    private protected OcppTestClock Clock { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private protected ISigningRequestStore Store => _store!;

    public async Task InitializeAsync() => _store = await _host.OpenAsync(Clock);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [StoreFact]
    public async Task Due_work_is_handed_out_once_until_its_lease_ends()
    {
        SigningRequest request = await AddAsync("CS-1");

        SigningRequest claimed = Assert.Single((await Store.ClaimDueAsync(Claim("A"))).Requests);
        Assert.Equal(request with { Version = 2, LeaseOwner = "A", DueAt = Clock.GetUtcNow() + s_lease }, claimed);
        Assert.Equal(claimed, await Store.FindAsync(request.Id));
        SigningRequestClaimResult held = await Store.ClaimDueAsync(Claim("B"));
        Assert.Empty(held.Requests);
        Assert.Equal(Clock.GetUtcNow() + s_lease, held.NextDueAt);

        Clock.Advance(s_lease);
        Assert.Equal(
            ("B", 3L),
            Assert.Single((await Store.ClaimDueAsync(Claim("B"))).Requests) is var other
                ? (other.LeaseOwner, other.Version)
                : default
        );
    }

    [StoreFact]
    public async Task What_an_owner_holds_is_not_handed_out_to_it_again_even_when_the_lease_has_ended()
    {
        await AddAsync("CS-1");
        await Store.ClaimDueAsync(Claim("A"));
        Clock.Advance(s_lease);

        SigningRequestClaimResult again = await Store.ClaimDueAsync(Claim("A"));

        Assert.Empty(again.Requests);
        Assert.Null(again.NextDueAt);
    }

    [StoreFact]
    public async Task A_lease_that_is_renewed_lasts_from_then_on()
    {
        await AddAsync("CS-1");
        await Store.ClaimDueAsync(Claim("A"));
        Clock.Advance(s_lease - TimeSpan.FromSeconds(1));
        await Store.RenewAsync(new("A", s_lease));
        await Store.RenewAsync(new("B", TimeSpan.FromDays(1)));
        Clock.Advance(s_lease - TimeSpan.FromSeconds(1));

        Assert.Empty((await Store.ClaimDueAsync(Claim("B"))).Requests);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single((await Store.ClaimDueAsync(Claim("B"))).Requests);
    }

    [StoreFact]
    public async Task What_is_released_is_due_when_its_owner_said()
    {
        SigningRequest request = await AddAsync("CS-1");
        await Store.ClaimDueAsync(Claim("A"));

        Assert.False(await Store.ReleaseAsync(request.Id, "B", Clock.GetUtcNow()));
        Assert.True(await Store.ReleaseAsync(request.Id, "A", Clock.GetUtcNow().AddHours(1)));

        SigningRequestClaimResult early = await Store.ClaimDueAsync(Claim("B"));
        Assert.Empty(early.Requests);
        Assert.Equal(Clock.GetUtcNow().AddHours(1), early.NextDueAt);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single((await Store.ClaimDueAsync(Claim("B"))).Requests);
    }

    [StoreFact]
    public async Task An_owner_that_stops_releases_all_at_once()
    {
        await AddAsync("CS-1");
        await AddAsync("CS-2");
        await Store.ClaimDueAsync(Claim("A") with { MaxCount = 2 });
        await Store.ReleaseAllAsync("A");

        Assert.Equal(2, (await Store.ClaimDueAsync(Claim("B") with { MaxCount = 5 })).Requests.Count);
    }

    [StoreFact]
    public async Task A_transition_that_expects_another_version_is_not_applied()
    {
        SigningRequest request = await AddAsync("CS-1");
        SigningRequest claimed = Assert.Single((await Store.ClaimDueAsync(Claim("A"))).Requests);

        Assert.Equal(
            new SigningTransitionResult(SigningTransitionOutcome.VersionConflict, claimed),
            await Store.TransitionAsync(request.Id, request.Version, SigningRequestTransition.Forwarded())
        );
        Assert.Equal([Received], (await Store.GetHistoryAsync(request.Id)).Select(one => one.State));
    }

    [StoreFact]
    public async Task Of_two_owners_the_one_whose_lease_has_ended_can_change_nothing_more()
    {
        SigningRequest slow = await ForwardAsync("A");
        Clock.Advance(s_lease);
        SigningRequest taken = Assert.Single((await Store.ClaimDueAsync(Claim("B"))).Requests);

        Assert.True(taken.IsAnswerLost);
        Assert.Equal(
            SigningTransitionOutcome.VersionConflict,
            (await Store.TransitionAsync(slow.Id, slow.Version, SigningRequestTransition.Failed("Slow."))).Outcome
        );
        Assert.True(
            (await Store.TransitionAsync(taken.Id, taken.Version, SigningRequestTransition.Forwarded())).IsApplied
        );
    }

    [StoreFact]
    public async Task What_waits_or_is_finished_nobody_holds()
    {
        SigningRequest forwarded = await ForwardAsync("A");
        DateTimeOffset later = Clock.GetUtcNow().AddHours(1);

        SigningRequest waiting = await Store.StepAsync(
            forwarded.Id,
            SigningRequestTransition.Waiting(later, "Not yet.")
        );
        SigningRequest failed = await Store.StepAsync(forwarded.Id, SigningRequestTransition.Failed("No."));

        Assert.Equal((null, later), (waiting.LeaseOwner, waiting.DueAt));
        Assert.Equal((null, (DateTimeOffset?)null), (failed.LeaseOwner, failed.DueAt));
        Assert.Null((await Store.ClaimDueAsync(Claim("B"))).NextDueAt);
    }

    [StoreFact]
    public async Task A_station_that_connects_has_its_own_work_claimed_whether_it_is_due_or_not()
    {
        SigningRequest request = await AddAsync("CS-1");
        await AddAsync("CS-2");
        await Store.ClaimDueAsync(Claim("A") with { MaxCount = 2 });
        await Store.ReleaseAsync(request.Id, "A", Clock.GetUtcNow().AddDays(30));

        Assert.Equal(
            request.Id,
            Assert.Single(await Store.ClaimForStationAsync("cs-1", Claim("B") with { MaxCount = 9 })).Id
        );
        Assert.Empty(await Store.ClaimForStationAsync("CS-2", Claim("B"))); // A holds it
        Assert.Empty(await Store.ClaimForStationAsync("CS-3", Claim("B")));
        Assert.Empty(await Store.ClaimForStationAsync("CS-1", Claim("C") with { States = [Issued, Sent] }));
    }

    [StoreFact]
    public async Task A_claim_is_for_states_uses_and_stations()
    {
        await AddAsync("CS-1");
        await AddAsync("CS-2", CertificateUses.Iso15118);
        await AddAsync("CS-3");

        Assert.Empty((await Store.ClaimDueAsync(Claim("A") with { States = [Issued, Sent] })).Requests);
        Assert.Equal(
            "CS-2",
            Assert
                .Single(
                    (
                        await Store.ClaimDueAsync(Claim("A") with { MaxCount = 9, Uses = [CertificateUses.Iso15118] })
                    ).Requests
                )
                .Station
        );
        Assert.Equal(
            "CS-3",
            Assert
                .Single(
                    (await Store.ClaimDueAsync(Claim("A") with { MaxCount = 9, ExceptStations = ["cs-1"] })).Requests
                )
                .Station
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Claim("A") with { MaxCount = 0 });
    }

    [StoreFact]
    public async Task A_new_request_is_held_until_its_station_has_been_answered()
    {
        SigningRequest request = await Store.AddAsync(
            "CS-1",
            TestCsr.New(),
            CertificateUses.CsmsConnection,
            new("A/answer", s_lease)
        );

        Assert.Empty((await Store.ClaimDueAsync(Claim("A"))).Requests);
        Assert.True(await Store.ReleaseAsync(request.Id, "A/answer", Clock.GetUtcNow()));
        Assert.Single((await Store.ClaimDueAsync(Claim("A"))).Requests);
    }

    private protected static SigningRequestClaim Claim(string owner) => new() { Lease = new(owner, s_lease) };

    private protected Task<SigningRequest> AddAsync(
        string station,
        CertificateUses uses = CertificateUses.CsmsConnection
    ) => Store.AddAsync(station, TestCsr.New(), uses);

    private protected async Task<SigningRequest> ForwardAsync(string owner)
    {
        await AddAsync("CS-1");
        SigningRequest claimed = Assert.Single((await Store.ClaimDueAsync(Claim(owner))).Requests);
        return (
            await Store.TransitionAsync(claimed.Id, claimed.Version, SigningRequestTransition.Forwarded())
        ).Request!;
    }
}
