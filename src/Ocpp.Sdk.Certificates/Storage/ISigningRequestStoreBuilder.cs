namespace Ocpp.Certificates.Storage;

/// <summary>
/// What a package with a store extends, so that an application chooses it by one call, such as <c>UseSqlite</c>.
/// </summary>
public interface ISigningRequestStoreBuilder
{
    /// <summary>Keeps requests in this store.</summary>
    /// <param name="open">
    /// Opens the store when the host starts, with the host's clock. It is disposed of when the host has stopped.
    /// </param>
    void UseStore(Func<TimeProvider, ISigningRequestStore> open);
}
