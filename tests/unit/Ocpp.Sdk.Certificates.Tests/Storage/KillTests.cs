using Ocpp.Certificates.Authorities;
using Ocpp.Certificates.Sqlite;
using Ocpp.Certificates.Storage;
using Ocpp.Testing;
using SQLitePCL;
using static Ocpp.Certificates.Storage.SigningRequestState;

namespace Ocpp.Certificates.Tests;

/// <summary>
/// A kill leaves the files as they are at that moment. So the files are copied after each step, and in the midst of its
/// commit, and a store is opened on the copy.
/// </summary>
public sealed class KillTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = TestAuthority.BelowRoot();
    private readonly OcppTestClock _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly SigningOrder _order = TestCsr.Order();
    private readonly SqliteSigningRequestStore _store;
    private int _kills;

    public KillTests() => _store = SqliteSigningRequestStore.Open(_folder.Locate("requests.db"), _clock);

    [Fact]
    public async Task After_a_kill_every_step_that_was_returned_is_there()
    {
        SigningRequest request = await _store.AddAsync("CS-1", _order.Request, CertificateUses.CsmsConnection);
        await AssertKeptAsync(request);
        foreach (SigningRequestTransition step in WholeWay())
        {
            request = await _store.StepAsync(request.Id, step);
            await AssertKeptAsync(request);
        }

        Assert.Equal(Delivered, request.State);
    }

    [Fact]
    public async Task A_kill_before_the_commit_leaves_the_state_before()
    {
        SigningRequest? before = null;
        SigningRequest request = await InterruptedAsync(
            () => _store.AddAsync("CS-1", _order.Request, CertificateUses.CsmsConnection),
            before
        );
        foreach (SigningRequestTransition step in WholeWay())
        {
            before = request;
            request = await InterruptedAsync(() => _store.StepAsync(request.Id, step), before);
        }

        Assert.Equal(Delivered, request.State);
    }

    [Fact]
    public async Task After_a_kill_while_the_authority_was_asked_it_is_asked_again_and_that_is_recorded()
    {
        SigningRequest request = await _store.AddAsync("CS-1", _order.Request, CertificateUses.Combined);
        SigningRequest forwarded = await _store.StepAsync(request.Id, SigningRequestTransition.Forwarded());
        Assert.False(forwarded.IsAnswerLost);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _store.StepAsync(request.Id, SigningRequestTransition.Forwarded())
        );

        await using SqliteSigningRequestStore restarted = Restart(Copy());
        SigningRequest found = Assert.Single(await restarted.ListUnfinishedAsync());
        Assert.Equal(forwarded with { IsAnswerLost = true, Version = 3 }, found);
        SigningRequest again = await restarted.StepAsync(found.Id, SigningRequestTransition.Forwarded());

        Assert.Equal((2, false), (again.Attempts, again.IsAnswerLost));
        Assert.Equal(
            ["", "", "Asked again: the authority's answer was lost in a restart."],
            (await restarted.GetHistoryAsync(found.Id)).Select(one => one.Reason)
        );
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            restarted.StepAsync(found.Id, SigningRequestTransition.Forwarded())
        );
    }

    [Fact]
    public async Task After_a_kill_what_was_sent_is_sent_again_and_that_is_recorded()
    {
        SigningRequest request = await _store.AddAsync("CS-1", _order.Request, CertificateUses.Combined);
        foreach (SigningRequestTransition step in WholeWay().SkipLast(1))
        {
            request = await _store.StepAsync(request.Id, step);
        }

        await using SqliteSigningRequestStore restarted = Restart(Copy());
        SigningRequest found = Assert.Single(await restarted.ListUnfinishedAsync("CS-1"));
        Assert.Equal(request, found);
        SigningRequest again = await restarted.StepAsync(found.Id, SigningRequestTransition.Sent());

        Assert.Equal(
            request with
            {
                Version = request.Version + 1,
                Deliveries = 2,
                Reason = "Sent again: the station's answer did not come.",
            },
            again
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    private SigningRequestTransition[] WholeWay() =>
        [
            SigningRequestTransition.Forwarded(),
            SigningRequestTransition.Waiting(_clock.GetUtcNow().AddHours(1), "Not decided yet.", "ticket 5"),
            SigningRequestTransition.Forwarded(),
            SigningRequestTransition.Issued(_authority.IssueChain(_order)),
            SigningRequestTransition.Sent(),
            SigningRequestTransition.Delivered(),
        ];

    // The hook runs when the transaction is complete but for its commit.
    private async Task<SigningRequest> InterruptedAsync(Func<Task<SigningRequest>> act, SigningRequest? before)
    {
        string? copy = null;
        raw.sqlite3_commit_hook(
            _store.Connection.Handle,
            _ =>
            {
                copy ??= Copy();
                return 0;
            },
            null
        );
        SigningRequest after = await act();
        raw.sqlite3_commit_hook(_store.Connection.Handle, null, null);

        await using SqliteSigningRequestStore restarted = Restart(copy!);
        Assert.Equal(AfterRestart(before), await restarted.FindAsync(after.Id));
        return after;
    }

    private async Task AssertKeptAsync(SigningRequest request)
    {
        IReadOnlyList<SigningRequestEvent> history = await _store.GetHistoryAsync(request.Id);
        await using SqliteSigningRequestStore restarted = Restart(Copy());

        Assert.Equal(AfterRestart(request), await restarted.FindAsync(request.Id));
        Assert.Equal(history, await restarted.GetHistoryAsync(request.Id));
        Assert.Contains(history, one => one.State == request.State && one.LastAt == request.ChangedAt);
    }

    // Whoever asked the authority is gone, and the answer with it.
    private static SigningRequest? AfterRestart(SigningRequest? request) =>
        request is { State: Forwarded }
            ? request with
            {
                IsAnswerLost = true,
                Version = request.Version + 1,
                DueAt = request.ChangedAt,
            }
            : request;

    private string Copy()
    {
        string copy = _folder.Locate($"killed-{++_kills}.db");
        foreach (string suffix in new[] { "", "-wal" })
        {
            File.Copy(_folder.Locate("requests.db" + suffix), copy + suffix);
        }

        return copy;
    }

    private SqliteSigningRequestStore Restart(string path) => SqliteSigningRequestStore.Open(path, _clock);
}
