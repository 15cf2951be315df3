using System.Collections.Concurrent;
using System.Threading.Channels;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;
using Ocpp.Testing;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>Several nodes on one database.</summary>
public sealed class PostgreSqlNodeTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(2);

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly OcppTestClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private PostgreSqlStoreHost Host { get; } = new();

    public Task InitializeAsync() => Host.CreateAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [StoreFact]
    public async Task However_many_claim_at_once_each_request_is_handed_out_once()
    {
        PostgreSqlSigningRequestStore[] nodes = [.. Enumerable.Range(0, 8).Select(_ => Host.Open())];
        await nodes[0].FindAsync(1);
        await AddManyAsync(400);
        var claimed = new ConcurrentBag<(long Id, string Owner)>();

        await Task.WhenAll(nodes.Select((node, i) => ClaimAllAsync(node, $"node {i}")));

        Assert.Equal(Enumerable.Range(1, 400).Select(id => (long)id), claimed.Select(one => one.Id).Order());
        Assert.Equal(
            claimed.OrderBy(one => one.Id),
            (await nodes[0].ListUnfinishedAsync()).Select(one => (one.Id, one.LeaseOwner!))
        );

        async Task ClaimAllAsync(PostgreSqlSigningRequestStore node, string owner)
        {
            while (true)
            {
                SigningRequestClaimResult result = await node.ClaimDueAsync(Claim(owner) with { MaxCount = 7 });
                Assert.InRange(result.Requests.Count, 0, 7);
                foreach (SigningRequest request in result.Requests)
                {
                    claimed.Add((request.Id, owner));
                }

                if (result.NextDueAt is not { } next || next > DateTimeOffset.UtcNow.AddMinutes(1))
                {
                    return;
                }
            }
        }
    }

    [StoreFact]
    public async Task A_node_that_was_paused_beyond_its_lease_changes_nothing_when_it_comes_back()
    {
        PostgreSqlSigningRequestStore paused = Open();
        PostgreSqlSigningRequestStore other = Open();
        await paused.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        SigningRequest held = Assert.Single((await paused.ClaimDueAsync(Claim("paused"))).Requests);
        SigningTransitionResult forwarded = await paused.TransitionAsync(
            held.Id,
            held.Version,
            SigningRequestTransition.Forwarded()
        );
        _clock.Advance(s_lease);
        SigningRequest taken = Assert.Single((await other.ClaimDueAsync(Claim("other"))).Requests);

        await paused.RenewAsync(new("paused", s_lease));
        SigningTransitionResult late = await paused.TransitionAsync(
            held.Id,
            forwarded.Request!.Version,
            SigningRequestTransition.Failed("The node that was paused says so.")
        );

        Assert.True(taken.IsAnswerLost);
        Assert.Equal(new SigningTransitionResult(SigningTransitionOutcome.VersionConflict, taken), late);
        Assert.False(await paused.ReleaseAsync(held.Id, "paused", _clock.GetUtcNow()));
        Assert.Equal(taken, await other.FindAsync(held.Id));
    }

    [StoreFact]
    public async Task Clocks_that_are_minutes_apart_neither_shorten_a_lease_nor_move_what_is_due()
    {
        var ahead = new SkewedClock(_clock, TimeSpan.FromMinutes(1));
        var behind = new SkewedClock(_clock, TimeSpan.FromMinutes(-1));
        PostgreSqlSigningRequestStore a = Host.Open(ahead, _clock);
        PostgreSqlSigningRequestStore b = Host.Open(behind, _clock);
        await a.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);

        // The lease is held for all of its time, whatever time the other thinks it is.
        SigningRequest held = Assert.Single((await b.ClaimDueAsync(Claim("B"))).Requests);
        SigningRequestClaimResult early = await a.ClaimDueAsync(Claim("A"));
        Assert.Empty(early.Requests);
        Assert.Equal(ahead.GetUtcNow() + s_lease, early.NextDueAt);
        _clock.Advance(s_lease - TimeSpan.FromSeconds(1));
        Assert.Empty((await a.ClaimDueAsync(Claim("A"))).Requests);

        // What is released for ten minutes is due in ten minutes.
        Assert.True(await b.ReleaseAsync(held.Id, "B", behind.GetUtcNow().AddMinutes(10)));
        Assert.Equal(ahead.GetUtcNow().AddMinutes(10), (await a.ClaimDueAsync(Claim("A"))).NextDueAt);
        _clock.Advance(TimeSpan.FromMinutes(10));
        SigningRequest again = Assert.Single((await a.ClaimDueAsync(Claim("A"))).Requests);

        // So is what waits for its authority.
        SigningRequest asked = (
            await a.TransitionAsync(again.Id, again.Version, SigningRequestTransition.Forwarded())
        ).Request!;
        SigningRequest waiting = (
            await a.TransitionAsync(
                again.Id,
                asked.Version,
                SigningRequestTransition.Waiting(ahead.GetUtcNow().AddHours(1), "Not decided yet.")
            )
        ).Request!;
        Assert.Equal(
            (_clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1), _clock.GetUtcNow().AddHours(1)),
            (waiting.ChangedAt, waiting.AskAgainAt, waiting.DueAt)
        );
        Assert.Equal(behind.GetUtcNow().AddHours(1), (await b.ClaimDueAsync(Claim("B"))).NextDueAt);
    }

    [StoreFact]
    public async Task What_a_node_offers_reaches_the_others_and_what_it_only_releases_does_not()
    {
        PostgreSqlSigningRequestStore a = OpenNamed("a");
        PostgreSqlSigningRequestStore b = OpenNamed("b");
        long[] ids = [.. (await ClaimAsync(a, "CS-1", "CS-2", "CS-3")).Select(one => one.Id)];
        await using Watched ownWatch = await WatchAsync(a, "a");
        await using Watched watch = await WatchAsync(b, "b");

        await a.ReleaseAsync(ids[0], "A", DateTimeOffset.UtcNow);
        await a.ReleaseAsync(ids[1], "A", DateTimeOffset.UtcNow.AddDays(1), isOffered: true);
        Assert.Equal("CS-2", await watch.NextAsync());

        await a.ReleaseAllAsync("A");
        Assert.Equal("CS-3", await watch.NextAsync());
        Assert.False(ownWatch.HasMore);
    }

    [StoreFact]
    public async Task What_was_offered_while_a_node_did_not_listen_reaches_it_when_it_listens_again()
    {
        PostgreSqlSigningRequestStore a = Host.Open();
        PostgreSqlSigningRequestStore b = OpenNamed("b");
        long id = (await ClaimAsync(a, "CS-1"))[0].Id;
        Watched first = await WatchAsync(b, "b");
        await Host.RunAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'b {_name}'"
        );
        var e = await Assert.ThrowsAsync<SigningRequestStoreException>(() => first.Ended);
        Assert.StartsWith("The store of signing requests failed: ", e.Message, StringComparison.Ordinal);

        await a.ReleaseAsync(id, "A", DateTimeOffset.UtcNow, isOffered: true);
        await using Watched second = await WatchAsync(b, "b");

        Assert.Equal("CS-1", await second.NextAsync());
    }

    [StoreFact]
    public async Task Two_stores_in_one_database_hear_nothing_of_each_other()
    {
        await using var elsewhere = new PostgreSqlStoreHost();
        await elsewhere.CreateAsync();
        PostgreSqlSigningRequestStore a = Host.Open();
        PostgreSqlSigningRequestStore other = elsewhere.Open();
        long id = (await ClaimAsync(a, "CS-1"))[0].Id;
        long otherId = (await ClaimAsync(other, "CS-2"))[0].Id;
        PostgreSqlSigningRequestStore listening = elsewhere.Open(configure: builder =>
            builder.ApplicationName = $"b {_name}"
        );
        await using Watched watch = await WatchAsync(listening, "b");

        await a.ReleaseAsync(id, "A", DateTimeOffset.UtcNow, isOffered: true);
        await other.ReleaseAsync(otherId, "A", DateTimeOffset.UtcNow, isOffered: true);

        Assert.Equal("CS-2", await watch.NextAsync());
    }

    private PostgreSqlSigningRequestStore Open() => Host.Open(_clock, _clock);

    private static SigningRequestClaim Claim(string owner) => new() { Lease = new(owner, s_lease) };

    private static async Task<IReadOnlyList<SigningRequest>> ClaimAsync(
        PostgreSqlSigningRequestStore store,
        params string[] stations
    )
    {
        foreach (string station in stations)
        {
            await store.AddAsync(station, TestCsr.New(), CertificateUses.Combined);
        }

        return (await store.ClaimDueAsync(Claim("A") with { MaxCount = stations.Length })).Requests;
    }

    private Task<object?> AddManyAsync(int count) =>
        Host.RunAsync(
            $"""
            INSERT INTO signing_request (station, station_key, key_id, uses, csr, state, received_at, changed_at, due_at)
            SELECT 'CS-' || n, 'CS-' || n, lpad(n::text, 64, '0'), 'Combined', '', 'Received', now(), now(), now()
            FROM generate_series(1, {count}) AS n
            """
        );

    private PostgreSqlSigningRequestStore OpenNamed(string name) =>
        Host.Open(configure: builder => builder.ApplicationName = $"{name} {_name}");

    /// <summary>Watches, and returns when the store listens and has looked.</summary>
    private async Task<Watched> WatchAsync(PostgreSqlSigningRequestStore store, string name)
    {
        var watched = new Watched(store);
        string isListening =
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name} {_name}' AND state = 'idle' "
            + "AND query LIKE '%offered_at IS NOT NULL%'";
        while (await Host.RunAsync(isListening) is 0L)
        {
            Assert.False(watched.Ended.IsFaulted);
            await Task.Delay(20); // PostgreSQL has no way to say so
        }

        return watched;
    }

    private sealed class Watched : IAsyncDisposable
    {
        private readonly Channel<string> _stations = Channel.CreateUnbounded<string>();
        private readonly CancellationTokenSource _stop = new();

        public Watched(PostgreSqlSigningRequestStore store) =>
            Ended = store.WatchAsync(station => _stations.Writer.TryWrite(station), _stop.Token);

        public Task Ended { get; }

        public bool HasMore => _stations.Reader.TryPeek(out _);

        public Task<string> NextAsync() => _stations.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ended);
            _stop.Dispose();
        }
    }
}
