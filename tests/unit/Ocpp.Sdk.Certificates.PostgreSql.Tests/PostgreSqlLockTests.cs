using Npgsql;
using Ocpp.Certificates.Storage;
using Ocpp.Certificates.Tests;

namespace Ocpp.Certificates.PostgreSql.Tests;

/// <summary>A database that is slow because somebody holds a lock, and connections that end meanwhile.</summary>
public sealed class PostgreSqlLockTests : IAsyncLifetime
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private PostgreSqlStoreHost Host { get; } = new();

    public Task InitializeAsync() => Host.CreateAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [StoreFact]
    public async Task A_connection_that_is_killed_in_a_transaction_costs_nothing()
    {
        PostgreSqlSigningRequestStore store = Host.Open(configure: builder => builder.ApplicationName = _name);
        SigningRequest request = await store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        await using RowLock rowLock = await LockAsync(request.Id);
        Task<SigningTransitionResult> transition = store.TransitionAsync(
            request.Id,
            request.Version,
            SigningRequestTransition.Forwarded()
        );

        await WaitUntilBlockedAsync();
        await Host.RunAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_name}'"
        );
        await rowLock.ReleaseAsync();

        Assert.True((await transition).IsApplied);
        Assert.Equal(
            [(SigningRequestState.Received, 1), (SigningRequestState.Forwarded, 1)],
            (await store.GetHistoryAsync(request.Id)).Select(one => (one.State, one.Count))
        );
    }

    [StoreFact]
    public async Task A_call_that_takes_too_long_changes_nothing_and_can_be_repeated()
    {
        PostgreSqlSigningRequestStore store = Host.Open(configure: builder => builder.CommandTimeout = 1);
        SigningRequest request = await store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        SigningRequestTransition transition = SigningRequestTransition.Forwarded();
        await using RowLock rowLock = await LockAsync(request.Id);

        var e = await Assert.ThrowsAsync<SigningRequestStoreException>(() =>
            store.TransitionAsync(request.Id, request.Version, transition)
        );
        Assert.Equal("The store of signing requests failed: PostgreSQL did not answer in time.", e.Message);
        Assert.Equal(request, await store.FindAsync(request.Id));

        await rowLock.ReleaseAsync();
        Assert.True((await store.TransitionAsync(request.Id, request.Version, transition)).IsApplied);
    }

    [StoreFact]
    public async Task A_call_that_is_cancelled_while_it_waits_changes_nothing()
    {
        PostgreSqlSigningRequestStore store = Host.Open(configure: builder => builder.ApplicationName = _name);
        SigningRequest request = await store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        await using RowLock rowLock = await LockAsync(request.Id);
        using var cancel = new CancellationTokenSource();
        Task transition = store.TransitionAsync(
            request.Id,
            request.Version,
            SigningRequestTransition.Forwarded(),
            cancel.Token
        );

        await WaitUntilBlockedAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transition);
        await rowLock.ReleaseAsync();
        Assert.Equal(request, await store.FindAsync(request.Id));
    }

    [StoreFact]
    public async Task A_request_that_somebody_has_locked_keeps_no_claim_waiting()
    {
        PostgreSqlSigningRequestStore store = Host.Open();
        SigningRequest locked = await store.AddAsync("CS-1", TestCsr.New(), CertificateUses.Combined);
        SigningRequest free = await store.AddAsync("CS-2", TestCsr.New(), CertificateUses.Combined);
        await using RowLock rowLock = await LockAsync(locked.Id);
        var claim = new SigningRequestClaim { Lease = new("A", TimeSpan.FromMinutes(2)), MaxCount = 9 };

        SigningRequestClaimResult result = await store.ClaimDueAsync(claim);

        Assert.Equal([free.Id], result.Requests.Select(one => one.Id));
        Assert.True(result.NextDueAt <= DateTimeOffset.UtcNow);
        Assert.Empty(await store.ClaimForStationAsync("CS-1", claim));
        await rowLock.ReleaseAsync();
        Assert.Equal(locked.Id, Assert.Single((await store.ClaimDueAsync(claim)).Requests).Id);
    }

    private async Task WaitUntilBlockedAsync()
    {
        string isBlocked =
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{_name}' AND wait_event_type = 'Lock'";
        while (await Host.RunAsync(isBlocked) is 0L)
        {
            await Task.Delay(20); // PostgreSQL has no way to say so
        }
    }

    private async Task<RowLock> LockAsync(long id)
    {
        NpgsqlConnection connection = await Host.Source.OpenConnectionAsync();
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await connection
            .Command("SELECT id FROM signing_request WHERE id = @id FOR UPDATE", ("id", id))
            .RunAsync(CancellationToken.None);
        return new RowLock(connection, transaction);
    }

    private sealed class RowLock(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public Task ReleaseAsync() => transaction.RollbackAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
