using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>A store that fails as on a full disk, when the test says so.</summary>
internal sealed class FailingStore(ISigningRequestStore store) : ISigningRequestStore
{
    /// <summary>Which steps fail; <see cref="SigningRequestState.Received"/> for a request that is added.</summary>
    public SigningRequestState? Fails { get; set; }

    /// <summary>What happens just before a request is added.</summary>
    public Func<Task>? Adding { get; set; }

    /// <summary>What happens in place of a release, which it is given.</summary>
    public Func<Func<Task<bool>>, Task<bool>>? Releasing { get; set; }

    /// <summary>What happens when the work of a station was claimed.</summary>
    public Action? ClaimedForStation { get; set; }

    /// <summary>What happens when leases were renewed.</summary>
    public Action? Renewed { get; set; }

    /// <summary>What happens in place of watching.</summary>
    public Func<Action<string>, CancellationToken, Task>? Watching { get; set; }

    public async Task<SigningRequest> AddAsync(NewSigningRequest request, CancellationToken cancellationToken = default)
    {
        await (Adding?.Invoke() ?? Task.CompletedTask);
        return Fails == SigningRequestState.Received ? throw Full() : await store.AddAsync(request, cancellationToken);
    }

    public Task<SigningTransitionResult> TransitionAsync(
        long id,
        long expectedVersion,
        SigningRequestTransition transition,
        CancellationToken cancellationToken = default
    ) =>
        Fails == transition.To
            ? throw Full()
            : store.TransitionAsync(id, expectedVersion, transition, cancellationToken);

    public Task<SigningRequestClaimResult> ClaimDueAsync(
        SigningRequestClaim claim,
        CancellationToken cancellationToken = default
    ) => store.ClaimDueAsync(claim, cancellationToken);

    public async Task<IReadOnlyList<SigningRequest>> ClaimForStationAsync(
        string station,
        SigningRequestClaim claim,
        CancellationToken cancellationToken = default
    )
    {
        IReadOnlyList<SigningRequest> claimed = await store.ClaimForStationAsync(station, claim, cancellationToken);
        ClaimedForStation?.Invoke();
        return claimed;
    }

    public async Task RenewAsync(SigningRequestLease lease, CancellationToken cancellationToken = default)
    {
        await store.RenewAsync(lease, cancellationToken);
        Renewed?.Invoke();
    }

    public Task<bool> ReleaseAsync(
        long id,
        string owner,
        DateTimeOffset dueAt,
        bool isOffered = false,
        CancellationToken cancellationToken = default
    )
    {
        return Releasing?.Invoke(ReleaseAsync) ?? ReleaseAsync();

        Task<bool> ReleaseAsync() => store.ReleaseAsync(id, owner, dueAt, isOffered, cancellationToken);
    }

    public Task ReleaseAllAsync(string owner, CancellationToken cancellationToken = default) =>
        store.ReleaseAllAsync(owner, cancellationToken);

    public Task WatchAsync(Action<string> offered, CancellationToken cancellationToken = default) =>
        Watching?.Invoke(offered, cancellationToken) ?? store.WatchAsync(offered, cancellationToken);

    public Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        store.FindAsync(id, cancellationToken);

    public Task<SigningRequestUsage> GetUsageAsync(
        string station,
        PublicKeyId keyId,
        CertificateUses uses,
        int? requestId,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    ) => store.GetUsageAsync(station, keyId, uses, requestId, since, cancellationToken);

    public Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(
        string? station = null,
        CancellationToken cancellationToken = default
    ) => store.ListUnfinishedAsync(station, cancellationToken);

    public Task<IReadOnlyList<SigningRequest>> ListAsync(
        SigningRequestFilter filter,
        CancellationToken cancellationToken = default
    ) => store.ListAsync(filter, cancellationToken);

    public Task<IReadOnlyList<SigningRequest>> ListExpiringAsync(
        DateTimeOffset before,
        CancellationToken cancellationToken = default
    ) => store.ListExpiringAsync(before, cancellationToken);

    public Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(
        long id,
        CancellationToken cancellationToken = default
    ) => store.GetHistoryAsync(id, cancellationToken);

    public Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        store.RemoveFinishedAsync(before, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static SigningRequestStoreException Full() => new("database or disk is full");
}
