using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Hosting;

/// <summary>Opens the store that the application chose.</summary>
internal sealed record SigningStoreFactory(Func<TimeProvider, ISigningRequestStore> Open);
