namespace Ocpp.Certificates.Keys;

/// <summary>
/// Where a station has its private keys, which never leave it (A02.FR.05): files, a TPM or an HSM. Several keys at once
/// are the rule: the one in use, and one for each request that waits for its certificate. An implementation can be
/// called from several threads.
/// </summary>
public interface IStationKeyStore
{
    /// <summary>
    /// Makes a new key pair, and keeps it: when this returns, the key survives a restart (A02.FR.02).
    /// </summary>
    /// <exception cref="NotSupportedException">The store can't make keys of this kind.</exception>
    /// <exception cref="IOException">The key could not be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">The station may not write where the keys are kept.</exception>
    ValueTask<IStationKey> CreateAsync(StationKeyAlgorithm algorithm, CancellationToken cancellationToken = default);

    /// <summary>Opens a key.</summary>
    /// <returns><see langword="null"/> when the store has no such key.</returns>
    /// <exception cref="InvalidDataException">The key is damaged, too weak, or others than its owner could read
    /// it.</exception>
    ValueTask<IStationKey?> FindAsync(PublicKeyId id, CancellationToken cancellationToken = default);

    /// <summary>The ids of all keys, in no order that means something.</summary>
    ValueTask<IReadOnlyList<PublicKeyId>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Destroys a key for good. Nothing happens when it is gone already.</summary>
    ValueTask DiscardAsync(PublicKeyId id, CancellationToken cancellationToken = default);
}
