using Ocpp.Certificates.Keys;
using Ocpp.Certificates.Requests;
using Ocpp.Certificates.Storage;
using Ocpp.V201;

namespace Ocpp.Certificates.Tests;

/// <summary>A store that fails as on a full disk, when the test says so.</summary>
internal sealed class FailingStore(ISigningRequestStore store) : ISigningRequestStore
{
    /// <summary>Which steps fail; <see cref="SigningRequestState.Received"/> for a request that is added.</summary>
    public SigningRequestState? Fails { get; set; }

    /// <summary>What happens just before a request is added.</summary>
    public Func<Task>? Adding { get; set; }

    public async Task<SigningRequest> AddAsync(
        string station, CertificateSigningRequest request, CertificateUses uses, CancellationToken cancellationToken = default)
    {
        await (Adding?.Invoke() ?? Task.CompletedTask);
        return Fails == SigningRequestState.Received ? throw Full() : await store.AddAsync(station, request, uses, cancellationToken);
    }

    public Task<SigningRequest> StepAsync(long id, SigningRequestStep nextStep, CancellationToken cancellationToken = default) =>
        Fails == nextStep.To ? throw Full() : store.StepAsync(id, nextStep, cancellationToken);

    public Task<SigningRequest?> FindAsync(long id, CancellationToken cancellationToken = default) => store.FindAsync(id, cancellationToken);

    public Task<SigningRequestUsage> GetUsageAsync(
        string station,
        PublicKeyId keyId,
        CertificateUses uses,
        DateTimeOffset since,
        CancellationToken cancellationToken = default) =>
        store.GetUsageAsync(station, keyId, uses, since, cancellationToken);

    public Task<IReadOnlyList<SigningRequest>> ListUnfinishedAsync(string? station = null, CancellationToken cancellationToken = default) =>
        store.ListUnfinishedAsync(station, cancellationToken);

    public Task<IReadOnlyList<SigningRequest>> ListAsync(SigningRequestFilter filter, CancellationToken cancellationToken = default) =>
        store.ListAsync(filter, cancellationToken);

    public Task<IReadOnlyList<SigningRequest>> ListExpiringAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        store.ListExpiringAsync(before, cancellationToken);

    public Task<IReadOnlyList<SigningRequestEvent>> GetHistoryAsync(long id, CancellationToken cancellationToken = default) =>
        store.GetHistoryAsync(id, cancellationToken);

    public Task<int> RemoveFinishedAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        store.RemoveFinishedAsync(before, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static SigningRequestStoreException Full() => new("database or disk is full");
}
