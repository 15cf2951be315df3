using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Tests;

/// <summary>Gives a test a store of its own, and removes what the store has kept when the test has ended.</summary>
internal interface ISigningStoreHost : IAsyncDisposable
{
    /// <summary>Opens an empty store.</summary>
    Task<ISigningRequestStore> OpenAsync(TimeProvider clock);
}
