using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>A commit that has happened, and whose answer is lost with the connection.</summary>
public sealed class PostgreSqlLostAnswerTests : IAsyncLifetime
{
    // As often as a store tries.
    private const int Always = 3;

    private CommitCutter? _cutter;
    private PostgreSqlSigningRequestStore? _store;

    private PostgreSqlStoreHost Host { get; } = new();

    private CommitCutter Cutter => _cutter!;

    private PostgreSqlSigningRequestStore Store => _store!;

    public async Task InitializeAsync()
    {
        await Host.CreateAsync();
        _cutter = CommitCutter.Start(Host.ConnectionString);
        _store = Host.Open(configure: _cutter.Configure);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Cutter.DisposeAsync();
    }

    [StoreFact]
    public async Task A_request_whose_answer_was_lost_is_kept_once()
    {
        NewSigningRequest request = new("CS-1", TestCsr.New(), CertificateUses.Combined);
        await Store.FindAsync(1);
        Cutter.Cut(1);

        SigningRequest kept = await Store.AddAsync(request);

        Assert.Equal(1, Cutter.Lost);
        Assert.Equal([kept], await Store.ListAsync(new()));
    }

    [StoreFact]
    public async Task A_transition_whose_answer_was_lost_is_recognised_by_the_store()
    {
        SigningRequest request = await AddAsync();
        Cutter.Cut(1);

        SigningTransitionResult result = await Store.TransitionAsync(
            request.Id,
            request.Version,
            SigningRequestTransition.Forwarded()
        );

        Assert.Equal(1, Cutter.Lost);
        await AssertForwardedOnceAsync(request, result);
    }

    [StoreFact]
    public async Task A_transition_whose_answers_were_all_lost_is_recognised_when_the_caller_repeats_it()
    {
        SigningRequest request = await AddAsync();
        SigningRequestTransition transition = SigningRequestTransition.Forwarded();
        Cutter.Cut(Always);

        var e = await Assert.ThrowsAsync<SigningRequestStoreException>(() =>
            Store.TransitionAsync(request.Id, request.Version, transition)
        );
        Assert.Equal("The store of signing requests failed: there is no connection to PostgreSQL.", e.Message);

        SigningTransitionResult another = await Store.TransitionAsync(
            request.Id,
            request.Version,
            SigningRequestTransition.Forwarded()
        );
        Assert.Equal(SigningTransitionOutcome.VersionConflict, another.Outcome);
        SigningTransitionResult result = await Store.TransitionAsync(request.Id, request.Version, transition);
        await AssertForwardedOnceAsync(request, result);
    }

    [StoreFact]
    public async Task A_claim_whose_answer_was_lost_hands_out_what_it_has_marked()
    {
        SigningRequest request = await AddAsync();
        Cutter.Cut(1);

        SigningRequest claimed = Assert.Single((await Store.ClaimDueAsync(Claim())).Requests);

        Assert.Equal(1, Cutter.Lost);
        Assert.Equal((request.Id, 2, "A"), (claimed.Id, claimed.Version, claimed.LeaseOwner));
        Assert.Empty((await Store.ClaimDueAsync(Claim())).Requests);
    }

    [StoreFact]
    public async Task A_claim_whose_answers_were_all_lost_holds_nothing_that_nobody_knows_of()
    {
        SigningRequest request = await AddAsync();
        Cutter.Cut(Always);
        await Assert.ThrowsAsync<SigningRequestStoreException>(() => Store.ClaimForStationAsync("CS-1", Claim()));
        Assert.Equal(Always, Cutter.Lost);
        Assert.Equal("A", (await Store.FindAsync(request.Id))!.LeaseOwner);

        SigningRequest claimed = Assert.Single((await Store.ClaimDueAsync(Claim())).Requests);

        // Claimed, released, and claimed.
        Assert.Equal((request.Id, 4, "A"), (claimed.Id, claimed.Version, claimed.LeaseOwner));
    }

    private static SigningRequestClaim Claim() => new() { Lease = new("A", TimeSpan.FromMinutes(2)) };

    private Task<SigningRequest> AddAsync() => Store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);

    private async Task AssertForwardedOnceAsync(SigningRequest request, SigningTransitionResult result)
    {
        Assert.Equal(SigningTransitionOutcome.Applied, result.Outcome);
        Assert.Equal((request.Version + 1, 1), (result.Request!.Version, result.Request.Attempts));
        Assert.Equal(result.Request, await Store.FindAsync(request.Id));
        Assert.Equal(
            [(SigningRequestState.Received, 1), (SigningRequestState.Forwarded, 1)],
            (await Store.GetHistoryAsync(request.Id)).Select(one => (one.State, one.Count))
        );
    }
}
