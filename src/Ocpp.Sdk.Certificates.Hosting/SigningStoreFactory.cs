using Ocpp.Certificates.Storage;

namespace Ocpp.Certificates.Hosting;

/// <summary>Opens the store that the application has chosen.</summary>
internal sealed record SigningStoreFactory(Func<TimeProvider, ISigningRequestStore> Open);
