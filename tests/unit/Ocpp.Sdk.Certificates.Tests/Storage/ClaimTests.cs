using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>Who works on which request, and for how long.</summary>
public sealed class ClaimTests : IAsyncDisposable
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly OcppTestClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SqliteSigningRequestStore _store;

    public ClaimTests() => _store = SqliteSigningRequestStore.Open(_folder.Locate("requests.db"), _clock);

    [Fact]
    public async Task Due_work_is_handed_out_once_until_its_lease_ends()
    {
        SigningRequest request = await AddAsync("CS-1");

        SigningRequest claimed = Assert.Single((await _store.ClaimDueAsync(Claim("A"))).Requests);
        Assert.Equal(request with { Version = 2, LeaseOwner = "A", DueAt = _clock.GetUtcNow() + s_lease }, claimed);
        Assert.Equal(claimed, await _store.FindAsync(request.Id));
        SigningRequestClaimResult held = await _store.ClaimDueAsync(Claim("B"));
        Assert.Empty(held.Requests);
        Assert.Equal(_clock.GetUtcNow() + s_lease, held.NextDueAt);

        _clock.Advance(s_lease);
        Assert.Equal(
            ("B", 3L),
            Assert.Single((await _store.ClaimDueAsync(Claim("B"))).Requests) is var other
                ? (other.LeaseOwner, other.Version)
                : default
        );
    }

    [Fact]
    public async Task What_an_owner_holds_is_not_handed_out_to_it_again_even_when_the_lease_has_ended()
    {
        await AddAsync("CS-1");
        await _store.ClaimDueAsync(Claim("A"));
        _clock.Advance(s_lease);

        SigningRequestClaimResult again = await _store.ClaimDueAsync(Claim("A"));

        Assert.Empty(again.Requests);
        Assert.Null(again.NextDueAt);
    }

    [Fact]
    public async Task A_lease_that_is_renewed_lasts_from_then_on()
    {
        await AddAsync("CS-1");
        await _store.ClaimDueAsync(Claim("A"));
        _clock.Advance(s_lease - TimeSpan.FromSeconds(1));
        await _store.RenewAsync(new("A", s_lease));
        await _store.RenewAsync(new("B", TimeSpan.FromDays(1)));
        _clock.Advance(s_lease - TimeSpan.FromSeconds(1));

        Assert.Empty((await _store.ClaimDueAsync(Claim("B"))).Requests);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single((await _store.ClaimDueAsync(Claim("B"))).Requests);
    }

    [Fact]
    public async Task What_is_released_is_due_when_its_owner_said()
    {
        SigningRequest request = await AddAsync("CS-1");
        await _store.ClaimDueAsync(Claim("A"));

        Assert.False(await _store.ReleaseAsync(request.Id, "B", _clock.GetUtcNow()));
        Assert.True(await _store.ReleaseAsync(request.Id, "A", _clock.GetUtcNow().AddHours(1)));

        SigningRequestClaimResult early = await _store.ClaimDueAsync(Claim("B"));
        Assert.Empty(early.Requests);
        Assert.Equal(_clock.GetUtcNow().AddHours(1), early.NextDueAt);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Single((await _store.ClaimDueAsync(Claim("B"))).Requests);
    }

    [Fact]
    public async Task An_owner_that_stops_releases_all_at_once()
    {
        await AddAsync("CS-1");
        await AddAsync("CS-2");
        await _store.ClaimDueAsync(Claim("A") with { MaxCount = 2 });
        await _store.ReleaseAllAsync("A");

        Assert.Equal(2, (await _store.ClaimDueAsync(Claim("B") with { MaxCount = 5 })).Requests.Count);
    }

    [Fact]
    public async Task A_transition_that_expects_another_version_is_not_applied()
    {
        SigningRequest request = await AddAsync("CS-1");
        SigningRequest claimed = Assert.Single((await _store.ClaimDueAsync(Claim("A"))).Requests);

        Assert.Equal(
            new SigningTransitionResult(SigningTransitionOutcome.VersionConflict, claimed),
            await _store.TransitionAsync(request.Id, request.Version, SigningRequestTransition.Forwarded())
        );
        Assert.Equal([Received], (await _store.GetHistoryAsync(request.Id)).Select(one => one.State));
    }

    [Fact]
    public async Task Of_two_owners_the_one_whose_lease_has_ended_can_change_nothing_more()
    {
        SigningRequest slow = await ForwardAsync("A");
        _clock.Advance(s_lease);
        SigningRequest taken = Assert.Single((await _store.ClaimDueAsync(Claim("B"))).Requests);

        Assert.True(taken.IsAnswerLost);
        Assert.Equal(
            SigningTransitionOutcome.VersionConflict,
            (await _store.TransitionAsync(slow.Id, slow.Version, SigningRequestTransition.Failed("Slow."))).Outcome
        );
        Assert.True(
            (await _store.TransitionAsync(taken.Id, taken.Version, SigningRequestTransition.Forwarded())).IsApplied
        );
    }

    [Fact]
    public async Task What_waits_or_is_finished_nobody_holds()
    {
        SigningRequest forwarded = await ForwardAsync("A");
        DateTimeOffset later = _clock.GetUtcNow().AddHours(1);

        SigningRequest waiting = await _store.StepAsync(
            forwarded.Id,
            SigningRequestTransition.Waiting(later, "Not yet.")
        );
        SigningRequest failed = await _store.StepAsync(forwarded.Id, SigningRequestTransition.Failed("No."));

        Assert.Equal((null, later), (waiting.LeaseOwner, waiting.DueAt));
        Assert.Equal((null, (DateTimeOffset?)null), (failed.LeaseOwner, failed.DueAt));
        Assert.Null((await _store.ClaimDueAsync(Claim("B"))).NextDueAt);
    }

    [Fact]
    public async Task A_station_that_connects_has_its_own_work_claimed_whether_it_is_due_or_not()
    {
        SigningRequest request = await AddAsync("CS-1");
        await AddAsync("CS-2");
        await _store.ClaimDueAsync(Claim("A") with { MaxCount = 2 });
        await _store.ReleaseAsync(request.Id, "A", _clock.GetUtcNow().AddDays(30));

        Assert.Equal(
            request.Id,
            Assert.Single(await _store.ClaimForStationAsync("cs-1", Claim("B") with { MaxCount = 9 })).Id
        );
        Assert.Empty(await _store.ClaimForStationAsync("CS-2", Claim("B"))); // A holds it
        Assert.Empty(await _store.ClaimForStationAsync("CS-3", Claim("B")));
        Assert.Empty(await _store.ClaimForStationAsync("CS-1", Claim("C") with { States = [Issued, Sent] }));
    }

    [Fact]
    public async Task A_claim_is_for_states_uses_and_stations()
    {
        await AddAsync("CS-1");
        await AddAsync("CS-2", CertificateUses.Iso15118);
        await AddAsync("CS-3");

        Assert.Empty((await _store.ClaimDueAsync(Claim("A") with { States = [Issued, Sent] })).Requests);
        Assert.Equal(
            "CS-2",
            Assert
                .Single(
                    (
                        await _store.ClaimDueAsync(Claim("A") with { MaxCount = 9, Uses = [CertificateUses.Iso15118] })
                    ).Requests
                )
                .Station
        );
        Assert.Equal(
            "CS-3",
            Assert
                .Single(
                    (await _store.ClaimDueAsync(Claim("A") with { MaxCount = 9, ExceptStations = ["cs-1"] })).Requests
                )
                .Station
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Claim("A") with { MaxCount = 0 });
    }

    [Fact]
    public async Task A_new_request_is_held_until_its_station_has_been_answered()
    {
        SigningRequest request = await _store.AddAsync(
            "CS-1",
            TestCsr.New(),
            CertificateUses.CsmsConnection,
            new("A/answer", s_lease)
        );

        Assert.Empty((await _store.ClaimDueAsync(Claim("A"))).Requests);
        Assert.True(await _store.ReleaseAsync(request.Id, "A/answer", _clock.GetUtcNow()));
        Assert.Single((await _store.ClaimDueAsync(Claim("A"))).Requests);
    }

    [Fact]
    public async Task What_a_process_held_that_has_ended_is_due_at_once_after_a_restart()
    {
        SigningRequest forwarded = await ForwardAsync("A");
        await _store.DisposeAsync();
        await using var restarted = SqliteSigningRequestStore.Open(_folder.Locate("requests.db"), _clock);

        SigningRequest claimed = Assert.Single((await restarted.ClaimDueAsync(Claim("B"))).Requests);

        Assert.Equal((forwarded.Id, true), (claimed.Id, claimed.IsAnswerLost));
    }

    [Fact]
    public async Task Due_work_is_found_by_its_index_alone()
    {
        await AddAsync("CS-1");
        var query = new ClaimQuery(Claim("A"), _clock.GetUtcNow());
        using var command = SqliteSigningRequestStore.Command(
            _store.Connection,
            "EXPLAIN QUERY PLAN " + query.NextDue,
            query.Parameters
        );
        using var reader = command.ExecuteReader();
        var searches = new List<string>();
        while (reader.Read())
        {
            if (reader.GetString(3) is var step && step.Contains(" request ", StringComparison.Ordinal))
            {
                searches.Add(step);
            }
        }

        Assert.Equal(5, searches.Count);
        Assert.All(searches, step => Assert.Equal("SEARCH request USING INDEX request_due (state=?)", step));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private static SigningRequestClaim Claim(string owner) => new() { Lease = new(owner, s_lease) };

    private Task<SigningRequest> AddAsync(string station, CertificateUses uses = CertificateUses.CsmsConnection) =>
        _store.AddAsync(station, TestCsr.New(), uses);

    private async Task<SigningRequest> ForwardAsync(string owner)
    {
        await AddAsync("CS-1");
        SigningRequest claimed = Assert.Single((await _store.ClaimDueAsync(Claim(owner))).Requests);
        return (
            await _store.TransitionAsync(claimed.Id, claimed.Version, SigningRequestTransition.Forwarded())
        ).Request!;
    }
}
